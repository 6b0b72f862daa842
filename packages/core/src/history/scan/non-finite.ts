import type { JsonObject } from "@lazyruns/json";

const NON_FINITE = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * `sampledHistory` is strict JSON, so the server writes NaN and the infinities as text. They become numbers again
 * where all of a metric's texts are such words; where it also holds other text, they may be text themselves.
 */
export function restoreNonFinite(rows: JsonObject[]): JsonObject[] {
  const numeric = new Map<string, boolean>();
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      if (typeof value === "string") numeric.set(key, (numeric.get(key) ?? true) && NON_FINITE.has(value));
    }
  }
  for (const [key, isNumeric] of numeric) {
    if (!isNumeric) continue;
    for (const row of rows) {
      // Not by reading row[key] alone: a row without a metric called __proto__ still has a prototype.
      const value = Object.hasOwn(row, key) ? row[key] : undefined;
      if (typeof value !== "string") continue;
      Object.defineProperty(row, key, {
        value: NON_FINITE.get(value),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
  return rows;
}
