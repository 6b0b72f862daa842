import { ServerError, TimeoutError } from "../errors.ts";

/** The words servers have for it, of which each is about the size of what was asked and not about how often. */
const WORDS =
  /\btoo (complex|large|big|long|expensive|deep)\b|\bcomplexity\b|\bquery (cost|depth)\b|\b(payload|response|result|message)\b.{0,20}\b(size|larger|limit)\b|\btime[ds]?[ -]?out\b|\bdeadline exceeded\b|\bout of memory\b/i;

/** Whether a server's own words say that it was asked for too much at once. */
export function saysTooMuch(words: string): boolean {
  return WORDS.test(words);
}

/**
 * Whether asking for less at once may help after this error: HTTP 413; HTTP 500, 502 and 504 that came more than
 * once; an answer that took too long (not a connection that didn't come about, nor a deadline, which leaves no time to
 * ask for less); an answer larger than is taken; and GraphQL errors such as "query is too complex".
 *
 * @param mayBeDown - whether the server may answer nobody now: HTTP 500 and 502 then say nothing of what was asked
 * @example
 * if (isTooMuch(error) && ids.length > 1) return askInHalves(ids);
 */
export function isTooMuch(error: unknown, mayBeDown = false): error is ServerError | TimeoutError {
  if (error instanceof TimeoutError) return error.limit === "timeout";
  if (!(error instanceof ServerError)) return false;
  const { status = 0, tries = 1, tooMuch } = error;
  return tooMuch || (tries > 1 && (status === 504 || (!mayBeDown && (status === 500 || status === 502))));
}
