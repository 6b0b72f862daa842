import { type Chunk, type ChunkColumn, chunkOf, columnOf, plainInteger } from "./chunk.ts";
import { orderBy, xValues } from "./order-by.ts";
import { type Piece, scatter } from "./scatter.ts";

type Key = number | bigint;

/**
 * The outer join of chunks of one run on the number in column `on`: a row for each that occurs in any of them, and in it
 * whatever the chunks hold for that number; null for the columns of which no chunk has it. Ordered by `xAxis`; rows that
 * have no number for it are left out, and so are rows that have none for `on`.
 *
 * A number that comes several times in a chunk has several rows: its first occurrences in all chunks make one, its
 * second ones another. Where several chunks hold a column, the first that has a value for a row gives it.
 */
export function joinOn(chunks: readonly Chunk[], on: string, xAxis: string = on): Chunk {
  const joined = new JoinedRows();
  const pieces = new Map<string, Piece[]>();
  for (const chunk of chunks) {
    const column = columnOf(chunk, on);
    if (column === undefined) continue;
    const target = joined.place(xValues(column, chunk.numRows));
    for (const [place, name] of chunk.schema.names.entries()) {
      const piece = { column: chunk.columns[place] as ChunkColumn, target };
      const others = pieces.get(name);
      if (others === undefined) pieces.set(name, [piece]);
      else others.push(piece);
    }
  }
  const columns = [...pieces].map(([name, parts]) => [name, scatter(parts, joined.count)] as const);
  return orderBy(chunkOf(joined.count, columns), xAxis);
}

/** The rows of a join: one for each occurrence of each number. */
class JoinedRows {
  count = 0;
  readonly #first = new Map<Key, number>();
  /** The rows of a number's second and later occurrences, which are rare. */
  readonly #later = new Map<Key, number[]>();

  /** The row of each of a chunk's numbers; -1 for NaN. */
  place(keys: ArrayLike<Key>): Int32Array {
    const rows = new Int32Array(keys.length);
    let last: Key = Number.NEGATIVE_INFINITY;
    let seen: Map<Key, number> | undefined;
    for (let index = 0; index < keys.length; index++) {
      const key = plainInteger(keys[index] as Key);
      if (Number.isNaN(key)) {
        rows[index] = -1;
        continue;
      }
      // Occurrences are counted only from where the numbers stop to ascend, which is mostly nowhere.
      if (seen === undefined && key <= last) seen = occurrences(keys, index);
      last = key;
      const nth = seen?.get(key) ?? 0;
      seen?.set(key, nth + 1);
      rows[index] = this.#row(key, nth);
    }
    return rows;
  }

  #row(key: Key, nth: number): number {
    if (nth > 0) {
      let rows = this.#later.get(key);
      if (rows === undefined) {
        rows = [];
        this.#later.set(key, rows);
      }
      if (rows.length < nth) rows.push(this.count++);
      return rows[nth - 1] as number;
    }
    let row = this.#first.get(key);
    if (row === undefined) {
      row = this.count++;
      this.#first.set(key, row);
    }
    return row;
  }
}

/** How often each number occurs before `end`. */
function occurrences(keys: ArrayLike<Key>, end: number): Map<Key, number> {
  const seen = new Map<Key, number>();
  for (let index = 0; index < end; index++) {
    const key = plainInteger(keys[index] as Key);
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return seen;
}
