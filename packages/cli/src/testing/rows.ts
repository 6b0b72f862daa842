import { batchOf, type OutputRow, type OutputRows } from "../output/rows.ts";

/** Rows in batches, all with the columns of all. */
export function rowsOf(batches: readonly (readonly OutputRow[])[]): OutputRows {
  const columns = [...new Set(batches.flat().flatMap((row) => Object.keys(row)))];
  return {
    columnsOfNone: ["run_id"],
    batches: (async function* () {
      for (const rows of batches) yield batchOf(columns, rows);
    })(),
  };
}
