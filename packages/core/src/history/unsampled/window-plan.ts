import type { Cap } from "../../graphql/cap.ts";
import type { Window } from "./window.ts";

/** Steps a request at the least, where rows aren't heavy: what the reference asks for. */
const PAGE_STEPS = 1000;
/** Bytes of an answer, unpacked. */
const TARGET_BYTES = 4_000_000;
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
  /** Rows that a window is to bring, by what the server gives at once. */
  readonly #target: Cap;
  #at: number;
  #steps: number;
  #bytesPerRow = 0;
  /** Where the window began that tells of the steps to come. */
  #told = -1;

  /** @param rows - about how many rows there are in the range, where it is known */
  constructor({ start, end }: Window, rows: number | undefined, target: Cap) {
    this.#target = target;
    this.#at = start;
    this.#end = end;
    this.#steps = rows === undefined ? PAGE_STEPS : (target.value * (end - start)) / Math.max(rows, 1);
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
    const worth =
      rows === 0 ? Number.POSITIVE_INFINITY : (steps * Math.min(this.#target.value, this.#fits)) / rows;
    this.#steps = Math.min(worth, steps * GROWTH);
  }

  /** A window was more than the server gives at once, or than it bears. */
  tooMuch(): void {
    this.#steps = Math.max(this.#least, this.#steps / 2);
  }

  /** As many steps as can't hold more rows than a request is to bring, where each step has one. */
  get #least(): number {
    return Math.min(PAGE_STEPS, this.#fits, this.#target.isLowered ? this.#target.value : PAGE_STEPS);
  }

  /** How many rows an answer has room for. */
  get #fits(): number {
    return this.#bytesPerRow === 0 ? Number.POSITIVE_INFINITY : TARGET_BYTES / this.#bytesPerRow;
  }
}
