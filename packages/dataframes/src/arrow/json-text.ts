import { RawJson, stringify } from "@lazyruns/json";

/**
 * The JSON text of a value, from which the same value is read: a double whose digits would be read as a bigint gets
 * a `.0`.
 */
export function jsonText(value: unknown): string {
  return stringify(marked(value));
}

function marked(value: unknown): unknown {
  if (typeof value === "number") {
    const reads = !Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) >= 1e21;
    return reads ? value : new RawJson(`${value}.0`);
  }
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member)]));
}
