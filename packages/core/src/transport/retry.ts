import { sleep } from "../async/abort.ts";
import { duration } from "./details.ts";
import type { RetryBudget } from "./retry-budget.ts";

/** How an attempt ended that may be tried again. */
interface Retryable {
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
interface RetryRules {
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
  readonly onFailure?: ((error: Error, tries: number, mayBeDown: boolean) => Promise<void>) | undefined;
}

const SPENT =
  " It is not tried again: of the requests to this server too many fail, and this one's turn did not come.";

/** What an error says besides when the server asks for a wait that there is no time for. */
export function tooLong(wait: number): string {
  if (wait === 0) return "";
  return ` The server asks to wait ${duration(wait)}, which is longer than the deadline allows. Try again later, or raise the deadline option.`;
}

/** The bound of waits doubles up to 32 times the first. */
const MOST_DOUBLINGS = 5;

/** For so many times `retryDelay` a call that fails while none succeeds is taken to be caught in an outage. */
const BLIP = 4;

/** The last try comes at the earliest in this last part of the longest that the waits before it may take together. */
const LAST_PART = 0.25;

/**
 * Tries until an attempt gives a value, throws, or `maxRetries` are spent.
 *
 * Waits are drawn evenly between nothing and a bound that doubles ("full jitter", AWS Architecture Blog,
 * "Exponential Backoff And Jitter", 2015), so that parallel requests that failed together come back apart. What the
 * server asked to wait comes before that. A wait that would outlast the call isn't begun.
 *
 * Where many fail together, a retry waits for its turn besides (see `RetryBudget`). And short waits drawn in a row
 * don't end a call while a server restarts: the last of 5 retries is sent no sooner than 23 times `retryDelay` after
 * the first failure (5.8 s by default), and the last of 6 or more no sooner than 24 times it (6 s).
 */
export async function withRetries<T>(
  attempt: (tries: number) => Promise<Attempt<T>>,
  rules: RetryRules,
): Promise<T> {
  const { maxRetries, retryDelay, signal, budget, endsAt = Number.POSITIVE_INFINITY } = rules;
  let failedAt: number | undefined;
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    const began = performance.now();
    const outcome = await attempt(tries);
    if ("value" in outcome) {
      budget?.earn(tries, began);
      return outcome.value;
    }
    failedAt ??= performance.now();
    const { error, waitAtLeast = 0, forAll = false } = outcome.retry;
    const drawn = Math.random() * retryDelay * 2 ** Math.min(tries - 1, MOST_DOUBLINGS);
    if (forAll) rules.holdAll?.(waitAtLeast || drawn);
    const isShort = performance.now() - failedAt < BLIP * retryDelay;
    await rules.onFailure?.(error(""), tries, isShort && budget?.hasSucceededSince(failedAt) === false);
    if (tries > maxRetries) throw error("");
    // A server that says when to come back is neither restarting nor being hammered.
    const isLast = tries === maxRetries && !forAll;
    const wait =
      waitAtLeast + (isLast ? Math.max(drawn, failedAt + lastAfter(rules) - performance.now()) : drawn);
    if (performance.now() + wait > endsAt) throw error(tooLong(waitAtLeast));
    await sleep(wait, signal);
    if (!forAll && (await budget?.spend(signal, endsAt)) === false) throw error(SPENT);
  }
}

/** How long after the first failure the last try is sent, in milliseconds; drawn, as the waits are. */
function lastAfter({ maxRetries, retryDelay }: RetryRules): number {
  const longest = retryDelay * Math.min(2 ** maxRetries - 1, 2 ** MOST_DOUBLINGS);
  return longest * (1 - LAST_PART * Math.random());
}
