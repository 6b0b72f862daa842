import type { Chunk } from "../table/chunk.ts";
import { sliceChunk } from "../table/slice-chunk.ts";
import type { Made, Piece } from "./scan-run.ts";

/** Some rows of a run, one after another, in pieces as they arrived. */
export interface Batch {
  readonly numRows: number;
  readonly chunks: readonly Chunk[];
  /** The same rows in the form that was asked for, where they came so; then there are no chunks. */
  readonly made?: Made | undefined;
  /** Whether some of the memory they are in is another batch's, too. */
  readonly isShared: boolean;
  /** Whether the run ends with them. */
  readonly isLast: boolean;
}

/** Rows that are to make a batch. */
class Gathered {
  chunks: Chunk[] = [];
  numRows = 0;
  isShared = false;

  add(chunk: Chunk, isShared: boolean): void {
    this.chunks.push(chunk);
    this.numRows += chunk.numRows;
    this.isShared ||= isShared;
  }

  take(isLast: boolean): Batch {
    const { chunks, numRows, isShared } = this;
    this.chunks = [];
    this.numRows = 0;
    this.isShared = false;
    return { chunks, numRows, isShared, isLast };
  }
}

/**
 * Puts the rows of a run together in batches of at most `size`; a run without rows has one without. A batch is there when
 * a row behind it has come, so that the last is known to be the last. What has come before an error is given before it.
 * Pieces are cut only where a batch would be less than half full otherwise.
 */
export async function* inBatches(
  rows: AsyncIterable<Piece> | Iterable<Piece>,
  size: number,
): AsyncGenerator<Batch, void, undefined> {
  const gathered = new Gathered();
  try {
    for await (const { chunk, made } of rows) {
      if (made !== undefined) {
        if (gathered.numRows > 0) yield gathered.take(false);
        if (made.numRows > 0)
          yield { numRows: made.numRows, chunks: [], made, isShared: false, isLast: false };
        continue;
      }
      for (let start = 0; start < chunk.numRows; ) {
        const left = chunk.numRows - start;
        const room = size - gathered.numRows;
        if (room < left && room <= size / 2) {
          yield gathered.take(false);
          continue;
        }
        const end = start + Math.min(left, room);
        gathered.add(sliceChunk(chunk, start, end), end - start < chunk.numRows);
        start = end;
      }
    }
  } catch (error) {
    if (gathered.numRows > 0) yield gathered.take(false);
    throw error;
  }
  yield gathered.take(true);
}
