import picocolors from "picocolors";
import { cellText } from "./people/cell-text.ts";
import { type Kind, kindWith, lookOf } from "./people/kind.ts";
import { type Layout, layOut, line, titleLine } from "./people/layout.ts";
import { safeText } from "./people/safe-text.ts";
import { type OutputRows, withColumns } from "./rows.ts";
import type { Sink } from "./sink.ts";
import { TextBuffer } from "./text-buffer.ts";

/** Columns are laid out by this many rows; then rows are printed as they come. */
const LAID_OUT_BY = 1000;

/** What became of a table. */
export interface TableWritten {
  readonly numRows: number;
  /** The columns for which the terminal had no room. */
  readonly left: readonly string[];
}

/** Rows as a table for people, a line a row. On a terminal nothing is wider than it. */
export async function writeTable(rows: OutputRows, sink: Sink): Promise<TableWritten> {
  const { columns, batches } = await withColumns(rows);
  const titles = columns.map(safeText);
  const kinds = columns.map((): Kind => "none");
  const buffer = new TextBuffer(sink);
  const waiting: string[][] = [];
  const isCut = sink.columns !== undefined;
  let layout: Layout | undefined;
  let numRows = 0;
  const begin = async () => {
    const looks = titles.map((title, index) => lookOf(title, kinds[index], index));
    layout = layOut(looks, waiting, sink.columns);
    const { bold } = picocolors.createColors(sink.isColored);
    await buffer.add(`${bold(titleLine(layout))}\n`);
    for (const cells of waiting.splice(0)) await buffer.add(`${line(layout, cells, isCut)}\n`);
    return layout;
  };
  for await (const batch of batches) {
    for (const row of batch) {
      numRows++;
      const cells = columns.map((name, index) => {
        const value = Object.hasOwn(row, name) ? row[name] : null;
        kinds[index] = kindWith(kinds[index] as Kind, value);
        return cellText(value);
      });
      if (layout === undefined) waiting.push(cells);
      else await buffer.add(`${line(layout, cells, isCut)}\n`);
      if (waiting.length >= LAID_OUT_BY) await begin();
    }
    if (layout !== undefined) await buffer.flush();
  }
  const { left } = layout ?? (await begin());
  await buffer.flush();
  return { numRows, left };
}
