import type { DataFrame } from "danfojs-node";
import { isSet } from "../bits.ts";
import { planFrame } from "../columns/plan.ts";
import type { FrameSource } from "../columns/source.ts";
import type { FrameOptions } from "../options.ts";
import { type Cell, type Cells, cellsOf, type Label } from "./cells.ts";
import type { Danfo } from "./peer.ts";
import { reservedNames } from "./reserved-names.ts";

/** Rows whose columns are laid out at once, before they become danfo's rows. */
const ROWS_AT_ONCE = 65_536;

/**
 * A danfo frame of a table. danfo gets rows, each a list with a place for every column, for that is how it stores
 * them; told names and labels, it doesn't look at the first rows to guess them. In its low-memory mode it doesn't make
 * a second copy by columns.
 */
export function buildFrame(
  danfo: Danfo,
  source: FrameSource,
  options: FrameOptions,
  rowsAtOnce = ROWS_AT_ONCE,
): DataFrame {
  const plan = planFrame(source, options, { name: "danfo", reserves: reservedNames(danfo) });
  const rows: Cell[][] = [];
  const labels: (Label | undefined)[] = plan.columns.map(() => undefined);
  const rounded = plan.columns.map(() => 0);
  for (const piece of plan.pieces(rowsAtOnce)) {
    const cells = plan.columns.map((planned) => cellsOf(piece.column(planned.source), planned, plan.warner));
    appendRows(rows, cells, piece.numRows);
    for (const [place, { label, rounded: count }] of cells.entries()) {
      if (labels[place] !== "float32") labels[place] = label; // a piece beyond 32 bits labels the whole
      rounded[place] = (rounded[place] as number) + count;
    }
  }
  const names = plan.columns.map(({ name }) => name);
  const inexact = names.filter((_, place) => rounded[place] !== 0);
  if (inexact.length > 0) {
    const values = rounded.reduce((sum, count) => sum + count);
    plan.warner.warn(
      `danfo has doubles only: ${values} whole ${values === 1 ? "number" : "numbers"} beyond 2^53 became the nearest ` +
        `double, in ${inexact.map((name) => JSON.stringify(name)).join(", ")}. The formats "polars" and "arrow" keep them.`,
    );
  }
  plan.warner.finish();
  const dtypes = labels.map((label) => label ?? "float32");
  return new danfo.DataFrame(rows, { columns: names, dtypes, config: { lowMemoryMode: true } });
}

function appendRows(rows: Cell[][], columns: readonly Cells[], numRows: number): void {
  const start = rows.length;
  const values = columns.map((column) => column.values);
  const template: Cell[] = values.map(() => null);
  for (let row = 0; row < numRows; row++) {
    const cells = template.slice();
    for (let place = 0; place < values.length; place++) {
      cells[place] = (values[place] as ArrayLike<Cell>)[row] as Cell;
    }
    rows.push(cells);
  }
  for (const [place, { validity }] of columns.entries()) {
    if (validity !== null) clear(rows, start, place, validity, numRows);
  }
}

/** Makes the cells null whose bit isn't set. */
function clear(rows: readonly Cell[][], start: number, place: number, validity: Uint8Array, count: number) {
  for (let row = 0; row < count; row++) {
    if (!isSet(validity, row)) (rows[start + row] as Cell[])[place] = null;
  }
}
