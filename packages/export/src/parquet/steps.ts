import type { ColumnData } from "@lazyruns/core";
import { hasValue, type Rows, take } from "./columns.ts";
import { STEP } from "./footer.ts";

/** The steps of rows; Infinity for a row that has none, so that it comes last. */
export function stepsIn({ numRows, columns }: Rows): Float64Array {
  const column = columns.find(({ name }) => name === STEP);
  const steps = new Float64Array(numRows).fill(Number.POSITIVE_INFINITY);
  if (column === undefined) return steps;
  for (let row = 0; row < numRows; row++) {
    if (hasValue(column, row)) steps[row] = stepOf(column, row);
  }
  return steps;
}

function stepOf({ values }: ColumnData, row: number): number {
  const step = Number(values[row]);
  return Number.isNaN(step) ? Number.POSITIVE_INFINITY : step;
}

/** Rows in the order of their steps, those of one step as they were. */
export function sortBySteps(rows: Rows): { rows: Rows; steps: Float64Array } {
  const steps = stepsIn(rows);
  if (isSorted(steps)) return { rows, steps };
  const places = Uint32Array.from(steps.keys()).sort((a, b) => {
    const [left, right] = [steps[a] as number, steps[b] as number];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
  const sorted = take(rows, places);
  return { rows: sorted, steps: Float64Array.from(places, (place) => steps[place] as number) };
}

function isSorted(steps: Float64Array): boolean {
  for (let row = 1; row < steps.length; row++) {
    if ((steps[row] as number) < (steps[row - 1] as number)) return false;
  }
  return true;
}

/** The first place from `from` on whose step is at least `step` (`orAfter`: above it). */
export function placeOf(steps: Float64Array, step: number, from = 0, after = false): number {
  let low = from;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = steps[middle] as number;
    if (at < step || (after && at === step)) low = middle + 1;
    else high = middle;
  }
  return low;
}
