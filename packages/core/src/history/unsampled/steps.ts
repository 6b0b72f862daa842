import { type Chunk, columnOf, plainInteger } from "../table/chunk.ts";
import { xValues } from "../table/order-by.ts";
import { takeRows } from "../table/take.ts";
import type { Window } from "./window.ts";

type Step = number | bigint;

/** The step of each row, exactly; NaN for a row without one. */
export function stepsOf(chunk: Chunk): ArrayLike<Step> {
  const column = columnOf(chunk, "_step");
  return column === undefined
    ? new Float64Array(chunk.numRows).fill(Number.NaN)
    : xValues(column, chunk.numRows);
}

/** The rows in the order of their steps; rows of one step as they were, rows without one at the end. */
export function orderBySteps(chunk: Chunk): Chunk {
  const steps = stepsOf(chunk);
  let isOrdered = true;
  for (let row = 1; row < steps.length && isOrdered; row++) {
    isOrdered = compareSteps(steps[row - 1] as Step, steps[row] as Step) <= 0;
  }
  if (isOrdered) return chunk;
  const rows = Int32Array.from({ length: chunk.numRows }, (_, row) => row);
  rows.sort((a, b) => compareSteps(steps[a] as Step, steps[b] as Step) || a - b);
  return takeRows(chunk, rows);
}

/** The order of two steps; NaN comes last. */
export function compareSteps(a: Step, b: Step): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** The rows that a test of their step keeps. */
export function rowsWhere(chunk: Chunk, keeps: (step: Step, row: number) => boolean): Chunk {
  const steps = stepsOf(chunk);
  const rows = new Int32Array(chunk.numRows);
  let count = 0;
  for (let row = 0; row < chunk.numRows; row++) if (keeps(steps[row] as Step, row)) rows[count++] = row;
  return count === chunk.numRows ? chunk : takeRows(chunk, rows.subarray(0, count));
}

/** The rows of a window. */
export function rowsIn(chunk: Chunk, { start, end }: Window): Chunk {
  return rowsWhere(chunk, (step) => step >= start && step < end);
}

/** How many different steps a chunk has whose rows are in the order of their steps. */
export function countSteps(chunk: Chunk): number {
  const steps = stepsOf(chunk);
  let count = 0;
  for (let row = 0; row < steps.length; row++) {
    const step = plainInteger(steps[row] as Step);
    if (row === 0 || step !== plainInteger(steps[row - 1] as Step)) count++;
  }
  return count;
}
