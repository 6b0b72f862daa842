import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";
import type { TranslationBundle } from "@jupyterlab/translation";
import {
  type ProjectList,
  parseProjects,
  parseRuns,
  parseStatus,
  type RunList,
  type ServerStatus,
} from "./answers.ts";
import { PanelError } from "./panel-error.ts";
import type { RunsQuery } from "./runs-query.ts";

type Parameters = readonly (readonly [name: string, value: string])[];

/**
 * Asks the Jupyter server, which asks the W&B server: the browser never has the API key.
 *
 * Every request throws `PanelError` with what failed and what to do, and the signal's reason once that is aborted.
 */
export class RunsClient {
  private readonly settings: ServerConnection.ISettings;
  private readonly trans: TranslationBundle;

  constructor(settings: ServerConnection.ISettings, trans: TranslationBundle) {
    this.settings = settings;
    this.trans = trans;
  }

  status(signal: AbortSignal): Promise<ServerStatus> {
    return this.ask("status", [], parseStatus, signal);
  }

  /** @param entity - undefined: that of whose API key it is */
  projects(entity: string | undefined, signal: AbortSignal): Promise<ProjectList> {
    return this.ask("projects", entity === undefined ? [] : [["entity", entity]], parseProjects, signal);
  }

  /** @param cursor - what the page before gave; undefined: the first page */
  runs(query: RunsQuery, limit: number, cursor: string | undefined, signal: AbortSignal): Promise<RunList> {
    const parameters: Parameters = [
      ["entity", query.entity],
      ["project", query.project],
      ["order", query.order],
      ["limit", String(limit)],
      ...query.states.map((state) => ["state", state] as const),
      ...(query.search === "" ? [] : [["search", query.search] as const]),
      ...(cursor === undefined ? [] : [["cursor", cursor] as const]),
    ];
    return this.ask("runs", parameters, parseRuns, signal);
  }

  private async ask<T>(
    endpoint: string,
    parameters: Parameters,
    parse: (answer: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const url = URLExt.join(this.settings.baseUrl, "lazyruns/api", endpoint);
    const asked = parameters.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
    const response = await this.send(asked === "" ? url : `${url}?${asked}`, signal);
    const answer = await readJson(response);
    signal.throwIfAborted();
    if (!response.ok) throw this.refusal(response.status, answer);
    try {
      return parse(answer);
    } catch {
      throw new PanelError(
        this.trans.__("The Jupyter server gave an answer that makes no sense (%1).", endpoint),
        this.trans.__("Install the same version of jupyterlab-lazyruns there and here, and restart both."),
      );
    }
  }

  private async send(url: string, signal: AbortSignal): Promise<Response> {
    try {
      return await ServerConnection.makeRequest(url, { method: "GET", signal }, this.settings);
    } catch {
      signal.throwIfAborted();
      throw new PanelError(
        this.trans.__("The Jupyter server isn't reached."),
        this.trans.__("See whether it still runs and whether you are online."),
      );
    }
  }

  private refusal(status: number, answer: unknown): PanelError {
    const { message, help } = (answer ?? {}) as { readonly message?: unknown; readonly help?: unknown };
    if (typeof message === "string" && typeof help === "string") return new PanelError(message, help);
    const { trans } = this;
    if (status === 404) {
      return new PanelError(
        trans.__("The Jupyter server has no part that reads runs."),
        trans.__(
          "Where the Jupyter server runs, run `pip install jupyterlab-lazyruns` and " +
            "`jupyter server extension enable jupyterlab_lazyruns`, then restart it.",
        ),
      );
    }
    if (status === 401 || status === 403) {
      return new PanelError(
        trans.__("The Jupyter server refuses the request (%1).", status),
        trans.__("You may be logged out: reload the page and log in again."),
      );
    }
    return new PanelError(
      trans.__("The Jupyter server failed (%1).", status),
      trans.__("Its log says why. Try again."),
    );
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
