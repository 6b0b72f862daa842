import type { Json } from "@lazyruns/json";
import { isObject } from "../is-object.ts";

/** Values of different kinds are never equal and never in order; integers and doubles are one kind. */
export function isEqual(a: Json | undefined, b: Json): boolean {
  // Loosely on purpose: a bigint and a double of the same value are equal.
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  if (isNumber(a) && isNumber(b)) return a == b || (Number.isNaN(a) && Number.isNaN(b));
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index] as Json));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key] as Json))
    );
  }
  return (a ?? null) === b;
}

/** Below zero, zero or above zero; `undefined` where the two have no order. */
export function order(a: Json | undefined, b: Json): number | undefined {
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : isEqual(a, b) ? 0 : undefined;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  return undefined;
}

/** Whether a value is a number of either kind. */
export function isNumber(value: Json | undefined): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
