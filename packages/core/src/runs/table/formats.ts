import type { RunTable } from "./run-table.ts";

/**
 * The forms that a table of runs comes in, by the name that `format` takes; others are added by declaration merging, as
 * to `HistoryFormats`.
 *
 * @typeParam Row - a record of the table
 */
export interface TableFormats<Row extends object> {
  /** Records, one a run. */
  readonly default: Row[];
  /** Columns. */
  readonly table: RunTable<Row>;
}

/** The name of a form that a table of runs comes in. */
export type TableFormat = keyof TableFormats<object>;
