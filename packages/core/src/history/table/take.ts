import { bitmapBytes, getBit, setBit } from "./bitmap.ts";
import type { Chunk, ChunkColumn } from "./chunk.ts";
import { StringTexts } from "./texts.ts";

/** The chunk's rows of the given numbers, in that order. */
export function takeRows(chunk: Chunk, rows: Int32Array): Chunk {
  const columns = chunk.columns.map((column) => takeColumn(column, rows));
  return { numRows: rows.length, schema: chunk.schema, columns };
}

/** A column's rows of the given numbers, in that order. */
export function takeColumn(column: ChunkColumn, rows: Int32Array): ChunkColumn {
  const slots = { validity: takeBits(column.validity, rows), present: takeBits(column.present, rows) };
  switch (column.kind) {
    case "float64":
      return {
        kind: "float64",
        ...slots,
        values: takeDoubles(column.values, rows),
        exact: takeExact(column.exact, rows),
      };
    case "int64": {
      const { values } = column;
      return {
        kind: "int64",
        ...slots,
        values: values instanceof Float64Array ? takeDoubles(values, rows) : takeLongs(values, rows),
      } as ChunkColumn;
    }
    case "bool":
      return { kind: "bool", ...slots, values: Uint8Array.from(rows, (row) => column.values[row] as number) };
    case "datetime":
      return { kind: "datetime", ...slots, values: takeLongs(column.values, rows) };
    case "null":
      return { kind: "null", ...slots };
    default:
      return {
        kind: column.kind,
        ...slots,
        texts: new StringTexts(Array.from(rows, (row) => column.texts.at(row))),
      };
  }
}

function takeDoubles(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) taken[index] = values[rows[index] as number] as number;
  return taken;
}

function takeLongs(values: BigInt64Array, rows: Int32Array): BigInt64Array {
  return BigInt64Array.from(rows, (row) => values[row] as bigint);
}

function takeExact(exact: ReadonlyMap<number, bigint> | null, rows: Int32Array): Map<number, bigint> | null {
  if (exact === null) return null;
  const taken = new Map<number, bigint>();
  for (const [index, row] of rows.entries()) {
    const value = exact.get(row);
    if (value !== undefined) taken.set(index, value);
  }
  return taken;
}

function takeBits(bitmap: Uint8Array | null, rows: Int32Array): Uint8Array | null {
  if (bitmap === null) return null;
  const taken = new Uint8Array(bitmapBytes(rows.length));
  for (const [index, row] of rows.entries()) if (getBit(bitmap, row)) setBit(taken, index);
  return taken;
}
