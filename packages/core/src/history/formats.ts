import { checkWord } from "../arguments.ts";
import type { HistoryRow } from "./rows.ts";
import type { HistoryTable } from "./table/history-table.ts";

/** The forms that histories come in, by the name that `format` takes. */
export interface HistoryFormats {
  /** Records, one a row. */
  readonly default: HistoryRow[];
  /** Columns. */
  readonly table: HistoryTable;
}

/** The name of a form that histories come in. */
export type HistoryFormat = keyof HistoryFormats;

/** Refuses a format that there isn't; an absent one is fine. */
export function checkFormat(format: unknown): void {
  const hint = format === "pandas" ? ' What Python calls "pandas" is called "danfo" here.' : "";
  const frames = " Data frames (danfo, polars) are not part of this version.";
  checkWord("format", format, ["default", "table"], `${hint}${frames}`);
}
