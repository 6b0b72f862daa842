import type { Warner } from "../columns/warner.ts";
import type { Moments } from "./read-column.ts";

/** Warns of moments of a column that lost something. */
export function tellOf(name: string, { shortened, lost }: Moments, warner: Warner): void {
  const column = `Column ${JSON.stringify(name)}`;
  if (shortened > 0) {
    warner.warn(`${column} lost the fractions of milliseconds that ${shortened} of its rows had.`);
  }
  if (lost > 0)
    warner.warn(`${column} is null in ${lost} rows whose moments are beyond what dates can name.`);
}
