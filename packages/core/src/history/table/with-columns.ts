import { bitmapBytes } from "./bitmap.ts";
import { type Chunk, type ChunkColumn, chunkOf, columnOf } from "./chunk.ts";

/** The chunk with all of these columns: one that it hasn't is null in every row. */
export function withColumns(chunk: Chunk, names: readonly string[]): Chunk {
  const missing = names.filter((name) => columnOf(chunk, name) === undefined);
  if (missing.length === 0) return chunk;
  const bytes = bitmapBytes(chunk.numRows);
  const nulls: ChunkColumn = {
    kind: "null",
    validity: new Uint8Array(bytes),
    present: new Uint8Array(bytes).fill(0xff),
  };
  const columns = chunk.schema.names.map(
    (name, place) => [name, chunk.columns[place] as ChunkColumn] as const,
  );
  return chunkOf(chunk.numRows, [...columns, ...missing.map((name) => [name, nulls] as const)]);
}
