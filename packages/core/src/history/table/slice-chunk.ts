import type { Chunk, ChunkColumn } from "./chunk.ts";
import { takeRows } from "./take.ts";

/** The chunk's rows from `start` to just before `end`; a view of it, where its bitmaps can be cut there. */
export function sliceChunk(chunk: Chunk, start: number, end: number): Chunk {
  if (start === 0 && end === chunk.numRows) return chunk;
  if (start % 8 !== 0)
    return takeRows(
      chunk,
      Int32Array.from({ length: end - start }, (_, row) => start + row),
    );
  const columns = chunk.columns.map((column) => sliceColumn(column, start, end));
  return { numRows: end - start, schema: chunk.schema, columns };
}

function sliceColumn(column: ChunkColumn, start: number, end: number): ChunkColumn {
  const bits = (bitmap: Uint8Array | null) => bitmap?.subarray(start / 8, Math.ceil(end / 8)) ?? null;
  const slots = { validity: bits(column.validity), present: bits(column.present) };
  switch (column.kind) {
    case "null":
      return {
        kind: "null",
        ...slots,
        validity: slots.validity ?? new Uint8Array(Math.ceil((end - start) / 8)),
      };
    case "utf8":
    case "json":
      return { ...column, ...slots, texts: column.texts.slice(start, end) };
    case "float64":
      return {
        ...column,
        ...slots,
        values: column.values.subarray(start, end),
        exact: exactIn(column, start, end),
      };
    default:
      return { ...column, ...slots, values: column.values.subarray(start, end) } as ChunkColumn;
  }
}

function exactIn(
  { exact }: ChunkColumn & { readonly kind: "float64" },
  start: number,
  end: number,
): Map<number, bigint> | null {
  if (exact === null) return null;
  const kept = [...exact].filter(([row]) => row >= start && row < end);
  return kept.length === 0 ? null : new Map(kept.map(([row, value]) => [row - start, value]));
}
