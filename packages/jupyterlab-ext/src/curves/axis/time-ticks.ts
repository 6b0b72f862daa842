import { type Domain, ticks } from "@lazyruns/curves";

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Round lengths of time in seconds. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 7, 14, 28].map((n) => n * DAY),
];

/** Round numbers of months. */
const MONTHS = [
  1,
  2,
  3,
  6,
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((years) => 12 * years),
];
const MONTH = 30.4 * DAY;

/** Round lengths of time, in seconds, within a domain. */
export function lengthTicks([low, high]: Domain, about: number): number[] {
  const rough = (high - low) / about;
  if (rough < SECOND) return ticks([low, high], about, false);
  if (rough <= 28 * DAY) return multiples(low, high, nearest(STEPS, rough));
  return ticks([low / DAY, high / DAY], about, false).map((days) => days * DAY);
}

/** Round moments in UTC, in milliseconds since 1970, within a domain. */
export function timeTicks([low, high]: Domain, about: number): number[] {
  const rough = (high - low) / 1000 / about;
  if (rough < SECOND) return ticks([low, high], about, false);
  if (rough <= 20 * DAY) return multiples(low, high, nearest(STEPS, rough) * 1000);
  return monthTicks(low, high, nearest(MONTHS, rough / MONTH));
}

/** The step that is nearest by its ratio. */
function nearest(steps: readonly number[], rough: number): number {
  const off = (step: number) => Math.abs(Math.log(step / rough));
  return steps.reduce((best, step) => (off(step) < off(best) ? step : best));
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => (first + n) * step);
}

/** The beginnings of every so-manieth month. */
function monthTicks(low: number, high: number, every: number): number[] {
  const start = new Date(low);
  const found: number[] = [];
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / every) * every;
  for (; found.length < 100; month += every) {
    const place = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (!(place <= high)) break;
    if (place >= low) found.push(place);
  }
  return found;
}
