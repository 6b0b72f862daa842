import { byRun } from "../../curves/lines.ts";
import type { CurveSource, Segment } from "../../curves/source.ts";

/** How long the run had run, in seconds, and when it was, in seconds since 1970: what W&B logs with every row. */
export const TIMES = ["_runtime", "_timestamp"] as const;

/**
 * A source whose rows all have their times, where their run has any. Times are sampled by themselves: in a long history
 * a metric's row may have none. It gets that of the line over `_step` between the rows next to it that have one; before
 * the first and behind the last it has none.
 */
export function withTimes(source: CurveSource): CurveSource {
  const steps = source.columnNames.includes("_step") ? source.numbers("_step") : undefined;
  if (steps === undefined) return source;
  const filled = new Map<string, Float64Array>();
  for (const name of TIMES) {
    const values = source.columnNames.includes(name) ? source.numbers(name) : undefined;
    if (values !== undefined) filled.set(name, withoutGaps(values, steps, source.segments));
  }
  return {
    ...source,
    numbers: (name) => filled.get(name) ?? source.numbers(name),
    cell(name, row) {
      const own = source.cell(name, row);
      if (own !== null && own !== undefined) return own;
      const between = filled.get(name)?.[row];
      return between === undefined || Number.isNaN(between) ? null : between;
    },
  };
}

function withoutGaps(values: Float64Array, steps: Float64Array, segments: readonly Segment[]): Float64Array {
  const all = values.slice();
  for (const parts of byRun(segments).values()) {
    let before: number | undefined;
    let gap: number[] = [];
    for (const { start, end } of parts) {
      for (let row = start; row < end; row++) {
        if (Number.isNaN(values[row] as number)) {
          gap.push(row);
          continue;
        }
        if (before !== undefined) for (const at of gap) all[at] = between(values, steps, before, at, row);
        before = row;
        gap = [];
      }
    }
  }
  return all;
}

function between(
  values: Float64Array,
  steps: Float64Array,
  before: number,
  at: number,
  after: number,
): number {
  const [from, step, to] = [before, at, after].map((row) => steps[row] as number) as [number, number, number];
  const [low, high] = [values[before] as number, values[after] as number];
  return to > from ? low + ((step - from) / (to - from)) * (high - low) : low;
}
