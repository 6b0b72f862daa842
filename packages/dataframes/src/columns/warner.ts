import type { RunsWarning } from "@lazyruns/core";
import type { FrameOptions } from "../options.ts";

/** Where warnings go that nobody listens to. */
export function emitWarning({ message }: RunsWarning): void {
  process.emitWarning(message, "LazyrunsWarning");
}

/** Tells of what went otherwise than expected while a frame is made, where its options say. */
export class Warner {
  readonly #listener: (warning: RunsWarning) => void;
  /** Values that had to become null, by column. */
  readonly #lost = new Map<string, number>();

  constructor({ onWarning }: FrameOptions) {
    this.#listener = onWarning ?? emitWarning;
  }

  /** Never throws: a listener's error would cost a frame whose table is freed meanwhile, or a file that is there. */
  warn(message: string): void {
    try {
      this.#listener({ message });
    } catch {
      // The listener's business.
    }
  }

  /** Counts values of a column that are no dates; `finish()` tells of them in one message a column. */
  countLost(column: string, count: number): void {
    if (count > 0) this.#lost.set(column, (this.#lost.get(column) ?? 0) + count);
  }

  /** Tells of what was counted. For when the whole frame is there. */
  finish(): void {
    for (const [column, count] of this.#lost) {
      const values = count === 1 ? "1 value that is no date is" : `${count} values that are no dates are`;
      this.warn(`Column ${JSON.stringify(column)} became datetimes, and ${values} null there.`);
    }
    this.#lost.clear();
  }
}
