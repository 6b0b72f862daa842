import { type Content, type Html, html } from "./html.ts";
import { GROUP_HEAD, LEFT, LEFT_HEAD, NO_GROUP, RIGHT, RIGHT_HEAD, TABLE } from "./style.ts";

/** A column of a table: its head, and a cell a row. */
export interface HtmlColumn {
  readonly head: Content;
  readonly cells: readonly Content[];
  readonly right?: boolean;
  /** What a head above names it and its neighbours of the same group. */
  readonly group?: string;
}

/** Columns as a table. Numbers are to the right also where styles are dropped. */
export function htmlTable(columns: readonly HtmlColumn[]): Html {
  const rows = columns[0]?.cells.length ?? 0;
  const body = Array.from(
    { length: rows },
    (_, row) =>
      html`<tr>${columns.map(({ cells, right }) =>
        right
          ? html`<td align="right" style="${RIGHT}">${cells[row]}</td>`
          : html`<td style="${LEFT}">${cells[row]}</td>`,
      )}</tr>`,
  );
  const heads = columns.map(({ head, right }) =>
    right
      ? html`<th scope="col" align="right" style="${RIGHT_HEAD}">${head}</th>`
      : html`<th scope="col" align="left" style="${LEFT_HEAD}">${head}</th>`,
  );
  return html`<table style="${TABLE}"><thead>${groupRow(columns)}<tr>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

function groupRow(columns: readonly HtmlColumn[]): Content {
  if (columns.every(({ group }) => group === undefined)) return "";
  const spans: { group: string; columns: number }[] = [];
  for (const { group = "" } of columns) {
    const last = spans.at(-1);
    if (last?.group === group) last.columns++;
    else spans.push({ group, columns: 1 });
  }
  return html`<tr>${spans.map(({ group, columns: span }) =>
    group === ""
      ? html`<td colspan="${span}" style="${NO_GROUP}"></td>`
      : html`<th colspan="${span}" scope="colgroup" align="left" style="${GROUP_HEAD}">${group}</th>`,
  )}</tr>`;
}
