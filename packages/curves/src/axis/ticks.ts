import type { Domain } from "./domain.ts";

/** Round numbers within a domain, about so many: even steps, or of a logarithmic one powers of ten. */
export function ticks(domain: Domain, about: number, log: boolean): number[] {
  return log ? powerTicks(domain, about) : evenTicks(domain, about);
}

function evenTicks([low, high]: Domain, about: number): number[] {
  const rough = high / about - low / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) as number) * power;
  if (!Number.isFinite(step) || step <= 0) return [low, high];
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  if (!Number.isSafeInteger(first) || last - first > 4 * about) return [low, high];
  const found = Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step);
  return within(found, [low, high]);
}

function powerTicks(domain: Domain, about: number): number[] {
  const [low, high] = domain;
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  if (high / low < 4) return evenTicks(domain, about);
  // Over many decades every so-manieth power, over few the round numbers between as well.
  const every = Math.max(1, Math.round((last - first) / about));
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  const found: number[] = [];
  for (let power = first; power <= last; power += every) {
    for (const factor of factors) found.push(factor * 10 ** power);
  }
  return within(found, domain);
}

/** Without the last digits, in which steps aren't exact. */
function within(values: readonly number[], [low, high]: Domain): number[] {
  return values
    .map((value) => Number(value.toPrecision(12)))
    .filter((value) => value >= low && value <= high);
}
