import type { LineRange } from "../store/lines.ts";
import type { Store } from "../store/store.ts";
import { exportHistory } from "./export-history.ts";

/** Files that are made at the same time. */
const AT_ONCE = 4;

/** Makes the Parquet files of runs when they are asked for. */
export class HistoryExports {
  readonly #store: Store;
  readonly #making = new Map<number, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #isClosed = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Puts what a run has logged since its last file into one more, if anything. Never rejects: rows that can't be
   * exported are given as live ones, and the server's output says why.
   */
  ensure(runId: number): Promise<void> {
    const making = this.#making.get(runId) ?? this.#make(runId).finally(() => this.#making.delete(runId));
    this.#making.set(runId, making);
    return making;
  }

  /** Gives up what is being made; nothing is left of it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#making.values());
  }

  async #make(runId: number): Promise<void> {
    await this.#begin();
    try {
      const range = this.#isClosed ? undefined : this.#newLines(runId);
      if (range === undefined) return;
      const bytes = exportHistory(this.#store.lines, runId, range, () => this.#check());
      await this.#store.exports.add(runId, range, bytes);
    } catch (error) {
      if (!this.#isClosed) console.error(error);
    } finally {
      this.#end();
    }
  }

  /** Lines that no file holds, up to the first that is missing: a client may still send that one. */
  #newLines(runId: number): LineRange | undefined {
    const { lines, exports } = this.#store;
    const from = exports.firstLive(runId);
    const end = lines.endOfUnbroken(runId, from);
    return end > from ? { from, end } : undefined;
  }

  #check(): void {
    if (this.#isClosed) throw new Error("The server ends");
  }

  async #begin(): Promise<void> {
    if (this.#active >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#active++;
  }

  #end(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#active--;
    else next();
  }
}
