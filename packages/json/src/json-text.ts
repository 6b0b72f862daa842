import { RawJson, stringify } from "./stringify.ts";

/** The JSON text of a value, from which the same value is read: 2^53 as a double is no bigint afterwards. */
export function jsonText(value: unknown): string {
  return stringify(marked(value));
}

/** Doubles whose digits would be read as a bigint get a `.0`. */
function marked(value: unknown): unknown {
  if (typeof value === "number") {
    const reads = !Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) >= 1e21;
    return reads ? value : new RawJson(`${value}.0`);
  }
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member)]));
}
