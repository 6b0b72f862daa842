import { sleep } from "../async/abort.ts";

/** How an attempt ended that may be tried again. */
export interface Retryable {
  /** What to throw when no try is left. */
  readonly error: Error;
  /** The wait that the server asked for, in milliseconds; never shortened. */
  readonly waitAtLeast?: number | undefined;
}

/** What one attempt gave: its value, or why it may be tried again. An attempt that is final throws. */
export type Attempt<T> = { readonly value: T } | { readonly retry: Retryable };

const FIRST_WAIT = 250;
const LONGEST_WAIT = 8_000;

/**
 * Tries until an attempt gives a value, throws, or `maxRetries` are spent.
 *
 * Waits are drawn evenly between nothing and a bound that doubles ("full jitter", AWS Architecture Blog,
 * "Exponential Backoff And Jitter", 2015), so that parallel requests that failed together come back apart.
 */
export async function withRetries<T>(
  attempt: (tries: number) => Promise<Attempt<T>>,
  maxRetries: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    const outcome = await attempt(tries);
    if ("value" in outcome) return outcome.value;
    if (tries > maxRetries) throw outcome.retry.error;
    const jitter = Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
    await sleep(Math.max(jitter, outcome.retry.waitAtLeast ?? 0), signal);
  }
}

/** The wait that `Retry-After` (seconds, or a date) or W&B's `RateLimit-Reset` (seconds) asks for, in milliseconds. */
export function askedWait(
  header: (name: string) => string | undefined,
  now = Date.now(),
): number | undefined {
  const after = header("retry-after") ?? header("ratelimit-reset");
  if (after === undefined) return undefined;
  const seconds = Number(after);
  const wait = Number.isNaN(seconds) ? Date.parse(after) - now : seconds * 1000;
  return Number.isFinite(wait) && wait > 0 ? wait : undefined;
}
