/** JSON's objects, whose members may be anything. */
export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that an object has itself, whatever it is called. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A whole number from 0, or undefined. */
export function asCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The date-time strings of ECMAScript that say their offset: browsers make moments of nearly any other text, too. */
const MOMENT = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970 of an ISO 8601 text with a date, a time and an offset from UTC; undefined: it isn't one. */
export function asMoment(value: unknown): number | undefined {
  if (typeof value !== "string" || !MOMENT.test(value)) return undefined;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : moment;
}

/** What stands for a value that is nested deeper than can be written: no JSON reads so. */
export const TOO_DEEP = "…";

/** A nested value as JSON; what JSON hasn't (bigints, `NaN`) as text within it. `TOO_DEEP` where it is nested too deep. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value, plain) ?? "";
  } catch {
    return TOO_DEEP;
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
