import type { OutputType } from "../mime.ts";

/** A column of the rows that are shown. */
export interface RowsColumn {
  readonly name: string;
  /** Its type, as its own library calls it. */
  readonly type: string;
  /** Its type in the JSON; undefined: by its values. */
  readonly dtype: OutputType | undefined;
  readonly isNumber: boolean;
  /** The first rows, and then the last ones. */
  readonly values: readonly unknown[];
}

/** The first and the last rows of a table or a frame. */
export interface RowsView {
  readonly what: string;
  readonly numRows: number;
  readonly numColumns: number;
  /** The first columns. */
  readonly columns: readonly RowsColumn[];
  /** The columns that aren't among them. */
  readonly columnsLeftOut: readonly string[];
  /** How many of the rows are the first ones. */
  readonly head: number;
  readonly tail: number;
}

/** How much of it to take. */
export interface RowsQuestion {
  readonly rows: number;
  readonly columns: number;
}

/** How many rows from the beginning and how many from the end: all of them when that is enough. */
export function endsOf(numRows: number, most: number): { head: number; tail: number } {
  if (numRows <= most) return { head: numRows, tail: 0 };
  const head = Math.ceil(most / 2);
  return { head, tail: most - head };
}
