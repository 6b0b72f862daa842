/** The most runs that one request loads. */
const MOST_RUNS = 100;
/** About the most characters of one answer. */
const MOST_CHARACTERS = 8_000_000;
/** Half as many runs a request as are allowed: two answers are read while others are on their way. */
const USUAL_RUNS = MOST_RUNS / 2;
/** How much of a weight is kept when lighter runs come: the next may be as heavy as those before. */
const MEMORY = 0.8;

/** How many runs a request asks for: what is known of their weight, and of what the server bears, decides. */
export class BatchSize {
  #charactersPerRun: number | undefined;
  #most = USUAL_RUNS;

  /** Whether an answer has shown how heavy runs are. */
  get isKnown(): boolean {
    return this.#charactersPerRun !== undefined;
  }

  get runs(): number {
    const fitting = Math.floor(MOST_CHARACTERS / (this.#charactersPerRun ?? 1));
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
