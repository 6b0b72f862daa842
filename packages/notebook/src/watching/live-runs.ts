import type { HistoryTable, Run, Runs } from "@lazyruns/core";
import { collectionOf, historiesOf, loadAll, needsLoading, type ShowOptions } from "../shown-runs.ts";

/** The states that a run doesn't leave by itself. */
const ENDED = new Set(["finished", "failed", "crashed", "killed", "preempted"]);

/** Runs as they are now: each as it was when it was last asked for. */
export class LiveRuns {
  readonly #runs: Runs;
  readonly #options: ShowOptions & { readonly maxRows: number };
  #ids: readonly string[] = [];
  readonly #now = new Map<string, Run>();
  readonly #histories = new Map<string, HistoryTable>();
  /** Runs that the server doesn't know any more. */
  readonly gone = new Set<string>();

  constructor(runs: Runs, options: ShowOptions & { readonly maxRows: number }) {
    this.#runs = runs;
    this.#options = options;
  }

  /** All of them, in the collection's order. */
  get all(): Run[] {
    return this.#ids.map((id) => this.#now.get(id) as Run);
  }

  /** The ids of those that are under way. */
  get underWay(): string[] {
    return this.#ids.filter((id) => !this.gone.has(id) && !ENDED.has(this.#now.get(id)?.state ?? ""));
  }

  /** The histories of the shown ones. */
  get histories(): HistoryTable | undefined {
    const tables = this.#shown.flatMap((id) => this.#histories.get(id) ?? []);
    const [first] = tables;
    // By the tables' own class: they may be of another copy of core than this package's.
    return first && (first.constructor as typeof HistoryTable).concat(tables);
  }

  /** Fetches all that there are, and what of the shown ones is asked for. */
  async begin(): Promise<void> {
    const { signal } = this.#options;
    const runs = await this.#runs.toArray({ signal });
    this.#ids = runs.map(({ id }) => id);
    const shown = runs.slice(0, this.#options.maxRows);
    const [histories, gone] = await Promise.all([
      historiesOf(collectionOf(this.#runs, shown), this.#options),
      needsLoading(this.#options) ? loadAll(shown, signal) : [],
    ]);
    this.#take(runs, histories);
    for (const id of gone) this.gone.add(id);
  }

  /**
   * Asks for those that are under way, and then for the config, summary and histories of the shown ones that were heard
   * of since, where these are asked for. What fails leaves everything as it was.
   */
  async refresh(): Promise<void> {
    const asked = this.underWay;
    const listed = this.#runs.only(asked);
    const fresh = await listed.toArray({ signal: this.#options.signal });
    const shown = new Set(this.#shown);
    const changed = fresh.filter((run) => shown.has(run.id) && isNews(run, this.#now.get(run.id)));
    const [loaded, histories] = await this.#ask(listed, changed);
    const known = new Map([...this.#loaded(fresh, changed), ...loaded].map((run) => [run.id, run]));
    this.#take(
      fresh.map((run) => known.get(run.id) ?? run),
      histories,
    );
    for (const id of asked) if (!fresh.some((run) => run.id === id)) this.gone.add(id);
  }

  get #shown(): readonly string[] {
    return this.#ids.slice(0, this.#options.maxRows);
  }

  /** Changed runs, full where that is needed, and their histories. */
  async #ask(listed: Runs, changed: readonly Run[]): Promise<[readonly Run[], HistoryTable | undefined]> {
    const { signal } = this.#options;
    if (changed.length === 0) return [[], undefined];
    const collection = collectionOf(listed, changed);
    // One that isn't listed yet comes full at once, and its histories then need no listing either.
    const loaded = needsLoading(this.#options)
      ? await (await collection.upgradeToFull({ signal })).toArray({ signal })
      : changed;
    return [loaded, await historiesOf(collection, this.#options)];
  }

  /** What is loaded already of runs that are as they were. */
  #loaded(fresh: readonly Run[], changed: readonly Run[]): readonly Run[] {
    if (!needsLoading(this.#options)) return [];
    return fresh.filter((run) => !changed.includes(run)).flatMap(({ id }) => this.#now.get(id) ?? []);
  }

  #take(runs: readonly Run[], histories: HistoryTable | undefined): void {
    for (const run of runs) this.#now.set(run.id, run);
    for (const id of histories?.runIds ?? []) this.#histories.set(id, histories?.forRun(id) as HistoryTable);
  }
}

/** Whether a run was heard of, or edited, since it was as this. */
function isNews(now: Run, before: Run | undefined): boolean {
  return now.heartbeatAt === null || before === undefined || signOf(now) !== signOf(before);
}

function signOf(run: Run): string {
  const { heartbeatAt, historyLineCount, state, name, tags, group, jobType, notes } = run;
  return JSON.stringify([heartbeatAt, historyLineCount, state, name, tags, group, jobType, notes]);
}
