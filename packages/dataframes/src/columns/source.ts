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

interface HistorySource extends Columns {
  batches(maxRows: number): Iterable<Columns>;
}

interface RunSource extends Pick<Columns, "numRows" | "columnNames"> {
  toColumn(name: string): AnyColumn;
}

/**
 * Refuses what is no table.
 *
 * @throws InvalidArgumentError saying where tables come from
 */
export function checkSource(given: unknown): void {
  const table = (given ?? {}) as { readonly [K in keyof (HistorySource & RunSource)]?: unknown };
  const gives = (name: "batches" | "column" | "toColumn") => typeof table[name] === "function";
  const hasColumns = gives("toColumn") || (gives("batches") && gives("column"));
  if (hasColumns && Array.isArray(table.columnNames) && typeof table.numRows === "number") return;
  throw new InvalidArgumentError(
    'A frame takes a HistoryTable or a RunTable, such as histories() and table() give with { format: "table" }.',
  );
}

/** The columns of either. */
export function columnsOf(source: FrameSource): Columns {
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
