import type { Domain } from "./axis/domain.ts";
import type { Points } from "./points.ts";
import { toward } from "./toward.ts";

/** How many bins runs are brought together in, when they were logged at different x. */
const MOST_BINS = 200;

/**
 * The mean of several curves, between their least and their most, from each curve's first point to its last. Curves over
 * the same x are averaged at each of them. Others are averaged in bins of x, even ones as its axis is seen: first each
 * curve within a bin, then those averages, so that a run that logged more often counts no more; where it logged nothing between two of its
 * points it counts with the line between them, lest the mean jump. Where all x are whole numbers, the mean's are.
 *
 * @param logX - whether x has a logarithmic axis; then it must be above 0
 */
export function meanOf(curves: readonly Points[], logX: boolean): Points {
  const some = curves.filter(({ x }) => x.length > 0);
  const xs = [...new Set(some.flatMap(({ x }) => [...x]))].sort((a, b) => a - b);
  const longest = Math.max(0, ...some.map(({ x }) => x.length));
  const bins = some.every((curve) => fills(curve, xs))
    ? ownBins(xs)
    : evenBins(xs, Math.min(MOST_BINS, longest), logX);
  return averaged(some, bins);
}

/** Whether a curve has a point at nearly every x between its first and its last. */
function fills({ x }: Points, xs: readonly number[]): boolean {
  const first = x[0] as number;
  const last = x.at(-1) as number;
  const between = xs.reduce((sum, one) => sum + Number(one >= first && one <= last), 0);
  return new Set(x).size >= 0.9 * between;
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

/** Only those that x falls into; each stands for the middle of what does. */
function evenBins(xs: readonly number[], count: number, logX: boolean): Bins {
  const scale = logX ? Math.log : Number;
  const low = scale(xs[0] as number);
  const width = (scale(xs.at(-1) as number) - low) / count;
  const evenBinOf = (x: number) =>
    width > 0 ? Math.min(count - 1, Math.floor((scale(x) - low) / width)) : 0;
  const extents = new Map<number, Domain>();
  for (const x of xs) {
    const bin = evenBinOf(x);
    extents.set(bin, [extents.get(bin)?.[0] ?? x, x]);
  }
  const numbers = new Map([...extents.keys()].map((bin, number) => [bin, number]));
  const areWhole = xs.every(Number.isInteger);
  return {
    x: [...extents.values()].map((extent) => {
      const middle = middleOf(extent, logX);
      return areWhole ? Math.round(middle) : middle;
    }),
    binOf: (x) => numbers.get(evenBinOf(x)) as number,
  };
}

function middleOf([least, most]: Domain, logX: boolean): number {
  if (least === most) return least;
  return logX ? Math.sqrt(least) * Math.sqrt(most) : toward(least, most, 0.5);
}

interface Mean {
  mean: number;
  count: number;
}

const NO_MEAN: Readonly<Mean> = { mean: 0, count: 0 };

function addTo(all: Mean, value: number): void {
  all.count++;
  all.mean = toward(all.mean, value, 1 / all.count);
}

function averaged(curves: readonly Points[], bins: Bins): Points {
  const found = bins.x.map(() => ({
    ...NO_MEAN,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  }));
  for (const curve of curves) {
    for (const [bin, value] of ownMeans(curve, bins)) {
      const all = found[bin] as (typeof found)[number];
      addTo(all, value);
      all.low = Math.min(all.low, value);
      all.high = Math.max(all.high, value);
    }
  }
  const kept = [...found.keys()].filter((bin) => (found[bin]?.count ?? 0) > 0);
  const take = (of: (bin: (typeof found)[number]) => number) =>
    Float64Array.from(kept, (bin) => of(found[bin] as (typeof found)[number]));
  return {
    x: Float64Array.from(kept, (bin) => bins.x[bin] as number),
    y: take(({ mean }) => mean),
    low: take(({ low }) => low),
    high: take(({ high }) => high),
  };
}

/** A curve's own mean in each bin from its first to its last; in one without points by the line between its neighbours. */
function ownMeans({ x, y }: Points, { x: places, binOf }: Bins): Map<number, number> {
  const own = new Map<number, Mean>();
  for (let at = 0; at < x.length; at++) {
    const bin = binOf(x[at] as number);
    const one = own.get(bin) ?? { ...NO_MEAN };
    addTo(one, y[at] as number);
    own.set(bin, one);
  }
  const means = new Map<number, number>();
  let before: { bin: number; mean: number } | undefined;
  for (const [bin, { mean }] of own) {
    for (let gap = (before?.bin ?? bin) + 1; before !== undefined && gap < bin; gap++) {
      const [from, at, to] = [before.bin, gap, bin].map((one) => places[one] as number) as [
        number,
        number,
        number,
      ];
      means.set(gap, toward(before.mean, mean, (at - from) / (to - from)));
    }
    means.set(bin, mean);
    before = { bin, mean };
  }
  return means;
}
