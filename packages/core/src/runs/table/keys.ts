import type { RunValue, RunValues } from "../../values.ts";

/**
 * The keys to ask the server for, so that a dotted key is found however it was logged: `a.b.c` may be a key of its
 * own, `c` within `a.b`, or `b` within `a`.
 */
export function keysToAsk(keys: readonly string[]): string[] {
  return [
    ...new Set(
      keys.flatMap((key) =>
        dots(key)
          .map((at) => key.slice(0, at))
          .concat(key),
      ),
    ),
  ];
}

/** The value of a key, which may reach into nested values by dots. Of several readings the longest real key wins. */
export function pick(values: RunValues, key: string): RunValue | undefined {
  if (Object.hasOwn(values, key)) return values[key];
  for (const at of dots(key).reverse()) {
    const nested = Object.hasOwn(values, key.slice(0, at)) ? values[key.slice(0, at)] : undefined;
    const value = isNested(nested) ? pick(nested, key.slice(at + 1)) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function isNested(value: RunValue | undefined): value is { [key: string]: RunValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function dots(key: string): number[] {
  return [...key.matchAll(/\./g)]
    .map(({ index }) => index)
    .filter((index) => index > 0 && index < key.length - 1);
}
