import { count, numberText } from "./number-text.ts";

/** The units of a length of time, each with how many seconds it has. */
const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/**
 * A length of time by its two largest units. Below a minute it has two decimals or none, so that those below each other are
 * told apart at a glance.
 *
 * @param seconds - below zero: with a minus before it
 * @param format - `"full"`: with all units and digits; `"short"` by default
 * @example
 * ```ts
 * durationText(90_061); // "1d 1h"
 * durationText(0.4); // "0.40s"
 * durationText(45); // "45s"
 * durationText(90_061.5, "full"); // "1d 1h 1m 1.5s"
 * ```
 */
export function durationText(seconds: number, format: "short" | "full" = "short"): string {
  if (!Number.isFinite(seconds)) return numberText(seconds);
  if (seconds < 0) return `−${durationText(-seconds, format)}`;
  if (format === "full") return wholeDuration(seconds);
  if (seconds < 59.995 && !Number.isInteger(seconds)) return `${fewSeconds(seconds)}s`;
  let rest = Math.round(seconds);
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first < 0) return "0s";
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const units = Math.floor(rest / size);
    if (units > 0) parts.push(`${count(units)}${unit}`);
    rest -= units * size;
  }
  return parts.join(" ");
}

/** The decimals are those of the number: what is left of it after its minutes would have others in binary. */
function wholeDuration(seconds: number): string {
  const digits = numberText(seconds, "full").replaceAll(",", "");
  // Some are so large or small that they are written with an exponent.
  if (seconds < 60 || /e/i.test(digits)) return `${digits}s`;
  const decimals = /\.\d+$/.exec(digits)?.[0] ?? "";
  const parts: string[] = [];
  let rest = Math.floor(seconds);
  for (const [unit, size] of UNITS) {
    const units = Math.floor(rest / size);
    const text = unit === "s" ? `${units}${decimals}` : count(units);
    if (text !== "0") parts.push(`${text}${unit}`);
    rest -= units * size;
  }
  return parts.join(" ");
}

/** Two decimals would make nothing of very few. */
function fewSeconds(seconds: number): string {
  return seconds < 0.01 ? numberText(Number(seconds.toPrecision(2))) : seconds.toFixed(2);
}

/** Lengths of time along an axis: as short as tells them apart. */
export function durationTexts(places: readonly number[]): string[] {
  const areFew = places.every((place) => Math.abs(place) < 60);
  const texts = areFew ? [] : places.map((place) => durationText(place));
  return new Set(texts).size === places.length ? texts : places.map((place) => `${numberText(place)}s`);
}
