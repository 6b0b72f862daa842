import { Shared } from "../async/shared.ts";
import { LazyrunsError, ProtocolError } from "../errors.ts";
import type { ProjectRef } from "../graphql/project.ts";
import { type RunRef, runNotFound } from "../graphql/run.ts";
import type { WireFullRun } from "../graphql/run-wire.ts";
import type { WireHeavy } from "../graphql/wire.ts";
import { historyForm } from "../history/form.ts";
import type { HistoryFormat, HistoryFormats } from "../history/formats.ts";
import { readHistories } from "../history/histories.ts";
import { checkHistoryOptions, type HistoriesOptions } from "../history/options.ts";
import type { FormattedScanOptions } from "../history/unsampled/options.ts";
import { printAs } from "../printable.ts";
import type { WaitOptions } from "../progress.ts";
import type { RunValues } from "../values.ts";
import { pageUrl } from "../web/app-url.ts";
import { type ConsoleLine, type ConsoleLogsOptions, consoleLogs } from "./console-logs.ts";
import { fetchRun } from "./fetch-run.ts";
import { HeavyFields } from "./heavy-fields.ts";
import {
  type HistoryContents,
  type HistoryKey,
  historyContents,
  readHistoryContents,
} from "./history-keys.ts";
import { historySource } from "./history-source.ts";
import { lightFieldsOf } from "./light-fields.ts";
import type { RunFile } from "./run-file.ts";
import { type FilesOptions, runFile, runFiles } from "./run-files.ts";
import { scanHistory } from "./run-scans.ts";
import type { Sweep } from "./sweep.ts";
import { type WaitUntilFinishedOptions, waitUntilFinished } from "./wait-until-finished.ts";

/** Who started a run. */
export interface User {
  readonly name: string | null;
  readonly username: string | null;
}

/** What only a full run has. */
export interface FullFields {
  /** The hyper-parameters and settings, each by its own key. W&B's own entry `_wandb` is left out. */
  readonly config: RunValues;
  /** The last or aggregated value of each metric. */
  readonly summary: RunValues;
  /** The last machine metrics, by name. Empty when none were recorded. */
  readonly systemMetrics: RunValues;
}

/**
 * A run with its heavy fields: what `load()` gives, and what a collection made with `lazy: false` or upgraded by
 * `upgradeToFull()` holds.
 */
export type FullRun = Run & FullFields;

/** Where a run belongs, and how its heavy fields are fetched. */
export interface RunHome extends ProjectRef {
  readonly load: (run: Run, signal: AbortSignal | undefined) => Promise<void>;
}

const HEAVY = ["config", "summary", "systemMetrics"] as const;

/** Makes a run from the wire. */
export let makeRun: (wire: WireFullRun, sweep: Sweep | null, home: RunHome) => Run;

/** Gives a run its heavy fields, which have arrived. */
export let fillRun: (run: Run, wire: WireHeavy) => void;

/**
 * One run of a project, as it was when it was fetched: `reload()` gives it anew. The light fields are there from the
 * start; `config`, `summary` and `systemMetrics` come with `load()`, and touching them before is an error.
 *
 * @example
 * const full = await run.load();
 * console.log(full.name, full.config.lr, full.summary.accuracy);
 */
export class Run {
  static {
    makeRun = (wire, sweep, home) => new Run(wire, sweep, home);
    fillRun = (run, wire) => {
      run.#heavy = new HeavyFields(wire, run);
    };
    // On the prototype, and not in the class's type: a lazy run has no heavy field to complete or to print.
    for (const name of HEAVY) {
      Object.defineProperty(Run.prototype, name, {
        get(this: Run): RunValues {
          if (this.#heavy === undefined) throw notLoaded(this, name);
          return this.#heavy[name];
        },
        configurable: true,
      });
    }
    printAs(Run.prototype, ({ id, name, state, group, tags, isLoaded }) => {
      const parts = [state ?? "state unknown", ...(group ? [`group ${group}`] : []), ...tags];
      return `Run ${id} "${name}" (${parts.join(", ")}${isLoaded ? "" : "; not loaded"})`;
    });
  }

  /** The run's id, unique in its project. The server calls it `name`. */
  readonly id: string;
  /** The name that people see; the id when there is none. */
  readonly name: string;
  readonly entity: string;
  readonly project: string;
  /** `"running"`, `"finished"`, `"failed"`, `"crashed"`, `"killed"`, `"pending"` or what else the server says. */
  readonly state: string | null;
  readonly tags: readonly string[];
  readonly group: string | null;
  readonly jobType: string | null;
  readonly notes: string | null;
  readonly description: string | null;
  /** The commit of the training code. */
  readonly commit: string | null;
  /** When the run began, as the server has it. */
  readonly createdAt: Date | null;
  /** When the run was last heard of. */
  readonly heartbeatAt: Date | null;
  /** How many history rows the run has logged; null when the server doesn't say. */
  readonly historyLineCount: number | null;
  readonly user: User | null;
  /** The id of the run's sweep; null when it belongs to none. */
  readonly sweepName: string | null;
  /** The run's sweep; null when it belongs to none, or when the collection was made with `includeSweeps: false`. */
  readonly sweep: Sweep | null;

  readonly #home: RunHome;
  #heavy: HeavyFields | undefined;
  #history: Shared<HistoryContents> | undefined;

  private constructor(wire: WireFullRun, sweep: Sweep | null, home: RunHome) {
    if (typeof wire?.name !== "string") {
      throw new ProtocolError(`A run of ${home.entity}/${home.project} came without an id.`, {
        entity: home.entity,
        project: home.project,
      });
    }
    const light = lightFieldsOf(wire);
    this.id = light.id;
    this.name = light.name;
    this.entity = home.entity;
    this.project = home.project;
    this.state = light.state;
    this.tags = light.tags;
    this.group = light.group;
    this.jobType = light.jobType;
    this.notes = light.notes;
    this.description = light.description;
    this.commit = light.commit;
    this.createdAt = light.createdAt;
    this.heartbeatAt = light.heartbeatAt;
    this.historyLineCount = light.historyLineCount;
    this.user = light.user;
    this.sweepName = light.sweepName;
    this.sweep = sweep;
    this.#home = home;
    if (wire.config !== undefined) this.#heavy = new HeavyFields(wire as WireHeavy, this);
    const { historyKeys } = wire;
    if (historyKeys !== undefined) this.#history = new Shared(async () => historyContents(historyKeys));
  }

  /** Whether the heavy fields are there. */
  get isLoaded(): boolean {
    return this.#heavy !== undefined;
  }

  /** `[entity, project, id]`, each as it is; joined by slashes they are what `Api.run` takes. */
  get path(): readonly [entity: string, project: string, id: string] {
    return [this.entity, this.project, this.id];
  }

  /**
   * The run's web page, by the rules of the Python client 0.31: on W&B's own app for its cloud, at the base URL for a
   * self-hosted server, and under `WANDB_APP_URL` where that is set.
   */
  get url(): string {
    return pageUrl(this.#home.service.baseUrl, this.entity, this.project, "runs", this.id);
  }

  /**
   * Fetches the heavy fields, once, and gives this same run, now typed as full. What is asked for in the same tick,
   * and the rest of the page this run came with, is fetched in the same request (at most 100 runs and about 8 MB),
   * so a loop that loads every run costs one request a page.
   *
   * @throws NotFoundError when the run was deleted since it was listed; what `Service.execute` throws.
   */
  async load({ signal }: WaitOptions = {}): Promise<FullRun> {
    if (!this.isLoaded) await this.#home.load(this, signal);
    return this as unknown as FullRun;
  }

  /**
   * The same run as it is now, with its heavy fields: a new object, in one request. This one stays as it was.
   *
   * @throws NotFoundError when the run was deleted; what `Service.execute` throws.
   * @example
   * await run.waitUntilFinished();
   * const { summary } = await run.reload();
   */
  async reload({ signal }: WaitOptions = {}): Promise<FullRun> {
    const { wire, sweep } = await fetchRun(this.#ref, signal);
    return makeRun(wire, sweep, this.#home).load({ signal });
  }

  /**
   * The run's sampled history: rows, each with the run's id as `run_id`; columns with `format: "table"`, or another form
   * that is registered.
   *
   * @throws InvalidArgumentError for a bad option, before anything is sent; NotFoundError when the run was deleted; what
   *   `Service.execute` throws.
   * @example
   * const rows = await run.history({ keys: ["loss"], samples: 100 });
   * const table = await run.history({ stream: "system", format: "table" });
   */
  async history<F extends HistoryFormat = "default">(
    options: HistoriesOptions<F> = {} as HistoriesOptions<F>,
  ): Promise<HistoryFormats[F]> {
    const question = checkHistoryOptions(options);
    const form = historyForm((options.format ?? "default") as F, options, undefined);
    const warnGone = () => {
      throw runNotFound(this.#ref, "reading the history of a run");
    };
    const { service, entity, project } = this.#home;
    const source = historySource({ service, entity, project }, [this.id], question, warnGone);
    return readHistories(source, question, form, options);
  }

  /**
   * Every row of the run's history, unsampled, in the order of the steps; rows without a step come last. They come in
   * batches of columns (`format` for another form), what comes next is fetched while the caller works on this one, and
   * memory stays bounded however long the run is; only the system stream comes in one answer. A loop that is left ends
   * the requests under way.
   *
   * Rows come from the server's Parquet exports where it has some and `@lazyruns/export` is imported, and else from
   * windows of steps, ten requests at a time. A batch has the columns that its own rows have, and those of `keys`.
   * A run that is under way gives the rows it had when the scan began, perhaps some more.
   *
   * @returns batches of at least one row and at most `batchRows`; none for a run without rows
   * @throws InvalidArgumentError, at once, for a bad option, and for a metric that is itself called `run_id`;
   *   ConfigurationError when rows are in exports alone and nothing is there to read them; NotFoundError when the run
   *   was deleted; ProtocolError, behind all rows that came, when these are fewer than the server has counted (looked at
   *   without `keys`, `minStep` and `maxStep` only); the signal's reason; what `Service.execute` throws.
   * @example
   * let sum = 0;
   * for await (const table of run.scanHistory({ keys: ["loss"], minStep: 10_000 })) {
   *   for (const loss of table.column("loss")) sum += Number(loss);
   * }
   * for await (const frame of run.scanHistory({ format: "polars" })) console.log(frame.height);
   */
  scanHistory<F extends HistoryFormat = "table">(
    options: FormattedScanOptions<F> = {} as FormattedScanOptions<F>,
  ): AsyncGenerator<HistoryFormats[F], void, undefined> {
    return scanHistory(this.#home, this, options);
  }

  /**
   * What the run's history holds, by the names of its metrics; nested ones by their dotted path. Empty when there is no
   * history. Light fields don't include it: it is asked for once, in one request with all other runs of the same
   * collection that are asked in the same tick (at most 100 a request), and remembered. `Api.run` brings it along.
   *
   * @throws NotFoundError when the run was deleted; what `Service.execute` throws.
   * @example
   * const keys = await run.historyKeys();
   * const metrics = [...keys.keys()].filter((key) => !key.startsWith("_"));
   * keys.get("loss")?.lastValue;
   */
  async historyKeys({ signal }: WaitOptions = {}): Promise<ReadonlyMap<string, HistoryKey>> {
    return (await this.#historyContents(signal)).keys;
  }

  /**
   * The last `_step` of the run's history; null when there is none, where Python says -1. Comes with `historyKeys()`
   * and is remembered with it.
   *
   * @throws what `historyKeys()` throws.
   */
  async lastHistoryStep({ signal }: WaitOptions = {}): Promise<number | null> {
    return (await this.#historyContents(signal)).lastStep;
  }

  /**
   * The run's files, a page at a time as the loop needs them. Nothing is sent before the loop begins, and two calls are
   * two listings.
   *
   * @throws InvalidArgumentError, at once, for a bad option; NotFoundError when the run was deleted; what
   *   `Service.execute` throws.
   * @example
   * for await (const file of run.files({ pattern: "media/%.png" })) {
   *   console.log(file.name, file.size);
   *   const bytes = await file.bytes();
   * }
   */
  files(options: FilesOptions = {}): AsyncGenerator<RunFile, void, undefined> {
    return runFiles(this.#ref, options);
  }

  /**
   * The file of a name.
   *
   * @throws NotFoundError when the run has no such file, or was deleted; what `Service.execute` throws.
   * @example
   * const config = await (await run.file("config.yaml")).text();
   */
  file(name: string, { signal }: WaitOptions = {}): Promise<RunFile> {
    return runFile(this.#ref, name, signal);
  }

  /**
   * What the run's process printed, line by line from the first, a page at a time as the loop needs them; with `tail`
   * the last lines only. Of a run that is under way these are the lines so far.
   *
   * @throws InvalidArgumentError, at once, for a bad option; NotFoundError when the run was deleted; what
   *   `Service.execute` throws.
   * @example
   * for await (const { timestamp, text } of run.consoleLogs({ tail: 20 })) console.log(timestamp, text);
   */
  consoleLogs(options: ConsoleLogsOptions = {}): AsyncGenerator<ConsoleLine, void, undefined> {
    return consoleLogs(this.#ref, options);
  }

  /**
   * Asks for the run's state until it has ended. A run that crashed counts as ended, even if it may come back.
   *
   * @returns the state it ended in: `"finished"`, `"failed"`, `"crashed"` or `"killed"`. This object's own fields stay
   *   as they were; `reload()` gives the new ones.
   * @throws InvalidArgumentError for a bad option; NotFoundError when the run is deleted meanwhile; the signal's reason
   *   at once when it aborts; what `Service.execute` throws.
   * @example
   * const state = await run.waitUntilFinished({ signal: AbortSignal.timeout(3_600_000) });
   */
  async waitUntilFinished(options: WaitUntilFinishedOptions = {}): Promise<string> {
    return waitUntilFinished(this.#ref, options);
  }

  get #ref(): RunRef {
    const { service, entity, project } = this.#home;
    return { service, entity, project, run: this.id };
  }

  /** Asked for once, and ended when nobody waits any longer; what failed is asked for anew. */
  async #historyContents(signal: AbortSignal | undefined): Promise<HistoryContents> {
    signal?.throwIfAborted();
    if (this.#history === undefined || this.#history.isAbandoned) {
      const history = new Shared(async (inner) => {
        try {
          return await readHistoryContents(this.#home, this.id, inner);
        } catch (error) {
          if (this.#history === history) this.#history = undefined;
          throw error;
        }
      });
      this.#history = history;
    }
    return this.#history.wait(signal);
  }
}

function notLoaded({ id, entity, project }: Run, field: string): LazyrunsError {
  return new LazyrunsError(
    `${field} of run ${id} (${entity}/${project}) is not loaded. Call \`await run.load()\` first, or ` +
      "`await runs.upgradeToFull()` for all, or list with { lazy: false }.",
    { operation: `reading ${field}`, entity, project, run: id },
  );
}
