import { type HeaderOf, resetSeconds, seconds } from "./headers.ts";

/** From this share of the limit down, what is left is spread over the time there is. */
const LOW = 0.25;

/** W&B's limits are scaled to this, whatever they are in truth. */
const USUAL_LIMIT = 1000;

/**
 * The longest that the server's word to one request keeps back the others, in milliseconds; half the usual deadline.
 * Beyond it they ask for themselves, one by one: such a word may be a mistake, and must not end an Api for good.
 */
const LONGEST_HOLD = 300_000;

/** While the time that was asked for isn't over, requests go out this far apart until one is answered. */
const PROBE_INTERVAL = 1000;

/**
 * Keeps the requests to one server within its rate limit.
 *
 * W&B's answers carry `RateLimit-Limit` and `RateLimit-Remaining`, both scaled from 0 to 1000, and `RateLimit-Reset`,
 * the seconds until the limit is whole again. While more than a quarter remains, requests go out freely; below,
 * they are spread evenly over the time to the reset; when none remains, they wait for it. As the numbers are scaled,
 * what one request costs is learned from how they fall.
 *
 * Times are in milliseconds of `performance.now()`.
 */
export class Pacer {
  #heldUntil = 0;
  /** Until when the server wants quiet, where that is longer than it gets. */
  #wantedUntil = 0;
  #interval = 0;
  #lastSent = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  #reset = 0;
  /** The least that has remained before this reset, and how many answers came since. */
  #least = Number.POSITIVE_INFINITY;
  #answers = 0;
  #cost: number | undefined;

  /** How long a request has to wait that would be sent now. */
  wait(now = performance.now()): number {
    const spread = now < this.#reset ? this.#interval : 0;
    const interval = now < this.#wantedUntil ? Math.max(spread, PROBE_INTERVAL) : spread;
    return Math.max(0, this.#heldUntil - now, this.#lastSent + interval - now);
  }

  /** How long the server wants a request to wait; beyond `wait` when that is longer than it is held. */
  asked(now = performance.now()): number {
    const wait = this.wait(now);
    return now < this.#heldUntil ? Math.max(wait, this.#wantedUntil - now) : wait;
  }

  /** No request is sent before this long has passed, or five minutes: the server said so to one, for all. */
  hold(milliseconds: number, now = performance.now()): void {
    this.#heldUntil = Math.max(this.#heldUntil, now + Math.min(milliseconds, LONGEST_HOLD));
    if (milliseconds > LONGEST_HOLD) this.#wantedUntil = Math.max(this.#wantedUntil, now + milliseconds);
  }

  /** A request goes out. */
  sent(now = performance.now()): void {
    this.#lastSent = now;
    this.#inFlight++;
  }

  /** A request has ended; an answer's headers say what remains. */
  ended(header: HeaderOf | undefined, now = performance.now()): void {
    this.#inFlight--;
    if (header === undefined) return;
    if (now >= this.#heldUntil && header("retry-after") === undefined) this.#wantedUntil = 0;
    const remaining = seconds(header("ratelimit-remaining"));
    const reset = resetSeconds(header);
    if (remaining === undefined || reset === undefined) return;
    const limit = seconds(header("ratelimit-limit")) || USUAL_LIMIT;
    this.#learn(remaining, limit, now);
    this.#reset = now + reset * 1000;
    this.#interval = 0;
    if (remaining > limit * LOW) return;
    const left = Math.floor(remaining / (this.#cost ?? 1)) - this.#inFlight;
    if (left <= 0) this.hold(reset * 1000, now);
    else this.#interval = (reset * 1000) / left;
  }

  #learn(remaining: number, limit: number, now: number): void {
    this.#answers++;
    if (now >= this.#reset || remaining > this.#least + limit / 10) this.#least = Number.POSITIVE_INFINITY;
    else if (remaining >= this.#least)
      return; // an answer that was overtaken, or a request too cheap to show
    else {
      const cost = (this.#least - remaining) / this.#answers;
      this.#cost = this.#cost === undefined ? cost : 0.7 * this.#cost + 0.3 * cost;
    }
    this.#least = remaining;
    this.#answers = 0;
  }
}
