import { cellText } from "../bundle/cell-text.ts";
import { count, counted, listed } from "../bundle/format.ts";
import type { RowsView } from "../bundle/rows-view.ts";
import { printable } from "./printable.ts";
import { textTable } from "./text-table.ts";

/** The first and the last rows of a table or a frame as text. */
export function rowsText(view: RowsView, also = ""): string {
  const { what, numRows, numColumns, columns, head, tail } = view;
  const hidden = numRows - head - tail;
  const title = printable(`${what} · ${counted(numRows, "row")} × ${counted(numColumns, "column")}${also}`);
  const texts = columns.map(({ name, type, values, isNumber }) => {
    const cells = values.map((value) =>
      value === null || value === undefined ? "null" : cellText(value).text,
    );
    if (hidden > 0) cells.splice(head, 0, "…");
    return { name, cells: [type, ...cells], right: isNumber };
  });
  const { lines, leftOut } = textTable(texts);
  const missing = [...leftOut, ...view.columnsLeftOut];
  return [
    title,
    ...lines,
    ...(hidden > 0 ? [`${count(hidden)} rows between are not shown.`] : []),
    ...(missing.length > 0
      ? [printable(`${counted(missing.length, "more column")}: ${listed(missing, 12)}.`)]
      : []),
  ].join("\n");
}
