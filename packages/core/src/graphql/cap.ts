/**
 * How much of something a server is asked for at once: less when that was too much, and again twice as much after some
 * requests that went well, since an outage looks the same as too large a request.
 */
export class Cap {
  readonly #most: number;
  readonly #patience: number;
  #value: number;
  #well = 0;

  /**
   * @param most - what is asked for while nothing was too much
   * @param patience - how many requests must go well, one after another, before the cap doubles
   */
  constructor(most: number, patience: number) {
    this.#most = most;
    this.#patience = patience;
    this.#value = most;
  }

  get value(): number {
    return this.#value;
  }

  /** Whether more was too much. */
  get isLowered(): boolean {
    return this.#value < this.#most;
  }

  /** No more than this from now on, but at least one. */
  lower(to: number): void {
    this.#value = Math.max(1, Math.min(this.#value, to));
    this.#well = 0;
  }

  /** A request that tells of the cap went well. */
  succeed(): void {
    if (this.#value === this.#most || ++this.#well < this.#patience) return;
    this.#value = Math.min(this.#most, 2 * this.#value);
    this.#well = 0;
  }

  /** What was too much had another reason. */
  reset(): void {
    this.#value = this.#most;
  }
}
