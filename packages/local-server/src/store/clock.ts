/** Now, as the database and the wire write times: RFC 3339 in UTC, with milliseconds. */
export function now(): string {
  return new Date().toISOString();
}
