import { LazyrunsError, ServerError, TimeoutError } from "../errors.ts";

/** The most runs, and about the most characters, that one request loads. */
const MOST_RUNS = 100;
const MOST_CHARACTERS = 8_000_000;
/** The first request is smaller, and goes alone: how heavy this project's runs are isn't known yet. */
const FIRST_RUNS = 50;
/** How much of a weight is kept when lighter runs come: the next may be as heavy as those before. */
const MEMORY = 0.8;

/** How many runs a request asks for: what is known of their weight, and of what the server bears, decides. */
export class BatchSize {
  #charactersPerRun: number | undefined;
  #most = MOST_RUNS;

  /** Whether an answer has shown how heavy runs are. */
  get isKnown(): boolean {
    return this.#charactersPerRun !== undefined;
  }

  get runs(): number {
    const weight = this.#charactersPerRun;
    const fitting = weight === undefined ? FIRST_RUNS : Math.floor(MOST_CHARACTERS / weight);
    return Math.max(1, Math.min(this.#most, fitting));
  }

  /** An answer for so many runs had so many characters. */
  learn(runs: number, characters: number): void {
    const weight = Math.max(1, characters / runs);
    this.#charactersPerRun = Math.max(weight, (this.#charactersPerRun ?? 0) * MEMORY);
  }

  /** A request for so many runs was too much. Gives false when there is nothing to halve. */
  halve(runs: number): boolean {
    if (runs <= 1) return false;
    this.#most = Math.min(this.#most, Math.ceil(runs / 2));
    return true;
  }
}

/** Whether a request failed because it was too large or took too long, for the server, a proxy, or this process. */
export function isTooMuch(error: unknown): boolean {
  if (!(error instanceof LazyrunsError)) return false;
  if (error instanceof TimeoutError || [408, 413, 502, 504].includes(error.status ?? 0)) return true;
  if (isTooLongForText(error.cause)) return true;
  return (
    error instanceof ServerError &&
    /too (?:large|big|complex|many)|complexity|timed? ?out/i.test(error.message)
  );
}

/** V8 holds no text of more than about 512 MB. */
function isTooLongForText(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_STRING_TOO_LONG";
}
