import { count, counted, listed } from "../bundle/format.ts";
import type { RowsView } from "../bundle/rows-view.ts";
import { type Content, type Html, html } from "./html.ts";
import { valueCell } from "./run-cells.ts";
import { FAINT, FOOT, HEAD, SMALL } from "./style.ts";
import { type HtmlColumn, htmlTable } from "./table.ts";

/** What a table or a frame is, and how large. */
export function rowsHead({ what, numRows, numColumns }: RowsView, also = ""): Html {
  return html`<div style="${HEAD}"><b>${what}</b> <span style="${FAINT}">· ${counted(numRows, "row")} × ${counted(numColumns, "column")}${also}</span></div>`;
}

/** The first and the last rows, with the columns' types under their names. */
export function rowsTable(view: RowsView): Html {
  const { columns, columnsLeftOut, head, tail, numRows } = view;
  const hidden = numRows - head - tail;
  const table = htmlTable(
    columns.map((column): HtmlColumn => {
      const cells: Content[] = column.values.map((value) => valueCell(value));
      if (hidden > 0) cells.splice(head, 0, html`<span style="${FAINT}">⋮</span>`);
      return {
        head: html`${column.name}<br><span style="${SMALL}">${column.type}</span>`,
        cells,
        right: column.isNumber,
      };
    }),
  );
  const lines = [
    ...(hidden > 0 ? [`${count(hidden)} rows between are not shown.`] : []),
    ...(columnsLeftOut.length > 0
      ? [`${counted(columnsLeftOut.length, "more column")}: ${listed(columnsLeftOut, 12)}.`]
      : []),
  ];
  return html`${columns.length === 0 ? "" : table}${lines.length === 0 ? "" : html`<div style="${FOOT}">${lines.join(" ")}</div>`}`;
}
