import { sleep } from "../async/abort.ts";
import { duration } from "./details.ts";
import type { RetryBudget } from "./retry-budget.ts";

/** How an attempt ended that may be tried again. */
export interface Retryable {
  /** Makes what to throw when there is no further try; the note, a sentence or nothing, says why there is none. */
  readonly error: (note: string) => Error;
  /** The wait that the server asked for, in milliseconds; never shortened. */
  readonly waitAtLeast?: number | undefined;
  /** Whether the wait is for every request to this server, and not this one's own misfortune. */
  readonly forAll?: boolean | undefined;
}

/** What one attempt gave: its value, or why it may be tried again. An attempt that is final throws. */
export type Attempt<T> = { readonly value: T } | { readonly retry: Retryable };

/** How tries follow on each other. */
export interface RetryRules {
  readonly maxRetries: number;
  /** The first wait is drawn between nothing and this many milliseconds. */
  readonly retryDelay: number;
  readonly signal?: AbortSignal | undefined;
  /** When the whole call must be over, on the clock of `performance.now()`. */
  readonly endsAt?: number | undefined;
  readonly budget?: RetryBudget | undefined;
  /** Keeps every request back for this many milliseconds. */
  readonly holdAll?: ((milliseconds: number) => void) | undefined;
  /** Told of each failure that may pass, before it is decided on; what it throws is thrown instead. */
  readonly onFailure?: ((error: Error, tries: number) => Promise<void>) | undefined;
}

const SPENT =
  " It is not tried again: of the requests to this server too many fail, and they share their retries.";

/** What an error says besides when the server asks for a wait that there is no time for. */
export function tooLong(wait: number): string {
  if (wait === 0) return "";
  return ` The server asks to wait ${duration(wait)}, which is longer than the deadline allows. Try again later, or raise the deadline option.`;
}

/** The bound of waits doubles up to 32 times the first. */
const MOST_DOUBLINGS = 5;

/**
 * Tries until an attempt gives a value, throws, or `maxRetries` are spent.
 *
 * Waits are drawn evenly between nothing and a bound that doubles ("full jitter", AWS Architecture Blog,
 * "Exponential Backoff And Jitter", 2015), so that parallel requests that failed together come back apart. What the
 * server asked to wait comes before that. A wait that would outlast the call isn't begun.
 */
export async function withRetries<T>(
  attempt: (tries: number) => Promise<Attempt<T>>,
  rules: RetryRules,
): Promise<T> {
  const { maxRetries, retryDelay, signal, budget, endsAt = Number.POSITIVE_INFINITY } = rules;
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    const outcome = await attempt(tries);
    if ("value" in outcome) {
      budget?.earn();
      return outcome.value;
    }
    const { error, waitAtLeast = 0, forAll = false } = outcome.retry;
    const jitter = Math.random() * retryDelay * 2 ** Math.min(tries - 1, MOST_DOUBLINGS);
    if (forAll) rules.holdAll?.(waitAtLeast || jitter);
    await rules.onFailure?.(error(""), tries);
    if (tries > maxRetries) throw error("");
    // A server that says when to come back is not one that is being hammered.
    if (!forAll && budget?.spend() === false) throw error(SPENT);
    if (performance.now() + waitAtLeast + jitter > endsAt) throw error(tooLong(waitAtLeast));
    await sleep(waitAtLeast + jitter, signal);
  }
}
