import { numberText } from "@lazyruns/curves";

/** The units of a length of time, each with how many seconds it has. */
const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** A length of time, of its two largest units: `1h 20m`, `45s`, `0.25s`. */
export function lengthText(seconds: number): string {
  if (!Number.isFinite(seconds)) return numberText(seconds);
  if (seconds < 0) return `−${lengthText(-seconds)}`;
  if (seconds < 60 && !Number.isInteger(seconds)) return `${Number(seconds.toPrecision(3))}s`;
  let whole = Math.round(seconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first < 0) return "0s";
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const units = Math.floor(whole / size);
    if (units > 0) parts.push(`${units.toLocaleString("en-US")}${unit}`);
    whole -= units * size;
  }
  return parts.join(" ");
}

/** The same, and where neighbours would read the same, in seconds. */
export function lengthTexts(places: readonly number[]): string[] {
  const texts = places.map(lengthText);
  return new Set(texts).size === places.length ? texts : places.map((place) => `${numberText(place)}s`);
}
