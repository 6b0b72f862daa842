/** A time of the server, null for none. Its times are UTC, some without saying so. */
export function parseDate(text: string | null | undefined): Date | null {
  if (!text) return null;
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
