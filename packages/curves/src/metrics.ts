import type { Rows } from "./points.ts";

/** Columns that are of the run and not of its history. */
const OF_RUN = /^(config|summary)\.|^(historyLineCount|createdAt|heartbeatAt)$/;

/** Whether a column's name is one of a metric: not of W&B's own columns, and not of what a run has once. */
export function isMetric(name: string): boolean {
  return !name.startsWith("_") && !OF_RUN.test(name);
}

/**
 * The names of columns that have numbers: first those that change in most of the runs that have them; of these those with
 * the most values. What changes in no run is among them only where nothing else is.
 *
 * @param runs - the rows of each run
 */
export function byInterest(
  columns: readonly { readonly name: string; readonly values: Float64Array | undefined }[],
  runs: readonly Rows[],
): string[] {
  const metrics = columns
    .map(({ name, values }) => ({ name, ...lookedOver(values, runs) }))
    .filter(({ values }) => values > 0);
  const moving = metrics.filter(({ isFixed }) => !isFixed);
  return (moving.length > 0 ? moving : metrics)
    .sort((a, b) => Number(b.changes) - Number(a.changes) || b.values - a.values)
    .map(({ name }) => name);
}

/** How many numbers a column has, whether it changes in most runs, and whether it is fixed in all of them. */
function lookedOver(
  numbers: Float64Array | undefined,
  rows: readonly Rows[],
): { values: number; changes: boolean; isFixed: boolean } {
  let values = 0;
  let changing = 0;
  let constant = 0;
  let repeats = false;
  for (const { start, end } of numbers === undefined ? [] : rows) {
    let first = Number.NaN;
    let isChanging = false;
    for (let at = start; at < end; at++) {
      const value = numbers?.[at] as number;
      if (Number.isNaN(value)) continue;
      values++;
      if (Number.isNaN(first)) {
        first = value;
        continue;
      }
      repeats = true;
      if (value !== first) isChanging = true;
    }
    if (isChanging) changing++;
    else if (!Number.isNaN(first)) constant++;
  }
  return { values, changes: changing > constant, isFixed: repeats && changing === 0 };
}
