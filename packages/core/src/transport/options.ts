import { checkWhole, show } from "../arguments.ts";
import { LONGEST_TIMER } from "../async/abort.ts";
import { InvalidArgumentError } from "../errors.ts";
import type { CallOptions } from "./call.ts";
import type { HttpDispatcher } from "./dispatchers.ts";

/** How long and how often to try, and by what way. */
export interface HttpOptions {
  /** Milliseconds to wait for an answer's head, and between two pieces of its body. Default 60,000. */
  timeout?: number | undefined;
  /**
   * Milliseconds for one request with all its tries and waits; Infinity for no end. When the server asks for a wait
   * that would be longer, the request fails at once. Default 600,000 (ten minutes).
   */
  deadline?: number | undefined;
  /**
   * How often a read that failed for a passing reason is sent again. Default 5. Where many of the requests under way
   * fail, they share what may be sent again, and wait for their turn up to 30 s each time: a fifth of those that
   * succeed and one a second, saved up to 20.
   */
  maxRetries?: number | undefined;
  /**
   * The wait before the second try is drawn between 0 and this many milliseconds; the bound doubles with each further
   * try, up to 32 times. The last of 5 tries more comes no sooner than 23 times this after the first failure (5.8 s by
   * default), so that a server may restart meanwhile. Default 250.
   */
  retryDelay?: number | undefined;
  /**
   * An undici `Dispatcher` to send with, such as an `Agent` with certificates of your own or a `ProxyAgent`. It stays
   * yours and is never closed here. Default: one that honours `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`.
   */
  dispatcher?: HttpDispatcher | undefined;
}

/** The options alone, checked. @throws InvalidArgumentError that names the option, its value and what is allowed. */
export function checkHttpOptions(options: HttpOptions): HttpOptions {
  const { timeout, deadline, maxRetries, retryDelay, dispatcher } = options;
  checkCallOptions(options);
  checkWhole("retryDelay", retryDelay, 0, 60_000);
  if (dispatcher !== undefined && typeof dispatcher?.dispatch !== "function") {
    throw new InvalidArgumentError(
      `dispatcher is ${show(dispatcher)}; it must be a Dispatcher of undici, such as an Agent.`,
    );
  }
  return { timeout, deadline, maxRetries, retryDelay, dispatcher };
}

/** @throws InvalidArgumentError as `checkHttpOptions` does. */
export function checkCallOptions({ timeout, deadline, maxRetries }: CallOptions): void {
  checkWhole("timeout", timeout, 1, LONGEST_TIMER);
  if (deadline !== Number.POSITIVE_INFINITY) checkWhole("deadline", deadline, 1);
  checkWhole("maxRetries", maxRetries, 0);
}
