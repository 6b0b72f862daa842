import type { ColumnMetaData } from "hyparquet";

/** The lowest and the highest step of some rows. Rows without one have Infinity: they come last. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  /** The highest one that is a step; null where no row has one. */
  readonly last: number | null;
}

/**
 * The steps of a row group by its statistics.
 *
 * @param column - what the footer says of `_step`; undefined where there is none
 * @returns undefined where nothing can be said
 */
export function stepsOf(column: ColumnMetaData | undefined, numRows: number): Extent | undefined {
  if (column === undefined) return undefined;
  const { statistics, type } = column;
  const min = numberOf(statistics?.min_value ?? statistics?.min);
  const max = numberOf(statistics?.max_value ?? statistics?.max);
  // Statistics of doubles leave NaN out, and mean either zero by one of them.
  const hasNulls = statistics?.null_count === undefined || statistics.null_count > 0n;
  if (min === undefined || max === undefined || !(min <= max) || numRows === 0) return undefined;
  if (type !== "INT32" && type !== "INT64") return undefined;
  return { min, max: hasNulls ? Number.POSITIVE_INFINITY : max, last: max };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value !== "bigint" && typeof value !== "number") return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}
