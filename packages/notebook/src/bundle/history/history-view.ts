import type { HistoryTable } from "@lazyruns/core";
import { isNumeric } from "../output-values.ts";
import { endsOf, type RowsQuestion, type RowsView } from "../rows-view.ts";

/** The first and the last rows of a table of histories. */
export function historyView(table: HistoryTable, { rows, columns }: RowsQuestion): RowsView {
  const { numRows, columnNames } = table;
  const { head, tail } = endsOf(numRows, rows);
  const at = [...range(0, head), ...range(numRows - tail, numRows)];
  return {
    what: "History",
    numRows,
    numColumns: columnNames.length,
    head,
    tail,
    columns: columnNames.slice(0, columns).map((name) => {
      const column = table.column(name);
      const { dtype } = column;
      return {
        name,
        type: dtype,
        dtype,
        isNumber: isNumeric(dtype),
        values: at.map((row) => column.get(row)),
      };
    }),
    columnsLeftOut: columnNames.slice(columns),
  };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, at) => start + at);
}
