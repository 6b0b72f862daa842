import type { OutputJson } from "../mime.ts";

/** Deeper values are cut off: nobody reads them in a cell, and a value that holds itself has no end. */
const MOST_LEVELS = 20;

/** Text that any program can read back: a half of a surrogate pair, which UTF-8 hasn't, becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** At most so many characters; a text that is cut ends in `…`. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${[...text.slice(0, 2 * most)].slice(0, most - 1).join("")}…`;
}

/** Any value as JSON that holds nothing but JSON: what it hasn't is text, as `OutputJson` says. */
export function plain(value: unknown, level = 0): OutputJson {
  switch (typeof value) {
    case "string":
      return wellFormed(value);
    case "boolean":
      return value;
    case "number":
      return plainNumber(value);
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case "object":
      return value === null ? null : plainObject(value, level);
    default:
      return null;
  }
}

/** A number, or the text that stands for it. */
export function plainNumber(value: number): number | string {
  if (!Number.isFinite(value)) return String(value);
  return Object.is(value, -0) ? 0 : value;
}

/** ISO 8601; null for a date that is none. */
export function isoText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function plainObject(value: object, level: number): OutputJson {
  if (value instanceof Date) return isoText(value);
  if (level >= MOST_LEVELS) return "…";
  if (Array.isArray(value)) return value.map((item) => plain(item, level + 1));
  if (ArrayBuffer.isView(value)) {
    return value instanceof DataView ? null : Array.from(value as Uint8Array, (item) => plain(item));
  }
  if (value instanceof Map || value instanceof Set) return plainObject([...value], level);
  const fields = Object.entries(value).map(([key, field]) => [wellFormed(key), plain(field, level + 1)]);
  return Object.fromEntries(fields) as OutputJson;
}
