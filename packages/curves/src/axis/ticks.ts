import type { Domain } from "./domain.ts";

/** Round numbers within a domain, about so many: even steps, or of a logarithmic one powers of ten. */
export function ticks(domain: Domain, about: number, log: boolean): number[] {
  return log ? powerTicks(domain, about) : evenTicks(domain, about);
}

/** How many an axis has at least where there is room for so many: between fewer no value can be told. */
const LEAST = 3;
/** How far off a logarithm may be. */
const TINY = 1e-9;
/** Steps of a decade, and the first of the next. */
const STEPS = [1, 2, 5, 10];

function evenTicks([low, high]: Domain, about: number): number[] {
  const rough = high / about - low / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const wide = STEPS.find((factor) => factor * power >= rough) as number;
  const found = multiples(wide * power, [low, high], about);
  if (found === undefined) return [low, high];
  if (found.length >= Math.min(LEAST, about)) return found;
  const closer = wide === 1 ? power / 2 : (STEPS[STEPS.indexOf(wide) - 1] as number) * power;
  return multiples(closer, [low, high], about) ?? found;
}

/** All multiples of a step; undefined: doubles don't tell them apart. */
function multiples(step: number, [low, high]: Domain, about: number): number[] | undefined {
  if (!Number.isFinite(step) || step <= 0) return undefined;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  if (!Number.isSafeInteger(first) || last - first > 4 * about) return undefined;
  const found = Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step);
  return within(found, [low, high]);
}

function powerTicks(domain: Domain, about: number): number[] {
  const [low, high] = domain;
  if (high / low < 4) return evenTicks(domain, about);
  const isShort = high / low < 20;
  const first = Math.ceil(Math.log10(low) - TINY);
  const last = Math.max(first, Math.floor(Math.log10(high) + TINY));
  for (const factors of [STEPS.slice(0, 3), [1, 3]]) {
    if (factors.length * (last - first) > 2 * about) continue;
    const between = within(powers(first - 1, last, 1, factors), domain);
    if (isShort && between.length < LEAST) return evenTicks(domain, about);
    if (between.length <= 1.5 * about) return between;
  }
  const every = Math.max(1, Math.min(last - first, Math.round((last - first) / about)));
  return within(powers(first, last, every, [1]), domain);
}

/** Every so-manieth power of ten, times each of the factors. */
function powers(first: number, last: number, every: number, factors: readonly number[]): number[] {
  const found: number[] = [];
  for (let power = first; power <= last; power += every) {
    for (const factor of factors) found.push(Number(`${factor}e${power}`));
  }
  return found;
}

/** Without the last digits, in which steps aren't exact. */
function within(values: readonly number[], [low, high]: Domain): number[] {
  return values
    .map((value) => Number(value.toPrecision(12)))
    .filter((value) => value >= low && value <= high);
}
