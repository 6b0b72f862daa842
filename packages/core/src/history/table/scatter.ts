import { bitmapBytes, setBit, setBits } from "./bitmap.ts";
import { buildColumn, type Cell } from "./build-column.ts";
import { type ChunkColumn, type FloatColumn, type IntColumn, isValid, valueAt } from "./chunk.ts";

/** A chunk's column, and the row that each of its rows goes to; -1 for one that goes nowhere. */
export interface Piece {
  readonly column: ChunkColumn;
  readonly target: Int32Array;
}

/**
 * One column of `numRows` rows of the pieces' values, each where it belongs; the first piece that has a value for a row
 * gives it. Every row holds the key: with a null where no piece has a value.
 */
export function scatter(pieces: readonly Piece[], numRows: number): ChunkColumn {
  if (pieces.every(isOfDoubles)) return scatterDoubles(pieces, numRows);
  const cells = new Array<Cell>(numRows).fill(null);
  for (const { column, target } of pieces) {
    for (let row = 0; row < target.length; row++) {
      const at = target[row] as number;
      if (at >= 0 && cells[at] === null) cells[at] = valueAt(column, row) ?? null;
    }
  }
  return buildColumn(
    cells,
    pieces.some(({ column }) => column.kind === "float64"),
  );
}

interface DoublePiece extends Piece {
  readonly column: (FloatColumn | IntColumn) & { readonly values: Float64Array };
}

function isOfDoubles(piece: Piece): piece is DoublePiece {
  const { column } = piece;
  if (column.kind === "float64") return column.exact === null;
  return column.kind === "int64" && column.values instanceof Float64Array;
}

/** The same for doubles, without making a value of each. */
function scatterDoubles(pieces: readonly DoublePiece[], numRows: number): ChunkColumn {
  const kind = pieces.some(({ column }) => column.kind === "float64") ? "float64" : "int64";
  const values = new Float64Array(numRows);
  const filled = new Uint8Array(numRows);
  let count = 0;
  for (const { column, target } of pieces) {
    for (let row = 0; row < target.length; row++) {
      const at = target[row] as number;
      if (at < 0 || filled[at] === 1 || !isValid(column, row)) continue;
      values[at] = column.values[row] as number;
      filled[at] = 1;
      count++;
    }
  }
  if (count === numRows) return withValues(kind, values, null, null);
  const validity = new Uint8Array(bitmapBytes(numRows));
  for (let row = 0; row < numRows; row++) {
    if (filled[row] === 1) setBit(validity, row);
    else if (kind === "float64") values[row] = Number.NaN;
  }
  const present = new Uint8Array(bitmapBytes(numRows));
  setBits(present, 0, numRows);
  return count === 0 ? { kind: "null", validity, present } : withValues(kind, values, validity, present);
}

function withValues(
  kind: "float64" | "int64",
  values: Float64Array,
  validity: Uint8Array | null,
  present: Uint8Array | null,
): ChunkColumn {
  const slots = { validity, present, values };
  return kind === "int64" ? { kind, ...slots } : { kind, ...slots, exact: null };
}
