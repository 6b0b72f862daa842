import type { Chunk } from "../table/chunk.ts";
import { sliceChunk } from "../table/slice-chunk.ts";
import type { Made, Piece } from "./scan-run.ts";

/** Some rows of a run, one after another, in pieces as they arrived. */
export interface Batch {
  readonly numRows: number;
  readonly chunks: readonly Chunk[];
  /** The same rows in the form that was asked for, where they came so; then there are no chunks. */
  readonly made?: Made | undefined;
  /** Whether the run ends with them. */
  readonly isLast: boolean;
}

/**
 * Puts the rows of a run together in batches of `size`, the last of fewer; a run without rows has one without. A batch
 * is there when a row behind it has come, so that the last is known to be the last. What has come before an error is given
 * before it.
 */
export async function* inBatches(
  rows: AsyncIterable<Piece> | Iterable<Piece>,
  size: number,
): AsyncGenerator<Batch, void, undefined> {
  let chunks: Chunk[] = [];
  let numRows = 0;
  try {
    for await (const { chunk, made } of rows) {
      if (made !== undefined) {
        if (numRows > 0) yield { numRows, chunks, isLast: false };
        chunks = [];
        numRows = 0;
        if (made.numRows > 0) yield { numRows: made.numRows, chunks, made, isLast: false };
        continue;
      }
      for (let start = 0; start < chunk.numRows; ) {
        if (numRows === size) {
          yield { numRows, chunks, isLast: false };
          chunks = [];
          numRows = 0;
        }
        const end = Math.min(chunk.numRows, start + size - numRows);
        chunks.push(sliceChunk(chunk, start, end));
        numRows += end - start;
        start = end;
      }
    }
  } catch (error) {
    if (numRows > 0) yield { numRows, chunks, isLast: false };
    throw error;
  }
  yield { numRows, chunks, isLast: true };
}
