import type { HistoryOutput } from "../../mime.ts";
import { columnsOut } from "../history/columns-out.ts";
import type { RowsView } from "../rows-view.ts";

/** The vendor JSON of a frame: its first and its last rows. */
export function frameJson({ numRows, head, tail, columns, columnsLeftOut }: RowsView): HistoryOutput {
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
