import { Cap } from "../graphql/cap.ts";

/** The most runs that one request loads, or asks about. */
export const MOST_RUNS = 100;
/** About the most characters of one answer. */
const MOST_CHARACTERS = 8_000_000;
/** The first request is smaller, and goes alone: how heavy this project's runs are isn't known yet. */
const FIRST_RUNS = 50;
/** How much of a weight is kept when lighter runs come: the next may be as heavy as those before. */
const MEMORY = 0.8;
/** Answers as large as may be that must come before more is asked for again, after that was too much. */
const PATIENCE = 10;

/** How many runs a request asks for: what is known of their weight, and of what the server bears, decides. */
export class BatchSize {
  #charactersPerRun: number | undefined;
  /** What the server bears. */
  readonly #cap = new Cap(MOST_RUNS, PATIENCE);
  /** What the server gives in one answer, which is a rule of its own and stays. */
  #limit = MOST_RUNS;

  /** Whether an answer has shown how heavy runs are. */
  get isKnown(): boolean {
    return this.#charactersPerRun !== undefined;
  }

  get runs(): number {
    const weight = this.#charactersPerRun;
    const fitting = weight === undefined ? FIRST_RUNS : Math.floor(MOST_CHARACTERS / weight);
    return Math.max(1, Math.min(this.#cap.value, this.#limit, fitting));
  }

  /** An answer for so many runs had so many characters. */
  learn(runs: number, characters: number): void {
    const weight = Math.max(1, characters / runs);
    this.#charactersPerRun = Math.max(weight, (this.#charactersPerRun ?? 0) * MEMORY);
    if (runs >= this.#cap.value) this.#cap.succeed();
  }

  /** The server gives no more than so many runs an answer. */
  limit(runs: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, runs));
  }

  /** A request for so many runs was too much. Gives false when there is nothing to halve. */
  halve(runs: number): boolean {
    if (runs <= 1) return false;
    this.#cap.lower(Math.ceil(runs / 2));
    return true;
  }
}
