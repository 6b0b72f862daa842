import type { RunValue } from "../../values.ts";
import type { HistoryRow } from "../rows.ts";
import { getBit } from "./bitmap.ts";
import { type Chunk, type ChunkColumn, holders, isValid, valueAt } from "./chunk.ts";
import { type RowMaker, rowMaker } from "./row-maker.ts";
import { type RunFields, withFields } from "./run-fields.ts";

/** A row's values: those of a column of numbers as they are, others from `start` on. */
type Values = ArrayLike<RunValue>;

/** Appends rows `start` to just before `end` of a run's chunk to `rows`, as objects, each with the run's fields. */
export function rowsOf(
  runId: string,
  chunk: Chunk,
  fields: RunFields | undefined,
  start: number,
  end: number,
  rows: HistoryRow[],
): void {
  const { names, columns } = withFields(chunk, fields);
  const values = columns.map((column) => valuesOf(column, start, end));
  const gaps = columns.flatMap((column, place) => {
    const present = holders(column);
    return present === null || isFull(present, start, end) ? [] : [{ place, present }];
  });
  if (gaps.length === 0) {
    rowMaker(names, end - start)(runId, values, 0, end - start, rows);
    return;
  }
  // Rows that lack the same columns have a maker in common. How many these are decides what it is worth.
  const lacking = Array.from({ length: end - start }, (_, index) => {
    let places = "";
    for (const { place, present } of gaps) if (!getBit(present, start + index)) places += `${place},`;
    return places;
  });
  const counts = new Map<string, number>();
  for (const places of lacking) counts.set(places, (counts.get(places) ?? 0) + 1);
  const makers = new Map<string, { make: RowMaker; values: Values[] }>();
  for (const [index, places] of lacking.entries()) {
    let known = makers.get(places);
    if (known === undefined) {
      const absent = new Set(places.split(",").slice(0, -1).map(Number));
      const held = names.filter((_, place) => !absent.has(place));
      known = {
        make: rowMaker(held, counts.get(places) as number),
        values: values.filter((_, place) => !absent.has(place)),
      };
      makers.set(places, known);
    }
    known.make(runId, known.values, index, index + 1, rows);
  }
}

/** The values of the rows from `start` on; what stands where there is none doesn't matter. */
function valuesOf(column: ChunkColumn, start: number, end: number): Values {
  const isPlain =
    (column.kind === "float64" && column.exact === null) ||
    (column.kind === "int64" && column.values instanceof Float64Array);
  if (isPlain) {
    const values = column.values.subarray(start, end) as Float64Array;
    // What a row without the key has is left out; a null that it holds isn't among the doubles.
    if (column.present === null) return values;
    return Array.from(values, (value, index) => (isValid(column, start + index) ? value : null));
  }
  return Array.from({ length: end - start }, (_, index) => valueAt(column, start + index) ?? null);
}

function isFull(bitmap: Uint8Array, start: number, end: number): boolean {
  for (let row = start; row < end; row++) if (!getBit(bitmap, row)) return false;
  return true;
}
