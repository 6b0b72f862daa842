import type { JsonObject } from "@lazyruns/json";
import { buildColumn, type Cell } from "./build-column.ts";
import { type Chunk, chunkOf } from "./chunk.ts";

/**
 * A chunk of rows that are objects: the slow way to one, for whatever the scanner doesn't do.
 *
 * @param floats - the metrics whose numbers are doubles although they may all be whole
 */
export function buildChunk(rows: readonly JsonObject[], floats: ReadonlySet<string> = new Set()): Chunk {
  const columns = new Map<string, Cell[]>();
  for (const [row, object] of rows.entries()) {
    for (const key of Object.keys(object)) {
      let cells = columns.get(key);
      if (cells === undefined) {
        cells = new Array<Cell>(rows.length).fill(undefined);
        columns.set(key, cells);
      }
      cells[row] = object[key];
    }
  }
  return chunkOf(
    rows.length,
    [...columns].map(([name, cells]) => [name, buildColumn(cells, floats.has(name))] as const),
  );
}
