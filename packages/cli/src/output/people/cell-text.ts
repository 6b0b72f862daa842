import { stringify } from "@lazyruns/json";
import { safeText } from "./safe-text.ts";

const DIGITS = 6;
const NONE = "-";

/**
 * A value as people read it, on one line: numbers to 6 digits, times in UTC to the second, lists joined, nested values as
 * JSON, `-` where there is none.
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "number") return numberText(value);
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, "Z");
  if (typeof value === "string") return safeText(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return safeText(value.join(", "));
  if (isUser(value)) return safeText(value.username ?? value.name ?? NONE);
  return safeText(stringify(value));
}

/** Six digits, and all of those before the point. */
function numberText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 10 ** DIGITS && size < 2 ** 53
    ? value.toFixed(0)
    : String(Number(value.toPrecision(DIGITS)));
}

/** Who started a run. */
function isUser(value: unknown): value is { name: string | null; username: string | null } {
  return typeof value === "object" && value !== null && Object.keys(value).sort().join() === "name,username";
}
