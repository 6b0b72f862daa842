import { type HeaderOf, resetSeconds, seconds } from "./headers.ts";

/** From this share of the limit down, what is left is spread over the time there is. */
const LOW = 0.25;

/** W&B's limits are scaled to this, whatever they are in truth. */
const USUAL_LIMIT = 1000;

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
    const interval = now < this.#reset ? this.#interval : 0;
    return Math.max(0, this.#heldUntil - now, this.#lastSent + interval - now);
  }

  /** No request is sent before this long has passed: the server said so to one, for all. */
  hold(milliseconds: number, now = performance.now()): void {
    this.#heldUntil = Math.max(this.#heldUntil, now + milliseconds);
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
