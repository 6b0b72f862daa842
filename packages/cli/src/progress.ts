import type { WriteStream } from "node:tty";
import { safeText } from "./output/people/safe-text.ts";

/** A line on a terminal is drawn anew at most so often, and written elsewhere at most so often, in milliseconds. */
const REDRAWN_EVERY = 100;
const WRITTEN_EVERY = 5_000;
const CLEAR = "\r\x1b[K";

/**
 * How far the work has come: one line that is drawn anew, where standard error is a terminal; where it is none and
 * progress is asked for all the same, a line every five seconds.
 */
export class ProgressLine {
  readonly #stream: Pick<WriteStream, "write" | "isTTY" | "columns">;
  #isOn: boolean;
  #text = "";
  #isShown = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(stream: Pick<WriteStream, "write" | "isTTY" | "columns">) {
    this.#stream = stream;
    this.#isOn = Boolean(stream.isTTY);
  }

  /** Takes what `--progress` and `--no-progress` say; undefined leaves it to the terminal. */
  wanted(isWanted: boolean | undefined): void {
    this.#isOn = isWanted ?? this.#isOn;
  }

  /** The work has come further. */
  update(text: string): void {
    this.#text = text;
    if (!this.#isOn) return;
    const now = performance.now();
    if (now - this.#last < (this.#stream.isTTY ? REDRAWN_EVERY : WRITTEN_EVERY)) return;
    this.#last = now;
    this.#draw();
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (!this.#isShown) return;
    this.#stream.write(CLEAR);
    this.#isShown = false;
  }

  #draw(): void {
    const text = safeText(this.#text);
    if (!this.#stream.isTTY) return void this.#stream.write(`${text}\n`);
    this.#stream.write(CLEAR + text.slice(0, Math.max(10, (this.#stream.columns || 80) - 1)));
    this.#isShown = true;
  }
}
