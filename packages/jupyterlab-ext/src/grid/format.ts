import type { Cell } from "../data/runs-data.ts";
import type { NumberFormat } from "../settings/view-settings.ts";
import type { ColumnKind } from "./column.ts";
import { jsonText } from "./json-text.ts";

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/**
 * A number as people read it. Short: up to five significant digits, commas between thousands, whole numbers whole, an
 * exponent where it is very large or small. Full: as many digits as tell it from every other double.
 */
export function numberText(value: number | bigint, format: NumberFormat): string {
  if (typeof value === "bigint") return format === "full" ? value.toString() : commas(value.toString());
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (format === "full") return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return WHOLE.format(value === 0 ? 0 : value);
  if (size >= 1e15 || size < 1e-4) return exponent(value);
  if (size >= 1e5) return WHOLE.format(value);
  const [whole = "", fraction] = String(Number(value.toPrecision(5))).split(".");
  return fraction === undefined ? commas(whole) : `${commas(whole)}.${fraction}`;
}

function exponent(value: number): string {
  const [digits = "", power = ""] = value.toExponential(4).split("e");
  return `${Number(digits)}e${power.replace("+", "")}`;
}

function commas(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}

const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** A length of time, in seconds, by its two largest units: `2d 3h`, `12m 5s`, `0.82s`. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return numberText(seconds, "short");
  if (seconds < 9.95) return `${Number(seconds.toPrecision(2))}s`;
  const whole = Math.round(seconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[first] as (typeof UNITS)[number];
  const next = UNITS[first + 1];
  const rest = next === undefined ? 0 : Math.floor((whole % size) / next[1]);
  return `${Math.floor(whole / size)}${unit}${next === undefined || rest === 0 ? "" : ` ${rest}${next[0]}`}`;
}

/** A moment to the minute, where the reader is: `2026-11-24 16:19`. */
export function momentText(moment: number): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A value in its cell. Empty: there is none. */
export function cellText(kind: ColumnKind, value: Cell, format: NumberFormat): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (kind === "moment") return momentText(value);
    return kind === "duration" ? durationText(value) : numberText(value, format);
  }
  if (typeof value === "bigint") return numberText(value, format);
  if (kind === "tags" && Array.isArray(value)) return value.map(tagText).join(", ");
  return jsonText(value);
}

/** A tag as text. */
export function tagText(tag: unknown): string {
  return typeof tag === "string" ? tag : jsonText(tag);
}

/** All there is to say of a value: every digit, and moments to the millisecond in UTC. */
export function wholeText(kind: ColumnKind, value: Cell): string {
  if (typeof value === "number") {
    if (kind === "moment") return isoText(value);
    if (kind === "duration") return `${String(value)} s`;
    return String(value);
  }
  return cellText(kind, value, "full");
}

/** A moment as ISO 8601 in UTC; empty: there is no such moment. */
export function isoText(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
