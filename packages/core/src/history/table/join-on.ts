import { buildColumn, type Cell } from "./build-column.ts";
import { type Chunk, type ChunkColumn, chunkOf, columnOf, plainInteger, valueAt } from "./chunk.ts";
import { orderBy, xValues } from "./order-by.ts";

/** A chunk's column, and the joined row of each of its rows; -1 where it has none. */
interface Piece {
  readonly column: ChunkColumn;
  readonly target: Int32Array;
}

/**
 * The outer join of chunks of one run on the number in column `on`: a row for each that occurs in any of them, and in it
 * whatever the chunks hold for that number; null for the columns of which no chunk has it. Ordered by `xAxis`; rows that have no number for it are left out, and so
 * are rows that have none for `on`.
 *
 * A number that comes several times in a chunk has several rows: its first occurrences in all chunks make one, its
 * second ones another. Where several chunks hold a column, the first that has a value for a row gives it.
 */
export function joinOn(chunks: readonly Chunk[], on: string, xAxis: string = on): Chunk {
  const rowsOf = new Map<number | bigint, number[]>();
  let numRows = 0;
  const pieces = new Map<string, Piece[]>();
  for (const chunk of chunks) {
    const column = columnOf(chunk, on);
    if (column === undefined) continue;
    const target = new Int32Array(chunk.numRows).fill(-1);
    const seen = new Map<number | bigint, number>();
    const keys = xValues(column, chunk.numRows);
    let last: number | bigint = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < keys.length; row++) {
      const key = plainInteger(keys[row] as number | bigint);
      if (Number.isNaN(key)) continue;
      let nth = 0;
      // Counted only from the first row on that isn't beyond all before it: steps mostly ascend.
      if (key <= last || seen.size > 0) {
        if (seen.size === 0)
          for (let before = 0; before < row; before++)
            count(seen, plainInteger(keys[before] as number | bigint));
        nth = count(seen, key);
      }
      if (key > last) last = key;
      let rows = rowsOf.get(key);
      if (rows === undefined) {
        rows = [];
        rowsOf.set(key, rows);
      }
      while (rows.length <= nth) rows.push(numRows++);
      target[row] = rows[nth] as number;
    }
    for (const [place, name] of chunk.schema.names.entries()) {
      const piece = { column: chunk.columns[place] as ChunkColumn, target };
      const others = pieces.get(name);
      if (others === undefined) pieces.set(name, [piece]);
      else others.push(piece);
    }
  }
  const columns = [...pieces].map(([name, parts]) => [name, scatter(parts, numRows)] as const);
  return orderBy(chunkOf(numRows, columns), xAxis);
}

/** Counts an occurrence of a key; gives how many there were before. */
function count(seen: Map<number | bigint, number>, key: number | bigint): number {
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return before;
}

/** One column of the pieces, with each row's value where it belongs. */
function scatter(pieces: readonly Piece[], numRows: number): ChunkColumn {
  const cells = new Array<Cell>(numRows).fill(null);
  let float = false;
  for (const { column, target } of pieces) {
    if (column.kind === "float64") float = true;
    for (let row = 0; row < target.length; row++) {
      const at = target[row] as number;
      if (at >= 0 && cells[at] === null) cells[at] = valueAt(column, row) ?? null;
    }
  }
  return buildColumn(cells, float);
}
