import { bitmapBytes, getBit } from "./bitmap.ts";
import { type Chunk, type ChunkColumn, chunkOf, columnOf, holders } from "./chunk.ts";
import { takeRows } from "./take.ts";

/**
 * The rows that hold all of the keys, be it with a null, and of them only these columns: what the server does for
 * `sampledHistory(specs:)`, for rows that came otherwise.
 */
export function requireAll(chunk: Chunk, keys: readonly string[]): Chunk {
  const columns = new Map<string, ChunkColumn>();
  for (const key of keys) {
    const column = columnOf(chunk, key);
    if (column !== undefined) columns.set(key, column);
    else return chunkOf(0, []);
  }
  const kept = chunkOf(chunk.numRows, columns);
  const holding = [...columns.values()].map(holders).filter((bitmap) => bitmap !== null);
  if (holding.length === 0) return kept;
  const all = new Uint8Array(bitmapBytes(chunk.numRows)).fill(0xff);
  for (const bitmap of holding)
    for (let byte = 0; byte < all.length; byte++)
      all[byte] = (all[byte] as number) & (bitmap[byte] as number);
  const rows = new Int32Array(chunk.numRows);
  let count = 0;
  for (let row = 0; row < chunk.numRows; row++) if (getBit(all, row)) rows[count++] = row;
  return count === chunk.numRows ? kept : takeRows(kept, rows.subarray(0, count));
}
