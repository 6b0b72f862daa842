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
  const xs: number[] = [];
  const ys: number[] = [];
  let leftOut = 0;
  let row = 0;
  for (const { start, end } of segments) {
    for (let at = start; at < end; at++, row++) {
      const value = y[at] ?? Number.NaN;
      const place = x === undefined ? row : (x[at] ?? Number.NaN);
      if (Number.isNaN(value) || Number.isNaN(place)) continue;
      if (!Number.isFinite(value) || !Number.isFinite(place) || (logY && value <= 0)) {
        leftOut++;
        continue;
      }
      xs.push(place);
      ys.push(value);
    }
  }
  return { ...inOrder(xs, ys), leftOut };
}

function inOrder(xs: readonly number[], ys: readonly number[]): Points {
  const isSorted = xs.every((x, at) => at === 0 || x >= (xs[at - 1] as number));
  if (isSorted) return { x: Float64Array.from(xs), y: Float64Array.from(ys) };
  const order = [...xs.keys()].sort((a, b) => (xs[a] as number) - (xs[b] as number));
  return {
    x: Float64Array.from(order, (at) => xs[at] as number),
    y: Float64Array.from(order, (at) => ys[at] as number),
  };
}
