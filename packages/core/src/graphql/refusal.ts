import {
  AuthenticationError,
  type ErrorDetails,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "../errors.ts";
import { afterTries, doing } from "../transport/details.ts";
import { markPassing } from "../transport/passing.ts";
import { saysTooMuch } from "../transport/too-much.ts";

/** Codes and words, in the order in which they are looked for: an error that says two of these is the first. */
const AUTHENTICATION =
  /UNAUTHENTICATED|not logged in|\bunauthenticated\b|\bapi key\b.*\b(invalid|expired)\b|\b(invalid|expired) api key\b/i;
const PERMISSION = /FORBIDDEN|permission|\bforbidden\b|not authorized/i;
const RATE_LIMIT = /RATE_LIMITED|rate limit|too many requests/i;
const NOT_FOUND = /NOT_FOUND|not found|could not find|does not exist/i;
const PASSING =
  /INTERNAL_SERVER_ERROR|SERVICE_UNAVAILABLE|context deadline exceeded|context canceled|internal (server )?error|\btime[ds]?[ -]?out\b|\bunavailable\b|bad gateway|connection (reset|refused)|\bdeadlock\b|try again/i;

/**
 * What GraphQL errors mean, which come with status 200: their code, where the server gives one (`extensions.code`, or
 * `code`), and otherwise only their words tell them apart. Those that may pass are marked so.
 *
 * @param clean - takes the API key out of text
 */
export function graphqlError(
  address: string,
  errors: readonly unknown[],
  details: ErrorDetails,
  clean: (text: string) => string,
): Error {
  const said = clean(errors.map(messageOf).join("; ")).slice(0, 500);
  const clues = `${errors.map(codeOf).join(" ")} ${said}`;
  const message = `${address} refused the request${afterTries(details)}, ${doing(details)}: ${said}`;
  if (AUTHENTICATION.test(clues)) {
    return new AuthenticationError(`${message}. Check that the key belongs to this server.`, details);
  }
  if (PERMISSION.test(clues)) return new PermissionError(message, details);
  if (RATE_LIMIT.test(clues)) return markPassing(new RateLimitError(message, details));
  if (NOT_FOUND.test(clues)) return new NotFoundError(message, details);
  const error = new ServerError(message, { ...details, tooMuch: saysTooMuch(clues) });
  return PASSING.test(clues) ? markPassing(error) : error;
}

function messageOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  return "message" in error ? String(error.message) : JSON.stringify(error);
}

function codeOf(error: unknown): string {
  const { code, extensions } = (error ?? {}) as { code?: unknown; extensions?: { code?: unknown } | null };
  return String(extensions?.code ?? code ?? "");
}
