import { ProtocolError } from "../../errors.ts";
import { bitmapBytes, getBit } from "../table/bitmap.ts";
import { type Chunk, type ChunkColumn, chunkOf } from "../table/chunk.ts";
import type { ColumnData } from "../table/from-columns.ts";
import { StringTexts } from "../table/texts.ts";
import type { ExportedBatch } from "./exports.ts";

/**
 * A batch of exported rows as a chunk that takes its arrays over.
 *
 * @throws ProtocolError for columns that don't fit the rows
 */
export function exportedChunk({ numRows, columns }: ExportedBatch): Chunk {
  return chunkOf(
    numRows,
    columns.map((column) => [column.name, takenOver(column, numRows)] as const),
  );
}

function takenOver(column: ColumnData, numRows: number): ChunkColumn {
  const { name, dtype, values, validity } = column;
  const hasRoom = validity === null || validity.length >= bitmapBytes(numRows);
  if (values.length !== numRows || !hasRoom) {
    throw new ProtocolError(
      `The reader of exported histories gave ${values.length} values of ${JSON.stringify(name)} for ${numRows} rows.`,
      { operation: "reading exported histories" },
    );
  }
  const slots = { validity, present: null };
  switch (dtype) {
    case "int64":
    case "datetime":
      fillGaps(values, validity, 0n);
      return { kind: dtype, ...slots, values };
    case "float64":
      fillGaps(values, validity, Number.NaN);
      return { kind: dtype, ...slots, values, exact: null };
    case "bool":
      fillGaps(values, validity, 0);
      return { kind: dtype, ...slots, values };
    case "null":
      return { kind: dtype, ...slots, validity: new Uint8Array(bitmapBytes(numRows)) };
    default:
      return { kind: dtype, ...slots, texts: new StringTexts(values) };
  }
}

/** Chunks have the same in every place without a value, whatever the reader left there. */
function fillGaps<T>(
  values: { [row: number]: T; length: number },
  validity: Uint8Array | null,
  gap: T,
): void {
  if (validity === null) return;
  for (let row = 0; row < values.length; row++) if (!getBit(validity, row)) values[row] = gap;
}
