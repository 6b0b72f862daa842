import type { HistoryOutput } from "../../mime.ts";
import { columnsOut } from "../history/columns-out.ts";
import { MOST_CELLS, MOST_JSON_COLUMNS, MOST_TEXT_BYTES } from "../limits.ts";
import type { RowsView } from "../rows-view.ts";
import { textBytes } from "../text-room.ts";
import type { Frame } from "./frame.ts";

/** The most rows, when all that are shown are among them. */
const MOST_ROWS = 200;

/** The vendor JSON of a frame: its first and its last rows, as many as stay small; those that are shown in any case. */
export function frameJson(frame: Frame, shownRows: number, numColumns: number): HistoryOutput {
  const columns = Math.min(numColumns, MOST_JSON_COLUMNS);
  const view = (rows: number) => frame.view({ rows, columns });
  const fair = Math.max(shownRows, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, columns))));
  const all = view(fair);
  const bytes = textBytes(all.columns);
  if (bytes <= MOST_TEXT_BYTES) return viewJson(all);
  const rows = Math.max(shownRows, Math.floor((all.head + all.tail) * (MOST_TEXT_BYTES / bytes)));
  return viewJson(view(rows));
}

function viewJson({ numRows, head, tail, columns, columnsLeftOut }: RowsView): HistoryOutput {
  const shown = head + tail;
  return {
    version: 1,
    of: "frame",
    numRows: shown,
    totalRows: numRows,
    columnsLeftOut: columnsLeftOut.length,
    runsLeftOut: 0,
    ...(shown === numRows ? { rows: "all" } : { rows: "ends", head }),
    runs: [{ id: "", numRows: shown, totalRows: numRows }],
    x: null,
    columns: columnsOut(columns),
  };
}
