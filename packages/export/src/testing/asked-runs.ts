import type { RequestInfo } from "@lazyruns/local-server";
import type { ExportProgress } from "../project/options.ts";

/** What an export asked a server for: the runs (`run0`, `run1`, ...), by the stage of the export. */
export class AskedRuns {
  /** What the export is at. */
  stage: ExportProgress["stage"] = "list";
  readonly #asked = new Map<string, Set<string>>();
  /** Requests that list the project's runs. */
  lists = 0;

  /** To be told of each request. */
  readonly onRequest = ({ operation, variables }: RequestInfo): void => {
    if (operation === "Runs" && this.stage === "list") this.lists++;
    const { filters, name } = variables ?? {};
    const ids = JSON.stringify([filters, name]).match(/run\d+/g) ?? [];
    const asked = this.#asked.get(this.stage) ?? new Set();
    for (const id of ids) asked.add(id);
    this.#asked.set(this.stage, asked);
  };

  /** To be told of the export's progress. */
  readonly onProgress = ({ stage }: ExportProgress): void => {
    this.stage = stage;
  };

  /** The runs that were asked for since this was called last. */
  take(): { history: string[]; system: string[]; runs: string[] } {
    const of = (stage: string) => [...(this.#asked.get(stage) ?? [])].sort();
    const taken = { history: of("history"), system: of("system"), runs: of("runs") };
    this.#asked.clear();
    this.stage = "list";
    return taken;
  }
}
