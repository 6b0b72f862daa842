import type { RunValue } from "../../runs/run.ts";
import type { HistoryRow } from "../rows.ts";
import { getBit } from "./bitmap.ts";
import { type Chunk, type ChunkColumn, valueAt } from "./chunk.ts";
import { type RowMaker, rowMaker } from "./row-maker.ts";

/** A row's values: those of a column of numbers as they are, others from `start` on. */
type Values = ArrayLike<RunValue>;

/** Appends rows `start` to just before `end` of a run's chunk to `rows`, as objects. */
export function rowsOf(runId: string, chunk: Chunk, start: number, end: number, rows: HistoryRow[]): void {
  const { schema, columns } = chunk;
  const values = columns.map((column) => valuesOf(column, start, end));
  const gaps = columns.flatMap((column, place) => {
    const present = column.present ?? column.validity;
    return present === null || isFull(present, start, end) ? [] : [{ place, present }];
  });
  if (gaps.length === 0) {
    rowMaker(schema.names, end - start)(runId, values, 0, end - start, rows);
    return;
  }
  // Rows that lack the same columns have a maker in common.
  const makers = new Map<string, { make: RowMaker; values: Values[] }>();
  for (let row = start; row < end; row++) {
    let lacking = "";
    for (const { place, present } of gaps) if (!getBit(present, row)) lacking += `${place},`;
    let known = makers.get(lacking);
    if (known === undefined) {
      const absent = new Set(gaps.flatMap(({ place, present }) => (getBit(present, row) ? [] : [place])));
      const held = schema.names.filter((_, place) => !absent.has(place));
      known = { make: rowMaker(held, end - start), values: values.filter((_, place) => !absent.has(place)) };
      makers.set(lacking, known);
    }
    known.make(runId, known.values, row - start, row - start + 1, rows);
  }
}

/** The values of the rows from `start` on; what stands where there is none doesn't matter. */
function valuesOf(column: ChunkColumn, start: number, end: number): Values {
  const isPlain =
    (column.kind === "float64" && column.exact === null) ||
    (column.kind === "int64" && column.values instanceof Float64Array);
  // An explicit null isn't among the doubles.
  if (isPlain && column.present === null) return column.values.subarray(start, end) as Float64Array;
  return Array.from({ length: end - start }, (_, index) => valueAt(column, start + index) ?? null);
}

function isFull(bitmap: Uint8Array, start: number, end: number): boolean {
  for (let row = start; row < end; row++) if (!getBit(bitmap, row)) return false;
  return true;
}
