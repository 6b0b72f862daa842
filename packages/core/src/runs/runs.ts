import { checkName, show } from "../arguments.ts";
import { abortable } from "../async/abort.ts";
import { InvalidArgumentError } from "../errors.ts";
import type { FormatWarn } from "../formats.ts";
import type { TableField } from "../graphql/light-fields.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { Service } from "../graphql/service.ts";
import type { HistoryFormat, HistoryFormats } from "../history/formats.ts";
import type { HistoriesOptions } from "../history/options.ts";
import type { FormattedScanOptions } from "../history/unsampled/options.ts";
import type { RunsCheckpoint } from "../listing/checkpoint.ts";
import type { Listing } from "../listing/listing.ts";
import { printAs } from "../printable.ts";
import type { WaitOptions, WorkOptions } from "../progress.ts";
import { beginWork } from "../work.ts";
import { BatchSize } from "./batch-size.ts";
import { deletedWarning } from "./deleted-warning.ts";
import { checkFlag, checkRunsOptions, type RunsOptions } from "./options.ts";
import type { Order } from "./order.ts";
import { oneAhead, type RunsPage, toRunsPage } from "./page-stream.ts";
import type { FullRun, Run, RunHome } from "./run.ts";
import { RunHistories, type RunWithHistory } from "./run-histories.ts";
import { RunList } from "./run-list.ts";
import { RunLoader } from "./run-loader.ts";
import { RunPages } from "./run-pages.ts";
import { listRevisions, type RunRevision } from "./run-revisions.ts";
import { type ScannedRun, type ScannedRuns, scanHistories } from "./run-scans.ts";
import { fetchTable } from "./table/fetch-table.ts";
import { runTableForm } from "./table/form.ts";
import type { TableFormat, TableFormats } from "./table/formats.ts";
import { checkTableOptions, type FormattedTableOptions, type TableKeys } from "./table/options.ts";
import type { TableRow } from "./table/run-table.ts";
import { tableOf } from "./table/table-writer.ts";

/** How `pages()` goes over a collection. */
export interface PagesOptions extends WaitOptions {
  /** Whether the collection keeps the runs, as in a loop over it. Default true. */
  readonly keep?: boolean | undefined;
}

/** What of a collection is there. */
export interface RunsPeek<R extends Run = Run> {
  /** The runs fetched so far, in the collection's order. */
  readonly fetched: readonly R[];
  /** How many runs there will be; undefined until it was counted. */
  readonly total: number | undefined;
  /** Whether every run is fetched. */
  readonly isComplete: boolean;
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
  readonly #listing: Listing;
  readonly #list: RunList;
  readonly #loader: RunLoader;
  readonly #histories: RunHistories;
  /** How many full runs a request asks for, by a listing or a loader. */
  readonly #size = new BatchSize();
  /** Pages that the collection doesn't keep, for as long as their runs live. */
  readonly #unkept = new WeakMap<Run, readonly Run[]>();
  /** The runs that loops are working on. */
  readonly #current = new Set<Run>();
  /** How many runs, from the first on, were given to anybody. */
  #given = 0;
  readonly #onWarning: NonNullable<RunsOptions["onWarning"]>;
  /** Told what forms have to say; where nobody listens, they tell it their own way. */
  readonly #told: FormatWarn | undefined;

  constructor(service: Service, entity: string, project: string, options: RunsOptions = {}) {
    this.entity = checkName("entity", entity);
    this.project = checkName("project", project);
    this.#listing = checkRunsOptions(entity, project, options);
    const reader = options.apiKey === undefined ? service : service.withKey(options.apiKey);
    this.#ref = { service: reader, entity, project };
    const { onWarning } = options;
    this.#onWarning = onWarning ?? (() => undefined);
    this.#told = onWarning && ((message) => onWarning({ message }));
    const home: RunHome = { ...this.#ref, load: (run, signal) => this.#load(run, signal) };
    this.#list = new RunList(this.#ref, this.#listing, home, {
      full: options.lazy === false,
      warn: this.#onWarning,
      size: this.#size,
    });
    const pageOf = (run: Run) => this.#unkept.get(run) ?? this.#list.pageOf(run);
    this.#histories = new RunHistories(this.#ref, this.#list, this.#onWarning, this.#told);
    this.#loader = new RunLoader(this.#ref, pageOf, this.#size);
  }

  /**
   * How many runs match, or with `limit`, `start` or `resume` how many of them this collection gives: one small
   * request, or none when a page was fetched. The answer is remembered; after a failure it is asked for anew.
   *
   * @throws NotFoundError for a project that isn't there, InvalidArgumentError for a filter that the server can't take,
   *   ProtocolError when it doesn't count; what `Service.execute` throws
   * @example
   * const n = await runs.length;
   */
  get length(): Promise<number> {
    return this.#list.count();
  }

  /**
   * `length`, as a method that can be given a signal. Aborting ends the request too, where nobody else waits for it.
   *
   * @throws what `length` throws; the signal's reason
   * @example
   * const n = await runs.count({ signal: AbortSignal.timeout(5000) });
   */
  count({ signal }: WaitOptions = {}): Promise<number> {
    return this.#list.count(signal);
  }

  /**
   * What of the collection is there, without asking for anything: the runs fetched so far, in order, and how many there
   * will be, where that is known.
   *
   * @example
   * const { fetched, total } = runs.peek();
   * console.log(`${fetched.length} of ${total ?? "?"} loaded`);
   */
  peek(): RunsPeek<R> {
    const { fetched, isComplete, knownCount } = this.#list;
    return { fetched: [...fetched] as R[], total: isComplete ? fetched.length : knownCount, isComplete };
  }

  /**
   * Some of the project's runs by their ids, as a collection of its own with the same order, key and kind of runs. It
   * fetches them anew, whether or not they still match this collection's filters; ids that aren't there any more are
   * left out.
   *
   * @example
   * const running = (await runs.toArray()).filter(({ state }) => state === "running");
   * const now = await runs.only(running.map(({ id }) => id)).toArray();
   */
  only(ids: readonly string[]): Runs<R> {
    const { order, includeSweeps } = this.#listing;
    return new Runs<R>(this.#ref.service, this.entity, this.project, {
      filters: { id: { $in: ids } },
      order: order as Order,
      includeSweeps,
      lazy: !this.#list.full,
      limit: ids.length,
      perPage: this.#list.full ? undefined : Math.min(Math.max(ids.length, 1), 1000),
      onWarning: this.#onWarning,
    });
  }

  /**
   * Goes over the runs in order, from the first; several loops don't disturb each other. The next page is fetched
   * while the loop works on this one, from the page's second run on: a loop that ends early has fetched at most one
   * page more than it used, and ends the request for it where no other loop goes on. A loop takes no signal: `pages`
   * does.
   *
   * @throws NotFoundError for a project that isn't there, InvalidArgumentError for a filter that the server can't take,
   *   ProtocolError for a listing that doesn't hold together; what `Service.execute` throws. A page that failed is asked
   *   for anew by the next loop.
   * @example
   * for await (const run of runs) if (run.state === "failed") console.log(run.name);
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    const leave = this.#list.enter();
    try {
      for (let index = 0; ; index++) {
        await this.#list.reach(index);
        const run = this.#list.fetched[index];
        if (run === undefined) return;
        if (this.#isInLastPage(run) && run !== this.#list.pageOf(run)[0]) this.#list.prefetch();
        this.#give(index + 1);
        this.#current.add(run);
        try {
          yield run as R;
        } finally {
          this.#current.delete(run);
        }
      }
    } finally {
      leave();
    }
  }

  /**
   * The run at an index, counted from the end when it is negative; `undefined` where there is none. Fetches no page
   * behind it; from the end, all pages. Aborting ends the request too, where nobody else waits for it.
   *
   * @throws what a loop over the runs throws; the signal's reason
   * @example
   * const oldest = await runs.at(0);
   * const newest = await runs.at(-1);
   */
  async at(index: number, { signal }: WaitOptions = {}): Promise<R | undefined> {
    const whole = Math.trunc(index) || 0;
    await this.#list.reach(whole < 0 ? Number.POSITIVE_INFINITY : whole, signal);
    const run = this.#list.fetched.at(whole);
    if (run !== undefined) this.#give((whole < 0 ? this.#list.fetched.length : 0) + whole + 1);
    return run as R | undefined;
  }

  /**
   * The runs from `start` up to, not including, `end`: as `Array.prototype.slice`, fetching no page behind `end`.
   * Aborting ends the request too, where nobody else waits for it; the pages that came before are kept.
   *
   * @throws what a loop over the runs throws; the signal's reason
   * @example
   * const second = await runs.slice(50, 100);
   */
  async slice(start = 0, end?: number, { signal }: WaitOptions = {}): Promise<R[]> {
    const last = start < 0 || end === undefined || end < 0 ? Number.POSITIVE_INFINITY : Math.trunc(end) - 1;
    if (last >= Math.trunc(start)) await this.#list.reach(last, signal);
    const runs = this.#list.fetched.slice(start, end);
    const behind = runs.at(-1);
    if (behind !== undefined) this.#give(this.#list.fetched.indexOf(behind) + 1);
    return runs as R[];
  }

  /**
   * All runs, in order. Aborting ends the request too, where nobody else waits for it; what came before is kept.
   *
   * @throws what a loop over the runs throws; the signal's reason
   * @example
   * const all = await runs.toArray();
   * all.filter(({ tags }) => tags.includes("baseline"));
   */
  toArray(options: WaitOptions = {}): Promise<R[]> {
    return this.slice(0, undefined, options);
  }

  /**
   * Goes over the runs a page at a time, the next page under way while the loop works on this one. Each page is a list
   * of runs with the `checkpoint` behind it. With `keep: false` the collection doesn't keep the runs (nor does it use
   * those it has): memory stays flat however many runs there are, but for their ids, by which runs that come twice
   * are left out.
   *
   * @throws InvalidArgumentError when `keep` isn't true or false; what `Service.execute` throws
   * @example
   * for await (const page of runs.pages({ keep: false })) {
   *   await store(page.map(({ id, name }) => ({ id, name })));
   *   await writeFile("checkpoint.json", JSON.stringify(page.checkpoint));
   * }
   */
  pages({ keep, signal }: PagesOptions = {}): AsyncIterableIterator<RunsPage<R>> {
    checkFlag("keep", keep);
    return keep === false ? this.#passingPages(signal) : this.#keptPages(signal);
  }

  /**
   * Goes over the runs as `pages({ keep: false })` does, 1000 a request where `perPage` doesn't say otherwise, each with
   * what tells whether it has changed since it was last seen: when it was written last and how many rows its machine's
   * metrics have. Heavy fields don't come along.
   *
   * A server whose runs lack one of the two is asked without it, and it is null.
   *
   * @throws the signal's reason; what `Service.execute` throws
   * @example
   * for await (const page of runs.revisions()) {
   *   for (const { run, updatedAt } of page) if (updatedAt !== known.get(run.id)) changed.push(run.id);
   * }
   */
  revisions({ signal }: WaitOptions = {}): AsyncGenerator<RunRevision[], void, undefined> {
    return listRevisions(this.#ref, this.#listing, this.#list.maker, this.#onWarning, signal);
  }

  /**
   * The place behind a run of this collection, as a small JSON value from which
   * `api.runs(path, { filters, order, resume })` goes on, in another process too. Asks for nothing.
   *
   * Resuming gives every run behind the place once, and none of those in front:
   * - in the order `created_at` (the default), whatever was created or deleted since. Only where the last ten runs in
   *   front of the place were all deleted, runs next to it can be missing, which resuming reports to `onWarning`;
   * - in the orders `-created_at` and `name` likewise, but runs that were created since and stand in front of the place
   *   aren't given; resuming reports that this can be;
   * - in every other order runs change places: those that did since can be missing or come again, which resuming
   *   reports as well.
   *
   * @param run - a run that this collection gave. Default: the farthest one that a loop, `pages`, `at`, `slice` or
   *   `toArray` gave; with none so far, the place in front of the first
   * @throws InvalidArgumentError for a run of another collection, or of `pages({ keep: false })`, whose pages have
   *   their own
   * @example
   * const place = JSON.stringify(runs.checkpoint(run));
   * const rest = api.runs("team/project", { resume: JSON.parse(place) });
   */
  checkpoint(run?: Run): RunsCheckpoint {
    const last = run ?? this.#list.fetched[this.#given - 1];
    if (last === undefined) return this.#list.beginning;
    const checkpoint = this.#list.checkpointBehind(last);
    if (checkpoint !== undefined) return checkpoint;
    throw new InvalidArgumentError(
      `checkpoint() was given ${show(last.id ?? last)}; it must be a run that this collection gave and keeps.`,
    );
  }

  /**
   * One row a run, with the chosen keys of config and summary: the server is asked for those alone, 1000 runs a
   * request. With neither `config` nor `summary`, every key of both, nested values flattened by dots, in as many
   * requests as an upgrade to full. Values that a run doesn't have are null. Asks for nothing when every run is there
   * and full; else the collection's own runs stay as they are.
   *
   * A dotted key is found whether it is a key of its own, which goes first, or nested. A server that can't choose keys
   * sends everything, and the choice is made here.
   *
   * @returns records, typed by the keys; with `format: "table"` a `RunTable` of columns, or another form that is registered
   * @throws InvalidArgumentError for a bad option, before anything is sent; what a request throws, with the rows that came
   *   (`partial`) and, where whole runs were asked for, the ids of those that didn't (`missing`)
   * @example
   * const rows = await runs.table({ config: ["optimizer.lr"], summary: ["accuracy"], fields: ["name", "createdAt"] });
   * rows[0]?.["config.optimizer.lr"]; // 0.01
   * rows[0]?.run_id; // "a1b2c3d4"
   */
  table<
    const C extends TableKeys = undefined,
    const S extends TableKeys = undefined,
    const F extends readonly TableField[] = ["name", "state"],
    const Name extends TableFormat = "default",
  >(options?: FormattedTableOptions<C, S, F, Name>): Promise<TableFormats<TableRow<C, S, F>>[Name]>;
  async table(options: FormattedTableOptions<TableKeys, TableKeys, readonly TableField[], TableFormat> = {}) {
    const question = checkTableOptions(options);
    const form = runTableForm(options.format ?? "default", options, this.#told);
    const { signal, onProgress } = options;
    signal?.throwIfAborted();
    await form.prepare();
    const { fetched, isComplete } = this.#list;
    const table =
      isComplete && fetched.every((run) => run.isLoaded)
        ? tableOf(fetched as FullRun[], question)
        : await fetchTable(
            { ref: this.#ref, listing: this.#listing, warn: this.#onWarning, form, signal, onProgress },
            question,
          );
    return form.make(table);
  }

  /**
   * Switches the collection to full: what is fetched from then on is full, and what was fetched before is loaded now,
   * at most 100 runs and about 8 MB a request, several requests at a time. Nothing is asked for a run that is full.
   * A run that was deleted meanwhile stays as it is and is reported to `onWarning`.
   *
   * @throws what the failed request threw, with the ids of the runs that aren't loaded (`missing`); the others are, and
   *   the next call asks for the rest alone. The signal's reason.
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
    const { entity, project } = this;
    const work = beginWork({ operation: "upgrade", entity, project }, { signal, onProgress });
    let done = 0;
    try {
      await this.#loader.loadAll(runs, {
        signal: work.signal,
        onLoaded: (count) => {
          done += count;
          work.progress({ done, total: runs.length, unit: "runs" });
        },
      });
    } catch (error) {
      work.end(error);
      throw error;
    }
    work.end();
    for (const run of runs) if (!run.isLoaded) this.#warnGone(run.id, "upgrade");
    return this as unknown as Runs<FullRun>;
  }

  /**
   * The sampled history of every run, in the runs' order. Histories are asked for many runs in one request. Runs
   * without history, or without the keys, add no row; one that was deleted meanwhile is reported to `onWarning`.
   *
   * - As rows: one record a row, each with the run's id as `run_id`. `NaN` and the infinities are numbers, integers
   *   beyond 2^53 bigints, nested values objects.
   * - With `format: "table"`: columns, for a third of the memory. Packages add forms: data frames come with
   *   `@lazyruns/dataframes`.
   * - With `columns`, each row also holds what of its run is named there.
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
    options: HistoriesOptions<F> = {} as HistoriesOptions<F>,
  ): Promise<HistoryFormats[F]> {
    return this.#histories.read(options);
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
  historyStream<F extends HistoryFormat = "table">(
    options: HistoriesOptions<F> = {} as HistoriesOptions<F>,
  ): AsyncGenerator<RunWithHistory<R, F>, void, undefined> {
    return this.#histories.stream(options) as AsyncGenerator<RunWithHistory<R, F>, void, undefined>;
  }

  /**
   * Every row of every run, unsampled: the runs in order, each with its rows as `run.scanHistory()` gives them. Every run
   * has at least one batch, if without rows, and `isLast` on its last: with that, all of its rows have come. Short runs
   * are asked for many in one request. Memory stays bounded; the collection doesn't keep the runs.
   *
   * A run that was deleted meanwhile is reported to `onWarning`, and has no batch that is its last.
   *
   * @throws InvalidArgumentError, at once, for a bad option. When some runs can't be had for good, the others come
   *   first, and then an error that names them (`missing`). ConfigurationError, the signal's reason, and what else has to
   *   do with more than one run at once.
   * @example
   * for await (const { run, table, isLast } of runs.scanHistories({ keys: ["loss"] })) {
   *   await append(run.id, table);
   *   if (isLast) await done(run.id);
   * }
   */
  scanHistories<F extends HistoryFormat = "table">(
    options: FormattedScanOptions<F> = {} as FormattedScanOptions<F>,
  ): AsyncGenerator<ScannedRun<R, F>, void, undefined> {
    const source = { ref: this.#ref, pages: this.#scannedPages, warn: this.#onWarning, told: this.#told };
    return scanHistories(source, options) as AsyncGenerator<ScannedRun<R, F>, void, undefined>;
  }

  async *#keptPages(signal: AbortSignal | undefined): AsyncGenerator<RunsPage<R>, void, undefined> {
    const leave = this.#list.enter(signal);
    try {
      for (let index = 0, given = 0; ; index++) {
        const page = await this.#list.page(index, signal);
        if (page === undefined) return;
        this.#list.page(index + 1, this.#list.ahead).catch(() => undefined); // a failure shows when its turn comes
        given += page.runs.length;
        this.#give(given);
        if (page.runs.length > 0) yield toRunsPage<R>(page);
      }
    } finally {
      leave();
    }
  }

  /** The runs as they are when a scan begins: those that the collection has, or else pages that it doesn't keep. */
  readonly #scannedPages: ScannedRuns["pages"] = (signal, onCount) => {
    const { isComplete, fetched, full, maker } = this.#list;
    if (isComplete) {
      onCount(fetched.length);
      return onePage(fetched);
    }
    const help = { warn: this.#onWarning, size: this.#size };
    const pages = new RunPages(this.#ref, this.#listing, maker, help);
    return (async function* () {
      for await (const { runs, count } of oneAhead((inner) => pages.next(full, inner), signal)) {
        if (count !== null) onCount(count);
        yield runs;
      }
    })();
  };

  async *#passingPages(signal: AbortSignal | undefined): AsyncGenerator<RunsPage<R>, void, undefined> {
    const help = { warn: this.#onWarning, size: this.#size };
    const pages = new RunPages(this.#ref, this.#listing, this.#list.maker, help);
    const next = (inner: AbortSignal) => pages.next(this.#list.full, inner);
    for await (const page of oneAhead(next, signal)) {
      for (const run of page.runs) this.#unkept.set(run, page.runs);
      if (page.runs.length > 0) yield toRunsPage<R>(page);
    }
  }

  #load(run: Run, signal: AbortSignal | undefined): Promise<void> {
    // A loop that loads will want the next page: it comes while this one is loaded. From its second page on such a loop
    // is taken to go on, and the next page is loaded too, while this one is worked on.
    if (this.#current.has(run) && this.#isInLastPage(run)) {
      const next = this.#list.prefetch();
      if (this.#list.pageOf(run)[0] !== this.#list.fetched[0]) next.then((runs) => this.#loadAhead(runs));
    }
    return this.#loader.load(run, signal);
  }

  /** Loads a page for the loops; a failure shows to whoever loads one of its runs. */
  #loadAhead(runs: readonly Run[]): void {
    this.#loader.loadAll(runs, { signal: this.#list.ahead }).catch(() => undefined);
  }

  #give(count: number): void {
    this.#given = Math.max(this.#given, count);
  }

  #isInLastPage(run: Run): boolean {
    const last = this.#list.fetched.at(-1);
    return last !== undefined && this.#list.pageOf(run) === this.#list.pageOf(last);
  }

  #warnGone(id: string, what: string): void {
    this.#onWarning(deletedWarning({ id, entity: this.entity, project: this.project }, what));
  }

  static {
    // Reading it starts a request: what goes over a collection's properties must not do so by accident.
    Object.defineProperty(Runs.prototype, "length", { enumerable: false });
    printAs(Runs.prototype, (runs) => {
      const { fetched, isComplete } = runs.#list;
      const some = isComplete
        ? `${fetched.length} runs`
        : fetched.length === 0
          ? "not fetched yet"
          : `${fetched.length} fetched so far`;
      return `Runs ${runs.entity}/${runs.project} (${some})`;
    });
  }
}

async function* onePage<T>(page: T): AsyncGenerator<T, void, undefined> {
  yield page;
}
