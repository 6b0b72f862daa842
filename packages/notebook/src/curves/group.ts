import type { Points } from "./curve.ts";

/** How many bins runs are brought together in, when they were logged at different x. */
const MOST_BINS = 200;

/**
 * The mean of several curves, between their least and their most. Curves over the same x are averaged at each of them.
 * Others are averaged in even bins of x: first each curve within a bin, then those averages, so that a run that
 * logged more often counts no more. Beyond a curve's own end it counts no longer.
 */
export function meanOf(curves: readonly Points[]): Points {
  const some = curves.filter(({ x }) => x.length > 0);
  const xs = [...new Set(some.flatMap(({ x }) => [...x]))].sort((a, b) => a - b);
  const longest = Math.max(0, ...some.map(({ x }) => x.length));
  const bins = xs.length <= 1.5 * longest ? ownBins(xs) : evenBins(xs, Math.min(MOST_BINS, longest));
  return averaged(some, bins);
}

/** Places of x, each of which stands for those that `binOf` gives its number. */
interface Bins {
  readonly x: readonly number[];
  binOf(x: number): number;
}

function ownBins(x: readonly number[]): Bins {
  const numbers = new Map(x.map((value, number) => [value, number]));
  return { x, binOf: (value) => numbers.get(value) as number };
}

function evenBins(xs: readonly number[], count: number): Bins {
  const low = xs[0] as number;
  const width = ((xs.at(-1) as number) - low) / count;
  return {
    x: Array.from({ length: count }, (_, bin) => low + (bin + 0.5) * width),
    binOf: (value) => Math.min(count - 1, Math.floor((value - low) / width)),
  };
}

function averaged(curves: readonly Points[], bins: Bins): Points {
  const found = bins.x.map(() => ({
    sum: 0,
    count: 0,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  }));
  for (const curve of curves) {
    for (const [bin, value] of ownMeans(curve, bins)) {
      const all = found[bin] as (typeof found)[number];
      all.sum += value;
      all.count++;
      all.low = Math.min(all.low, value);
      all.high = Math.max(all.high, value);
    }
  }
  const kept = [...found.keys()].filter((bin) => (found[bin]?.count ?? 0) > 0);
  const take = (of: (bin: (typeof found)[number]) => number) =>
    Float64Array.from(kept, (bin) => of(found[bin] as (typeof found)[number]));
  return {
    x: Float64Array.from(kept, (bin) => bins.x[bin] as number),
    y: take(({ sum, count }) => sum / count),
    low: take(({ low }) => low),
    high: take(({ high }) => high),
  };
}

/** A curve's own mean in each bin where it has points. */
function ownMeans({ x, y }: Points, { binOf }: Bins): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (let at = 0; at < x.length; at++) {
    const bin = binOf(x[at] as number);
    const own = sums.get(bin) ?? { sum: 0, count: 0 };
    own.sum += y[at] as number;
    own.count++;
    sums.set(bin, own);
  }
  return new Map([...sums].map(([bin, { sum, count }]) => [bin, sum / count]));
}
