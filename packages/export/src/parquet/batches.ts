import { concat, type Rows, slice } from "./columns.ts";

/** Rows in batches of `batchRows`, the last one of what is left. */
export async function* inBatches(
  pieces: AsyncIterable<Rows>,
  batchRows: number,
): AsyncGenerator<Rows, void, undefined> {
  let held: Rows[] = [];
  let count = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.numRows; ) {
      const end = Math.min(piece.numRows, at + batchRows - count);
      held.push(slice(piece, at, end));
      count += end - at;
      at = end;
      if (count < batchRows) continue;
      yield concat(held);
      held = [];
      count = 0;
    }
  }
  if (count > 0) yield concat(held);
}
