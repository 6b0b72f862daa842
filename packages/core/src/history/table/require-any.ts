import { bitmapBytes, getBit, setBits } from "./bitmap.ts";
import { type Chunk, type ChunkColumn, chunkOf, columnOf, holders } from "./chunk.ts";
import { takeRows } from "./take.ts";

/**
 * The rows that hold at least one of the keys, be it with a null; of them only the columns of the keys and of
 * `others`, as far as there are any. Every row holds all of these, with a null where it lacked one: as in `joinOn`,
 * which is the same for samples that come apart.
 */
export function requireAny(chunk: Chunk, keys: readonly string[], others: readonly string[] = []): Chunk {
  const columns = columnsOf(chunk, [...new Set([...keys, ...others])]);
  const present = new Uint8Array(bitmapBytes(chunk.numRows));
  setBits(present, 0, chunk.numRows);
  const kept = chunkOf(
    chunk.numRows,
    columns.map(([name, column]) => [name, column.validity === null ? column : { ...column, present }]),
  );
  const holding = columnsOf(chunk, keys).map(([, column]) => holders(column));
  if (holding.includes(null)) return kept;
  const rows = new Int32Array(chunk.numRows);
  let count = 0;
  for (let row = 0; row < chunk.numRows; row++) {
    if (holding.some((bitmap) => bitmap !== null && getBit(bitmap, row))) rows[count++] = row;
  }
  return count === chunk.numRows ? kept : takeRows(kept, rows.subarray(0, count));
}

function columnsOf(chunk: Chunk, names: readonly string[]): [string, ChunkColumn][] {
  return names.flatMap((name) => {
    const column = columnOf(chunk, name);
    return column === undefined ? [] : [[name, column] as [string, ChunkColumn]];
  });
}
