import type { JsonObject } from "@lazyruns/json";
import { buildColumn, type Cell } from "./build-column.ts";
import { type Chunk, chunkOf } from "./chunk.ts";

/** More than any server sends for a run: what asks for more is made to exhaust memory. */
const MAX_CELLS = 2 ** 27;

/**
 * A chunk of rows that are objects: the slow way to one, for whatever the scanner doesn't do.
 *
 * @param floats - the metrics whose numbers are doubles although they may all be whole
 * @throws RangeError for more cells than memory could hold
 */
export function buildChunk(rows: readonly JsonObject[], floats: ReadonlySet<string> = new Set()): Chunk {
  const columns = new Map<string, Cell[]>();
  for (const row of rows) for (const key of Object.keys(row)) columns.set(key, []);
  if (columns.size * rows.length > MAX_CELLS) throw new RangeError(`More than ${MAX_CELLS} cells`);
  for (const key of columns.keys()) columns.set(key, new Array<Cell>(rows.length).fill(undefined));
  for (const [row, object] of rows.entries()) {
    for (const key of Object.keys(object)) (columns.get(key) as Cell[])[row] = object[key];
  }
  return chunkOf(
    rows.length,
    [...columns].map(([name, cells]) => [name, buildColumn(cells, floats.has(name))] as const),
  );
}
