import { type AnyColumn, InvalidArgumentError } from "@lazyruns/core";

/** Columns by name: a table, or some rows of one. */
export interface Columns {
  readonly numRows: number;
  readonly columnNames: readonly string[];
  column(name: string): AnyColumn;
}

/**
 * What frames are made of: a `HistoryTable` or a `RunTable`, told apart by what they can do, for ESM and CommonJS
 * copies of core's classes can live in one process.
 */
export type FrameSource = HistorySource | RunSource;

/** The part of a `HistoryTable` that a frame is made of. */
export interface HistorySource extends Columns {
  batches(maxRows: number): Iterable<Columns>;
}

/** The part of a `RunTable` that a frame is made of. */
export interface RunSource {
  readonly numRows: number;
  readonly columnNames: readonly string[];
  toColumn(name: string): AnyColumn;
}

/**
 * The columns of either.
 *
 * @throws InvalidArgumentError for what is neither
 */
export function columnsOf(source: FrameSource): Columns {
  const given = source as Partial<HistorySource & RunSource> | null | undefined;
  const isTable = typeof given?.toColumn === "function" || typeof given?.batches === "function";
  if (!isTable || !Array.isArray(given.columnNames)) {
    throw new InvalidArgumentError(
      'A frame takes a HistoryTable or a RunTable, such as histories() and table() give with { format: "table" }.',
    );
  }
  if (!("toColumn" in source)) return source;
  const made = new Map<string, AnyColumn>();
  return {
    numRows: source.numRows,
    columnNames: source.columnNames,
    column(name) {
      const column = made.get(name) ?? source.toColumn(name);
      made.set(name, column);
      return column;
    },
  };
}
