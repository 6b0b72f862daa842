import { type Chunk, type ChunkColumn, columnOf, isValid, valueAt } from "./chunk.ts";
import { takeRows } from "./take.ts";

/**
 * The rows that have a number (not NaN) for `xAxis`, ascending by it; rows of the same number keep their order.
 * A chunk that is so already is given back as it is.
 */
export function orderBy(chunk: Chunk, xAxis: string): Chunk {
  const column = columnOf(chunk, xAxis);
  const x = column === undefined ? [] : xValues(column, chunk.numRows);
  const rows = new Int32Array(chunk.numRows);
  let count = 0;
  let ordered = true;
  let last: number | bigint = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < x.length; row++) {
    const value = x[row] as number | bigint;
    if (Number.isNaN(value)) continue;
    if (value < last) ordered = false;
    last = value;
    rows[count++] = row;
  }
  if (ordered && count === chunk.numRows) return chunk;
  const kept = rows.subarray(0, count);
  if (!ordered) kept.sort((a, b) => compare(x[a] as number | bigint, x[b] as number | bigint) || a - b);
  return takeRows(chunk, kept);
}

/** A number a row, exactly; NaN where there is none. */
export function xValues(column: ChunkColumn, numRows: number): ArrayLike<number | bigint> {
  const plain = (column.kind === "float64" && column.exact === null) || column.kind === "int64";
  if (plain && column.validity === null) return column.values;
  return Array.from({ length: numRows }, (_, row) => {
    if (!isValid(column, row)) return Number.NaN;
    const value = plain ? (column.values[row] as number | bigint) : valueAt(column, row);
    return typeof value === "number" || typeof value === "bigint" ? value : Number.NaN;
  });
}

function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
