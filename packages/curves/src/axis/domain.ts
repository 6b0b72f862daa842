/** Least and most. */
export type Domain = readonly [low: number, high: number];

/** The least and the most of all values; `[0, 1]` of none. */
export function domainOf(all: Iterable<Float64Array>): Domain {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of all) {
    // By number: it is the innermost loop of drawing, and an iterator takes several times as long.
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? [0, 1] : [low, high];
}

/** How far out values are beside the bulk of them, in its own extents, when an axis leaves them out. */
const FAR_OUT = 20;
/** How far an axis then goes beyond the bulk, in its extents, at most. */
const NEAR_BULK = 2;
/** Which part of the values, at either end, may be no part of the bulk. */
const OUTER = 0.05;
/** Enough to tell where the bulk is, of very many. */
const MOST_LOOKED_AT = 4000;

/**
 * The least and the most without what is so far out that all else would be a flat line: a run that diverged. What isn't
 * far out stays, and `[0, 1]` is that of none.
 *
 * @param domain - the least and the most of all, where that is known
 */
export function domainOfBulk(all: readonly Float64Array[], domain: Domain = domainOf(all)): Domain {
  const [low, high] = domain;
  const count = all.reduce((sum, values) => sum + values.length, 0);
  const every = Math.max(1, Math.floor(count / MOST_LOOKED_AT));
  const some = everySo(all, every).sort();
  if (some.length < 20) return [low, high];
  const from = some[Math.floor(some.length * OUTER)] as number;
  const to = some[Math.ceil(some.length * (1 - OUTER)) - 1] as number;
  const extent = to - from;
  if (!(extent > 0)) return [low, high];
  const [least, most] = [from - FAR_OUT * extent, to + FAR_OUT * extent];
  if (low >= least && high <= most) return [low, high];
  const near = domainOf(
    all.map((values) =>
      values.filter((value) => value >= from - NEAR_BULK * extent && value <= to + NEAR_BULK * extent),
    ),
  );
  return [low < least ? near[0] : low, high > most ? near[1] : high];
}

/** Every so-manieth value of each. */
function everySo(all: readonly Float64Array[], every: number): Float64Array {
  const some = new Float64Array(all.reduce((sum, { length }) => sum + Math.ceil(length / every), 0));
  let count = 0;
  for (const values of all) {
    for (let at = 0; at < values.length; at += every) some[count++] = values[at] as number;
  }
  return some;
}

/** Values that are nearer to one another than this part of them are one value to the eye, and so to an axis. */
const NEAR = 1e-12;
/** And what is less than this is zero. */
const TINY = 1e-290;

/** A domain that has an extent: around a single value some room. */
export function widened([low, high]: Domain, log: boolean): Domain {
  if (log) return low < high ? [low, high] : [low / 2 || low, Math.min(low * 2, Number.MAX_VALUE)];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high / 2 - low / 2 > Math.max((size / 2) * NEAR, TINY)) return [low, high];
  const room = size < TINY ? 1 : size / 10;
  return [Math.max(low - room, -Number.MAX_VALUE), Math.min(high + room, Number.MAX_VALUE)];
}
