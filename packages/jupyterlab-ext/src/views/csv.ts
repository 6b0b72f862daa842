import { jsonText } from "../data/json.ts";
import type { Cell, DataColumn, RunsColumn } from "../data/runs-data.ts";

/**
 * A table as CSV (RFC 4180): numbers with all their digits, moments as ISO 8601 in UTC, nested values as JSON, nothing where
 * there is none. Text that spreadsheets would take for a formula has an apostrophe before it.
 */
export function csvText(columns: readonly (DataColumn | RunsColumn)[], numRows: number): string {
  const lines = [columns.map((column) => quoted(plain(heading(column))))];
  for (let row = 0; row < numRows; row++) {
    lines.push(
      columns.map(({ dtype, values }) => quoted(fieldText(values[row] ?? null, dtype === "datetime"))),
    );
  }
  return `${lines.map((fields) => fields.join(",")).join("\r\n")}\r\n`;
}

/** `name`, `config.lr`, `summary.loss`: as tables of runs have it in data frames. */
function heading(column: DataColumn | RunsColumn): string {
  const isKey = "kind" in column && (column.kind === "config" || column.kind === "summary");
  return isKey ? `${column.kind}.${column.name}` : column.name;
}

function fieldText(value: Cell, isMoment: boolean): string {
  if (value === null) return "";
  if (typeof value === "string") return plain(value);
  if (typeof value !== "number") return typeof value === "object" ? plain(jsonText(value)) : String(value);
  const date = isMoment ? new Date(value) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function plain(text: string): string {
  return /^[\t\r\n]*[=+\-@]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without it spreadsheets take letters beyond ASCII for others. */
const BYTE_ORDER_MARK = "\ufeff";

/** Has the browser save text as a file, in UTF-8 with a byte order mark. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, text], { type: "text/csv;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser has taken it by then; before that the address must stay.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A title as the name of a file. */
export function fileName(title: string): string {
  const name = title.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "");
  return `${name.slice(0, 80) || "runs"}.csv`;
}
