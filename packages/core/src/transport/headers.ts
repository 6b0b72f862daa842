/** A header of an answer, by its name in lower case. */
export type HeaderOf = (name: string) => string | undefined;

/** The headers of an answer as undici gives them; of one that was sent twice, the first. */
export function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderOf {
  return (name) => [headers[name]].flat()[0];
}

/** A number of seconds, or any other that isn't negative. */
export function seconds(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** No limit lasts for longer than a day: a number beyond is no number of seconds, but another server's point in time. */
const LONGEST_WAIT = 86_400;

/** The seconds to the reset of the rate limit. */
export function resetSeconds(header: HeaderOf): number | undefined {
  return waitSeconds(header("ratelimit-reset"));
}

/**
 * The wait that a refusal asks for, in milliseconds: `Retry-After` (RFC 9110, 10.2.3: seconds, or a date, which is
 * held against the answer's own `Date`), or else W&B's `RateLimit-Reset` (seconds).
 */
export function askedWait(header: HeaderOf, now = Date.now()): number | undefined {
  const wait = retryAfter(header, now) ?? inMilliseconds(resetSeconds(header));
  return wait !== undefined && wait > 0 ? wait : undefined;
}

/** As `askedWait`, by `Retry-After` alone. `RateLimit-Reset` comes with ordinary answers too, and then asks nothing. */
export function retryAfter(header: HeaderOf, now = Date.now()): number | undefined {
  const text = header("retry-after");
  const wait = inMilliseconds(waitSeconds(text));
  if (wait !== undefined || text === undefined || !/[a-z]/i.test(text)) return wait;
  const sent = Date.parse(header("date") ?? "");
  const date = Date.parse(text) - (Number.isNaN(sent) ? now : sent);
  return date > 0 ? date : undefined;
}

function waitSeconds(text: string | undefined): number | undefined {
  const value = seconds(text);
  return value !== undefined && value <= LONGEST_WAIT ? value : undefined;
}

function inMilliseconds(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value * 1000;
}
