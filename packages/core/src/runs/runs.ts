import { abortable } from "../async/abort.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { Service } from "../graphql/service.ts";
import type { HistoryFormat, HistoryFormats } from "../history/formats.ts";
import {
  type ArrivedHistory,
  type HistorySource,
  readHistories,
  streamHistories,
} from "../history/histories.ts";
import { checkHistoryOptions, type HistoriesOptions, type HistoryOptions } from "../history/options.ts";
import { type HistoryTable, makeTable } from "../history/table/history-table.ts";
import type { WaitOptions, WorkOptions } from "../progress.ts";
import { checkRunsOptions, type RunsOptions } from "./options.ts";
import { checkName } from "./project-path.ts";
import type { FullRun, Run } from "./run.ts";
import { RunList } from "./run-list.ts";
import { RunLoader } from "./run-loader.ts";

/** A run and its sampled history. */
export interface RunWithHistory<R extends Run = Run> {
  readonly run: R;
  readonly table: HistoryTable;
}

/**
 * The runs of a project: a lazy collection with a memory. Runs are fetched a page at a time when they are needed;
 * a page is fetched once, and any number of loops may go over the collection independently. `Api.runs` is the usual
 * way to one.
 *
 * @typeParam R - `Run`, or `FullRun` when the collection was made with `lazy: false` or upgraded.
 * @throws InvalidArgumentError, before anything is sent, for a bad option.
 * @example
 * const runs = new Runs(new Service(), "team", "project", { filters: { state: "finished" } });
 * for await (const run of runs) console.log(run.id, run.name);
 */
export class Runs<R extends Run = Run> implements AsyncIterable<R> {
  /** The user or team. */
  readonly entity: string;
  readonly project: string;
  readonly #ref: ProjectRef;
  readonly #list: RunList;
  readonly #loader: RunLoader;
  readonly #onWarning: NonNullable<RunsOptions["onWarning"]>;

  constructor(service: Service, entity: string, project: string, options: RunsOptions = {}) {
    this.entity = checkName("entity", entity);
    this.project = checkName("project", project);
    const listing = checkRunsOptions(entity, project, options);
    const reader = options.apiKey === undefined ? service : service.withKey(options.apiKey);
    this.#ref = { service: reader, entity, project };
    this.#loader = new RunLoader(this.#ref, (run) => this.#list.pageOf(run));
    this.#onWarning = options.onWarning ?? (() => undefined);
    this.#list = new RunList(this.#ref, listing, {
      full: options.lazy === false,
      load: (run, signal) => this.#loader.load(run, signal),
      warn: this.#onWarning,
    });
  }

  /**
   * How many runs match: one small request, or none when a page was fetched. The answer is remembered.
   *
   * @example
   * const n = await runs.length;
   */
  get length(): Promise<number> {
    return this.#list.count();
  }

  /** `length`, as a method that can be given a signal. */
  count({ signal }: WaitOptions = {}): Promise<number> {
    return abortable(this.#list.count(), signal);
  }

  /**
   * Goes over the runs in order, from the first; several loops don't disturb each other. The next page is fetched
   * while the loop works on this one, from the page's second run on: a loop that ends early has fetched at most one
   * page more than it used.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    for (let index = 0; ; index++) {
      await this.#list.reach(index);
      const run = this.#list.fetched[index];
      if (run === undefined) return;
      if (this.#isLastPage(index) && run !== this.#list.pageOf(run)[0]) this.#list.prefetch();
      yield run as R;
    }
  }

  /**
   * The run at an index, counted from the end when it is negative; `undefined` where there is none. Fetches no page
   * behind it; from the end, all pages.
   */
  async at(index: number, { signal }: WaitOptions = {}): Promise<R | undefined> {
    const whole = Math.trunc(index) || 0;
    await this.#list.reach(whole < 0 ? Number.POSITIVE_INFINITY : whole, signal);
    return this.#list.fetched.at(whole) as R | undefined;
  }

  /** The runs from `start` up to, not including, `end`: as `Array.prototype.slice`, fetching no page behind `end`. */
  async slice(start = 0, end?: number, { signal }: WaitOptions = {}): Promise<R[]> {
    const last = start < 0 || end === undefined || end < 0 ? Number.POSITIVE_INFINITY : Math.trunc(end) - 1;
    if (last >= Math.trunc(start)) await this.#list.reach(last, signal);
    return this.#list.fetched.slice(start, end) as R[];
  }

  /** All runs. */
  toArray(options: WaitOptions = {}): Promise<R[]> {
    return this.slice(0, undefined, options);
  }

  /**
   * Switches the collection to full: what is fetched from then on is full, and what was fetched before is loaded now,
   * at most 100 runs and about 8 MB a request, several requests at a time. Nothing is asked for a run that is full.
   * A run that was deleted meanwhile stays as it is and is reported to `onWarning`.
   *
   * @returns this same collection, typed as full
   * @example
   * const full = await runs.upgradeToFull();
   * for await (const run of full) console.log(run.config.lr);
   */
  async upgradeToFull({ signal, onProgress }: WorkOptions = {}): Promise<Runs<FullRun>> {
    signal?.throwIfAborted();
    this.#list.full = true;
    await abortable(this.#list.settle(), signal); // a page that is under way may come without the heavy fields
    const runs = this.#list.fetched.filter((run) => !run.isLoaded);
    let done = 0;
    await this.#loader.loadAll(runs, {
      signal,
      onLoaded: (count) => {
        done += count;
        onProgress?.({ done, total: runs.length, unit: "runs" });
      },
    });
    for (const run of runs) if (!run.isLoaded) this.#warnGone(run.id, "upgrade");
    return this as unknown as Runs<FullRun>;
  }

  /**
   * The sampled history of every run, in the runs' order. Histories are asked for many runs in one request. Runs
   * without history, or without the keys, add no row; one that was deleted meanwhile is reported to `onWarning`.
   *
   * - As rows: one record a row, each with the run's id as `run_id`. `NaN` and the infinities are numbers, integers
   *   beyond 2^53 bigints, nested values objects.
   * - With `format: "table"`: columns, for a third of the memory.
   * - With `keys`, the server gives the rows that hold all of them, or any with `match: "any"`.
   *
   * @throws InvalidArgumentError for a bad option, before anything is sent; and for a metric that is itself called
   *   `run_id`. When some runs can't be had for good, the error names them (`missing`) and holds what did arrive
   *   (`partial`).
   * @example
   * const rows = await runs.histories({ keys: ["loss"], samples: 100 });
   * // [{ run_id: "a1b2c3d4", _step: 0, loss: 2.31 }, ...]
   * const table = await runs.histories({ keys: ["loss", "val/loss"], match: "any", format: "table" });
   * table.column("val/loss").values; // Float64Array(12000)
   */
  async histories<F extends HistoryFormat = "default">(
    options: HistoriesOptions<F> = {},
  ): Promise<HistoryFormats[F]> {
    return readHistories(this.#historySource(false), checkHistoryOptions(options), options);
  }

  /**
   * Each run with its sampled history, in the runs' order and as soon as it is there; the first after one round trip.
   * What comes next is fetched while the caller works on this one, and only so far ahead that memory stays bounded;
   * the collection doesn't keep the runs.
   *
   * @throws InvalidArgumentError for a bad option, before anything is sent. When some runs can't be had for good, the
   *   others come first, and then an error that names them (`missing`).
   * @example
   * for await (const { run, table } of runs.historyStream({ keys: ["loss"] })) {
   *   console.log(run.name, table.column("loss").values.at(-1));
   * }
   */
  historyStream(options: HistoryOptions = {}): AsyncGenerator<RunWithHistory<R>, void, undefined> {
    const question = checkHistoryOptions(options);
    return this.#streamed(streamHistories(this.#historySource(true), question, options));
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const { fetched, isComplete } = this.#list;
    const some = isComplete
      ? `${fetched.length} runs`
      : fetched.length === 0
        ? "not fetched yet"
        : `${fetched.length} fetched so far`;
    return `Runs ${this.entity}/${this.project} (${some})`;
  }

  #isLastPage(index: number): boolean {
    const { fetched } = this.#list;
    const run = fetched[index];
    const last = fetched.at(-1);
    return run !== undefined && last !== undefined && this.#list.pageOf(run) === this.#list.pageOf(last);
  }

  async *#streamed(
    histories: AsyncGenerator<ArrivedHistory, void, undefined>,
  ): AsyncGenerator<RunWithHistory<R>, void, undefined> {
    for await (const { run: ref, chunk, wire } of histories) {
      const run =
        this.#list.known(ref.id) ?? (await this.#list.maker.make([wire ?? { id: ref.id, name: ref.id }]))[0];
      yield { run: run as R, table: makeTable([{ run: ref, chunk }]) };
    }
  }

  #historySource(withRuns: boolean): HistorySource {
    const list = this.#list;
    const all = list.isComplete ? list.fetched.map(({ id }) => id) : undefined;
    return {
      ref: this.#ref,
      ids: all,
      pages: () => list.idPages(),
      withRunFields: (ask) =>
        withRuns && all === undefined ? list.maker.withFields(list.full, ask) : ask(""),
      warnGone: (id) => this.#warnGone(id, "history"),
    };
  }

  #warnGone(id: string, what: string): void {
    this.#onWarning({
      run: id,
      message: `Run ${id} of ${this.entity}/${this.project} was deleted after it was listed; it is left out of the ${what}.`,
    });
  }

  static {
    // Reading it starts a request: what goes over a collection's properties must not do so by accident.
    Object.defineProperty(Runs.prototype, "length", { enumerable: false });
  }
}
