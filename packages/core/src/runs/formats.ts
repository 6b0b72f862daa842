import { addForm, type FormatWarn } from "../formats.ts";
import type { HistoryTable } from "../history/table/history-table.ts";
import type { RunTable } from "./table/run-table.ts";

/** How a form is made of core's tables. The tables may be of another copy of core: an `instanceof` proves nothing. */
export interface Format {
  /**
   * Refuses the call's options where the form can't take them, before anything is sent. It gets all of them: `keys`
   * and the rest beside the form's own.
   */
  readonly check?: (options: object) => void;
  /**
   * Whether `histories` reads a table's values once, by `table.batches()`, and is done with a piece when it asks for the
   * next. Then `histories()` frees each piece at that point, so that not all is there twice. Default false.
   */
  readonly readsOnce?: boolean;
  /** Loads what the form needs, before anything is sent. */
  readonly prepare?: () => Promise<void>;
  /**
   * Makes the form of histories, or a promise of it.
   *
   * @param warn - told what the caller should know; absent where nobody listens
   */
  readonly histories: (table: HistoryTable, options: object, warn: FormatWarn | undefined) => unknown;
  /** Makes the form of a table of runs, or a promise of it. */
  readonly table: (table: RunTable, options: object, warn: FormatWarn | undefined) => unknown;
}

/**
 * Adds a form to those that `format` takes in `histories()`, `history()`, `historyStream()` and `table()`, for every copy
 * of this library in the process. A name that is registered again means the new form. The types come by declaration
 * merging: `HistoryFormats`, `TableFormats` and `FormatOptions`.
 *
 * @throws InvalidArgumentError for core's own names, and for a form without its two functions
 * @example
 * registerFormat("csv", {
 *   histories: (table) => toCsv(table.columnNames, table.toRows()),
 *   table: (table) => toCsv(table.columnNames, table.toRows()),
 * });
 * const text = await runs.histories({ format: "csv" });
 */
export function registerFormat(name: string, format: Format): void {
  addForm(name, format);
}
