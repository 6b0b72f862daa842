import type { Points } from "./points.ts";

/**
 * At most so many points that look like all of them: the first and the last, and of each stretch between the lowest and
 * the highest, so that no peak is lost. Stretches hold as many points each.
 *
 * @param most - at least 2
 */
export function downsample(points: Points, most: number): Points {
  const { x, y, low, high } = points;
  if (x.length <= most) return points;
  const kept = keptPoints(low === undefined || high === undefined ? [y] : [low, high], x.length, most);
  const take = (values: Float64Array) => Float64Array.from(kept, (at) => values[at] as number);
  return {
    x: take(x),
    y: take(y),
    ...(low && { low: take(low) }),
    ...(high && { high: take(high) }),
  };
}

/**
 * Which of the rows to keep: `most` of them, the first and the last among them, and of each stretch those where a column
 * has its least or most. What room is left after those is for rows that lie evenly between.
 */
export function keptPoints(columns: readonly Float64Array[], length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, at) => at);
  if (most < 2) return most < 1 ? [] : [length - 1];
  const stretches = Math.floor((most - 2) / (2 * Math.max(1, columns.length)));
  const kept = new Set([0, length - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = 1 + Math.floor((stretch * (length - 2)) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * (length - 2)) / stretches);
    for (const column of columns) for (const at of extremes(column, start, end)) kept.add(at);
  }
  const others = Array.from({ length }, (_, at) => at).filter((at) => !kept.has(at));
  const room = most - kept.size;
  for (let n = 0; n < room; n++) kept.add(others[Math.floor(((n + 0.5) * others.length) / room)] as number);
  return [...kept].sort((a, b) => a - b);
}

/** Where a stretch has its least and its most; NaN is neither. */
function extremes(values: Float64Array, start: number, end: number): number[] {
  let least = -1;
  let greatest = -1;
  for (let at = start; at < end; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    if (least < 0 || value < (values[least] as number)) least = at;
    if (greatest < 0 || value > (values[greatest] as number)) greatest = at;
  }
  return least < 0 ? [] : [least, greatest];
}
