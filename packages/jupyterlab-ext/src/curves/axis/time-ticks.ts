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

/** Round lengths of time, in seconds, within a domain. */
export function lengthTicks([low, high]: Domain, about: number): number[] {
  const rough = (high - low) / about;
  if (rough < SECOND) return ticks([low, high], about, false);
  const step = STEPS.find((one) => one >= rough);
  if (step !== undefined) return multiples(low, high, step);
  return ticks([low / DAY, high / DAY], about, false).map((days) => days * DAY);
}

/** Round moments in UTC, in milliseconds since 1970, within a domain. */
export function timeTicks([low, high]: Domain, about: number): number[] {
  const rough = (high - low) / 1000 / about;
  if (rough < SECOND) return ticks([low, high], about, false);
  if (rough <= 14 * DAY) {
    const step = STEPS.find((one) => one >= rough) as number;
    return multiples(low, high, step * 1000);
  }
  const months = [1, 2, 3, 6].find((n) => n * 30 * DAY >= rough);
  if (months !== undefined) return monthTicks(low, high, months);
  const years = Math.max(1, Math.ceil(rough / (365 * DAY)));
  return monthTicks(low, high, 12 * years);
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
