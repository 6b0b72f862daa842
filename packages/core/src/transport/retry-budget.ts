/** A success pays for this much of a retry. */
const SHARE = 0.2;
/** What comes back a second without any success. */
const FLOOR = 1;
/** How many retries can be saved up. */
const CAPACITY = 20;

/**
 * The retries that parallel work on one server shares, so that ten loops don't send a dying server six times what it
 * already fails to answer.
 *
 * A token bucket after Finagle's RetryBudget (https://finagle.github.io/blog/2016/02/08/retry-budgets): at most 20 %
 * of what succeeds, and a floor beside it: one a second (Finagle's 10 are for a service, this is one client), saved
 * up to 20. A call that is under way alone needs no budget: its own waits already double.
 */
export class RetryBudget {
  #tokens = CAPACITY;
  #filled = performance.now();
  #underWay = 0;

  /** A call begins; the function returned ends it. */
  begin(): () => void {
    this.#underWay++;
    let ended = false;
    return () => {
      if (!ended) this.#underWay--;
      ended = true;
    };
  }

  /** A request succeeded. */
  earn(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + SHARE);
  }

  /** Whether a retry may be sent; when so, it is paid for. */
  spend(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(CAPACITY, this.#tokens + ((now - this.#filled) / 1000) * FLOOR);
    this.#filled = now;
    if (this.#underWay <= 1) return true;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
