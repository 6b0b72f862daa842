import type { HistoryTable, Run, Runs } from "@lazyruns/core";
import { historiesOf, loadAll, needsLoading, type ShownOptions } from "../shown-runs.ts";

/** The states that a run doesn't leave by itself. */
const ENDED = new Set(["finished", "failed", "crashed", "killed"]);

/** Runs as they are now: each as it was when it was last asked for. */
export class LiveRuns {
  readonly #runs: Runs;
  readonly #options: ShownOptions & { readonly maxRows: number };
  #ids: readonly string[] = [];
  readonly #now = new Map<string, Run>();
  readonly #histories = new Map<string, HistoryTable>();
  /** Runs that the server doesn't know any more. */
  readonly gone = new Set<string>();

  constructor(runs: Runs, options: ShownOptions & { readonly maxRows: number }) {
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
    const runs = await this.#runs.toArray({ signal: this.#options.signal });
    this.#ids = runs.map(({ id }) => id);
    await this.#take(runs);
  }

  /** Asks for those that are under way. What fails leaves everything as it was. */
  async refresh(): Promise<void> {
    const asked = this.underWay;
    const fresh = await this.#runs.only(asked).toArray({ signal: this.#options.signal });
    await this.#take(fresh);
    for (const id of asked) if (!fresh.some((run) => run.id === id)) this.gone.add(id);
  }

  get #shown(): readonly string[] {
    return this.#ids.slice(0, this.#options.maxRows);
  }

  async #take(runs: readonly Run[]): Promise<void> {
    const shown = new Set(this.#shown);
    const visible = runs.filter(({ id }) => shown.has(id));
    const ids = visible.map(({ id }) => id);
    const [histories] = await Promise.all([
      historiesOf(this.#runs, ids, this.#options),
      needsLoading(this.#options) ? loadAll(visible, this.#options.signal) : undefined,
    ]);
    for (const run of runs) this.#now.set(run.id, run);
    for (const id of histories?.runIds ?? []) this.#histories.set(id, histories?.forRun(id) as HistoryTable);
  }
}
