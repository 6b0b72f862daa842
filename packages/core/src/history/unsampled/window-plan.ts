import type { Window } from "./window.ts";

/** Steps a request at the least, where rows aren't heavy: what the reference asks for. */
const PAGE_STEPS = 1000;
/** Rows that a window of more steps is to bring. */
const TARGET_ROWS = 600;
/** Bytes of an answer, unpacked. */
const TARGET_BYTES = 4_000_000;
/** A server is taken to give so many at once: what looks like less may be a run that goes on meanwhile. */
const LEAST_ROWS = 50;
/** A window is at most so many times as long as the one before. */
const GROWTH = 8;

/** What an answer about a window told. */
export interface WindowAnswer {
  readonly window: Window;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Cuts a range of steps into windows, a request each, one after another: of as many steps as bring rows enough to be
 * worth a request, by what the answers so far have told. Stretches without rows are passed in few, long windows.
 */
export class WindowPlan {
  readonly #end: number;
  #at: number;
  #steps: number;
  #mostRows = TARGET_ROWS;
  #bytesPerRow = 0;
  /** Where the window began that tells of the steps to come. */
  #told = -1;

  /** @param rows - about how many rows there are in the range, where it is known */
  constructor({ start, end }: Window, rows: number | undefined) {
    this.#at = start;
    this.#end = end;
    this.#steps = rows === undefined ? PAGE_STEPS : (TARGET_ROWS * (end - start)) / Math.max(rows, 1);
  }

  /** The next window; undefined behind the last. */
  readonly next = (): Window | undefined => {
    if (this.#at >= this.#end) return undefined;
    const start = this.#at;
    const steps = Math.max(1, Math.min(Math.floor(Math.max(this.#least, this.#steps)), this.#end - start));
    this.#at = start + steps;
    return { start, end: this.#at };
  };

  observe({ window: { start, end }, rows, bytes }: WindowAnswer): void {
    if (rows > 0) this.#bytesPerRow = Math.max(this.#bytesPerRow / 2, bytes / rows);
    if (start < this.#told) return;
    this.#told = start;
    const steps = end - start;
    const worth = rows === 0 ? Number.POSITIVE_INFINITY : (steps * this.#mostRows) / rows;
    this.#steps = Math.min(worth, steps * GROWTH);
  }

  /** So many rows were more than the server gives at once, or than it bears: by default as many as are asked for now. */
  tooMany(rows: number = this.#mostRows): void {
    this.#mostRows = Math.max(LEAST_ROWS, Math.min(this.#mostRows, Math.floor(rows / 2)));
    this.#steps = Math.max(this.#least, this.#steps / 2);
  }

  /** As many steps as can't hold more rows than a request is to bring, where each step has one. */
  get #least(): number {
    const fits = this.#bytesPerRow === 0 ? PAGE_STEPS : TARGET_BYTES / this.#bytesPerRow;
    return Math.min(PAGE_STEPS, fits, this.#mostRows < TARGET_ROWS ? this.#mostRows : PAGE_STEPS);
  }
}
