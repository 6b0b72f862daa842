import { hasValue, type Rows, take } from "./columns.ts";

/** The rows that have values for all of the metrics, or for any. */
export function matchRows(rows: Rows, keys: readonly string[], match: "all" | "any"): Rows {
  const columns = keys.flatMap((key) => rows.columns.filter(({ name }) => name === key));
  if (match === "all" && columns.every(({ validity }) => validity === null)) return rows;
  const places = new Uint32Array(rows.numRows);
  let count = 0;
  for (let row = 0; row < rows.numRows; row++) {
    const has = (column: (typeof columns)[number]) => hasValue(column, row);
    if (match === "all" ? columns.every(has) : columns.some(has)) places[count++] = row;
  }
  return count === rows.numRows ? rows : take(rows, places.subarray(0, count));
}
