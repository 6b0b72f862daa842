/** Points in the order of x, all of them finite. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of a group: the least and the most at each point. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

/** Rows that follow one another, from `start` to before `end`. */
export interface Rows {
  readonly start: number;
  readonly end: number;
}

/** What points are made of: x and y by rows (x undefined: rows are counted, from 0 in each run). */
export interface XY {
  readonly x: Float64Array | undefined;
  readonly y: Float64Array;
}

/**
 * The points of some rows, in the order of x: where both have a number. Points that can't be drawn are counted.
 *
 * @param segments - the rows of one run
 */
export function pointsOf(
  { x, y }: XY,
  segments: readonly Rows[],
  logY: boolean,
): Points & { leftOut: number } {
  const length = segments.reduce((sum, { start, end }) => sum + end - start, 0);
  const xs = new Float64Array(length);
  const ys = new Float64Array(length);
  let count = 0;
  let leftOut = 0;
  let row = 0;
  let isSorted = true;
  for (const { start, end } of segments) {
    for (let at = start; at < end; at++, row++) {
      const value = y[at] ?? Number.NaN;
      const place = x === undefined ? row : (x[at] ?? Number.NaN);
      if (!Number.isFinite(value) || !Number.isFinite(place) || (logY && value <= 0)) {
        if (!Number.isNaN(value) && !Number.isNaN(place)) leftOut++;
        continue;
      }
      if (count > 0 && place < (xs[count - 1] as number)) isSorted = false;
      xs[count] = place;
      ys[count++] = value;
    }
  }
  const points = { x: xs.subarray(0, count), y: ys.subarray(0, count) };
  return { ...(isSorted ? points : inOrder(points)), leftOut };
}

function inOrder({ x, y }: Points): Points {
  const order = [...x.keys()].sort((a, b) => (x[a] as number) - (x[b] as number));
  return {
    x: Float64Array.from(order, (at) => x[at] as number),
    y: Float64Array.from(order, (at) => y[at] as number),
  };
}

/** How far along x some curves go together; 0 where they have no extent. */
export function rangeOf(curves: readonly Points[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { x } of curves) {
    if (x.length === 0) continue;
    low = Math.min(low, x[0] as number);
    high = Math.max(high, x.at(-1) as number);
  }
  return high > low ? high - low : 0;
}
