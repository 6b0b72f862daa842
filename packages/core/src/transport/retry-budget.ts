import { onAbort } from "../async/abort.ts";

/** A first try that succeeds pays for this much of a retry. */
const SHARE = 0.2;
/** A retry that succeeds pays for itself and one more: when a server is back, what waited comes back doubling. */
const RECOVERY = 2;
/** What comes back a second without any success. */
const FLOOR = 1;
/** How many retries can be saved up. */
const CAPACITY = 20;
/** The longest that one retry waits to be paid for, in milliseconds. */
const LONGEST_WAIT = 30_000;

/**
 * The retries that parallel work on one server shares, so that ten loops don't send a dying server six times what it
 * already fails to answer.
 *
 * A token bucket after Finagle's RetryBudget (https://finagle.github.io/blog/2016/02/08/retry-budgets): a fifth of
 * what succeeds, and a floor beside it: one a second (Finagle's 10 are for a service, this is one client), saved up
 * to 20. A call that is under way alone needs no budget: its own waits already double.
 *
 * Unlike Finagle's, what isn't paid for yet waits its turn instead of failing: a server that restarts is probed once
 * a second, and nobody's work is lost. The wait is 30 s at most for each retry, so that work on a server that is down
 * for good ends. Of n calls that never succeed, no more than n + 20 requests are sent and one a second, and what the
 * last has alone (nor more than maxRetries + 1 for each). At the defaults ten calls end within 60 s after at most 60
 * requests; of a thousand, each within 3 minutes. The time that the tries themselves take comes on top.
 */
export class RetryBudget {
  #tokens = CAPACITY;
  #filled = performance.now();
  #underWay = 0;
  #lastGood = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  /** A call begins; the function returned ends it. */
  begin(): () => void {
    this.#underWay++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#underWay--;
      this.#serve();
    };
  }

  /** Whether a request succeeded that began after this point on the clock of `performance.now()`. */
  hasSucceededSince(time: number): boolean {
    return this.#lastGood > time;
  }

  /** A request succeeded; `tries` says which try it was, and when that began. */
  earn(tries: number, began = performance.now()): void {
    this.#lastGood = Math.max(this.#lastGood, began);
    this.#fill();
    this.#tokens = Math.min(CAPACITY, this.#tokens + (tries > 1 ? RECOVERY : SHARE));
    this.#serve();
  }

  /**
   * Waits until a retry may be sent, and pays for it; who has waited longest is served first. Gives false when that
   * would take longer than it may, or than `endsAt` on the clock of `performance.now()`.
   *
   * @throws the signal's reason, at once.
   */
  async spend(signal: AbortSignal | undefined, endsAt: number): Promise<boolean> {
    signal?.throwIfAborted();
    if (this.#waiting.size === 0 && this.#pay()) return true;
    return new Promise<boolean>((resolve, reject) => {
      const end = (settle: () => void) => () => {
        clearTimeout(late);
        forget();
        this.#waiting.delete(paid);
        settle();
      };
      const paid = end(() => resolve(true));
      const longest = Math.min(LONGEST_WAIT, Math.max(0, endsAt - performance.now()));
      const late = setTimeout(
        end(() => resolve(false)),
        longest,
      );
      const forget = signal
        ? onAbort(
            signal,
            end(() => reject(signal.reason)),
          )
        : () => undefined;
      this.#waiting.add(paid);
      this.#serve();
    });
  }

  /** Lets go those who can be paid for, and comes back when the next can. */
  #serve(): void {
    clearTimeout(this.#timer);
    for (const paid of this.#waiting) {
      if (!this.#pay()) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(((1 - this.#tokens) / FLOOR) * 1000));
        return;
      }
      paid();
    }
  }

  #pay(): boolean {
    if (this.#underWay <= 1) return true;
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  #fill(): void {
    const now = performance.now();
    this.#tokens = Math.min(CAPACITY, this.#tokens + ((now - this.#filled) / 1000) * FLOOR);
    this.#filled = now;
  }
}
