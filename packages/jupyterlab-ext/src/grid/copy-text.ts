import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind, GridColumn } from "./column.ts";
import { headingText } from "./column.ts";
import { isoText, wholeText } from "./format.ts";

/**
 * Rows as text that spreadsheets take: tabs between cells, a row of headings first. Numbers have every digit and no commas,
 * moments are ISO 8601 in UTC, durations are seconds. Text that a spreadsheet would take for a formula (it begins with `=`,
 * `+`, `-` or `@`, and is no number) has an apostrophe before it; text with tabs, quotes or ends of lines is quoted.
 *
 * @param rows - indexes into the columns, in order
 */
export function copyText(columns: readonly GridColumn[], rows: ArrayLike<number>): string {
  const lines = [columns.map((column) => safeText(headingText(column))).join("\t")];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    lines.push(columns.map(({ kind, values }) => field(kind, values[row] ?? null)).join("\t"));
  }
  return lines.join("\n");
}

function field(kind: ColumnKind, value: Cell): string {
  if (typeof value === "number") return kind === "moment" ? isoText(value) : String(value);
  if (typeof value === "bigint") return value.toString();
  return safeText(wholeText(kind, value));
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function safeText(text: string): string {
  const safe = /^[\t\r\n]*[=+\-@]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /["\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
