import type { HistoryRow } from "./rows.ts";
import type { HistoryTable } from "./table/history-table.ts";

/**
 * The forms that histories come in, by the name that `format` takes. A package that adds one with `registerFormat` names
 * its type here, by declaration merging.
 *
 * @example
 * declare module "@lazyruns/core" {
 *   interface HistoryFormats {
 *     readonly csv: string;
 *   }
 * }
 */
export interface HistoryFormats {
  /** Records, one a row. */
  readonly default: HistoryRow[];
  /** Columns. */
  readonly table: HistoryTable;
}

/** The name of a form that histories come in. */
export type HistoryFormat = keyof HistoryFormats;

/** The options that a form adds to those of the call, by its name. Forms without a word here add none. */
export interface FormatOptions {
  readonly default: unknown;
  readonly table: unknown;
}

/** What a form adds to a call's options. */
export type OptionsOf<F> = F extends keyof FormatOptions ? FormatOptions[F] : unknown;
