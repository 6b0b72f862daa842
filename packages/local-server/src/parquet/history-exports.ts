import type { LineRange } from "../store/lines.ts";
import type { Store } from "../store/store.ts";
import { exportHistory } from "./export-history.ts";

/** Files that are made at the same time. */
const AT_ONCE = 4;

/** Makes the Parquet files of runs when they are asked for. */
export class HistoryExports {
  readonly #store: Store;
  readonly #making = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #isClosed = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Puts what a run that ended has logged since its last file into one more, if anything, and makes files anew whose
   * bytes were lost. Never rejects: rows that can't be exported are given as live ones, and the server's output says why.
   */
  ensure(runId: number, hasEnded: boolean): Promise<void> {
    const key = `${runId}/${hasEnded}`;
    const making =
      this.#making.get(key) ?? this.#make(runId, hasEnded).finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  /** Gives up what is being made; nothing is left of it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#making.values());
  }

  async #make(runId: number, hasEnded: boolean): Promise<void> {
    await this.#begin();
    try {
      const { exports } = this.#store;
      if (this.#isClosed) return;
      for (const row of exports.lost(runId)) {
        const range = { from: row.first_line, end: row.end_line };
        console.error(
          `The bytes of export ${row.number} of run ${runId} are gone from the folder: made anew`,
        );
        await exports.restore(row, this.#bytes(runId, range));
      }
      const range = hasEnded ? this.#newLines(runId) : undefined;
      if (range !== undefined) await exports.add(runId, range, this.#bytes(runId, range));
    } catch (error) {
      if (!this.#isClosed) console.error(error);
    } finally {
      this.#end();
    }
  }

  #bytes(runId: number, range: LineRange): AsyncIterable<Uint8Array> {
    return exportHistory(this.#store.lines, runId, range, () => this.#check());
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
