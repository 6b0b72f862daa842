import { follow, LONGEST_TIMER } from "../async/abort.ts";
import type { ErrorDetails } from "../errors.ts";
import { pastDeadline } from "./failure.ts";

/** What one call may have of its own; what is left out is as the connection's options say. */
export interface CallOptions {
  /** Ends the call at once, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a sound from the server before a try is given up. */
  readonly timeout?: number | undefined;
  /** Milliseconds for the call with all its tries and waits; Infinity for no end. */
  readonly deadline?: number | undefined;
  /** How often the request is sent again. */
  readonly maxRetries?: number | undefined;
  /**
   * Told of each failure that may pass, with the tries so far and whether the server may be down for everybody, and
   * waited for; what it throws is thrown instead.
   *
   * @internal
   */
  readonly onFailure?: ((error: Error, tries: number, mayBeDown: boolean) => Promise<void>) | undefined;
}

/** A call under way: one signal for the caller's own and for the deadline. */
export class Call {
  /** Which try this is. */
  tries = 0;
  /** Where its last request went. */
  origin = "";
  /** On the clock of `performance.now()`. */
  readonly endsAt: number;
  readonly timeout: number;
  readonly #details: ErrorDetails;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(
    address: string,
    details: ErrorDetails,
    { timeout, deadline, signal }: { timeout: number; deadline: number; signal: AbortSignal | undefined },
  ) {
    this.timeout = timeout;
    this.endsAt = performance.now() + deadline;
    this.#details = details;
    this.#unfollow = follow(signal, this.#controller);
    if (deadline > LONGEST_TIMER) return;
    const late = () => this.#controller.abort(pastDeadline(address, deadline, this.details));
    this.#timer = setTimeout(late, deadline);
  }

  get details(): ErrorDetails {
    return { ...this.#details, tries: this.tries };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends what is under way, with this reason. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** The deadline no longer holds. */
  endDeadline(): void {
    clearTimeout(this.#timer);
  }

  /** The call is over: nothing is left on the caller's signal. */
  end(): void {
    this.endDeadline();
    this.#unfollow();
  }
}
