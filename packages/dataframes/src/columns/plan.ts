import type { FrameOptions } from "../options.ts";
import { freeNames } from "./free-names.ts";
import { inferNested } from "./infer-nested.ts";
import { type Columns, columnsOf, type FrameSource } from "./source.ts";
import type { ColumnType } from "./types.ts";
import { Warner } from "./warner.ts";

/** A column of a frame that is to be made. */
export interface PlannedColumn {
  /** Its name in the frame. */
  readonly name: string;
  /** Its name in the table. */
  readonly source: string;
  readonly type: ColumnType;
}

/** What a kind of frame can't take as it is. */
export interface FrameKind {
  /** What warnings call it, such as `"polars"`. */
  readonly name: string;
  /** Whether a column of the name would hide a part of the frame itself. Default none. */
  readonly reserves?: (name: string) => boolean;
}

/** How a frame is made of a table: its columns, and the table's rows in pieces. Made by `planFrame`. */
export interface FramePlan {
  readonly columns: readonly PlannedColumn[];
  readonly numRows: number;
  /** Hears of what is lost while the frame is made; `finish()` it when it is. */
  readonly warner: Warner;
  /**
   * The rows in pieces of at most `maxRows`; at least one piece, be it without rows. Be done with a piece before asking
   * for the next: its memory may be freed then.
   */
  pieces(maxRows: number): Iterable<Columns>;
}

/**
 * Decides names and types of a frame's columns, by the whole table: so that pieces of it can be made one by one.
 * Columns that are renamed or rounded are told of.
 *
 * @param options - checked already
 */
export function planFrame(source: FrameSource, options: FrameOptions, kind: FrameKind): FramePlan {
  const warner = new Warner(options);
  const table = columnsOf(source);
  const datetimes = datetimeColumns(table, options, warner);
  const names = frameNames(table.columnNames, kind, warner);
  const columns = table.columnNames.map((source, index): PlannedColumn => {
    const name = names[index] as string;
    return { name, source, type: typeOf(table, source, datetimes, options, warner) };
  });
  warnOfRounding(columns, table, kind, warner);
  return {
    columns,
    numRows: table.numRows,
    warner,
    pieces: (maxRows) => ("batches" in source && table.numRows > maxRows ? source.batches(maxRows) : [table]),
  };
}

/** The names that columns get in a frame, in the same order. It is told of those that change. */
export function frameNames(sources: readonly string[], kind: FrameKind, warner: Warner): string[] {
  const names = freeNames(sources, (name) => !kind.reserves?.(name));
  for (const [index, name] of names.entries()) {
    const source = sources[index] as string;
    if (name !== source) warner.warn(renaming(source, name, kind));
  }
  return names;
}

function datetimeColumns(table: Columns, { datetimes }: FrameOptions, warner: Warner): ReadonlySet<string> {
  if (datetimes === undefined || datetimes === false) return new Set();
  if (datetimes === true) return new Set(["_timestamp"]);
  const there = new Set(table.columnNames);
  for (const name of table.numRows === 0 ? [] : datetimes) {
    if (!there.has(name)) {
      warner.warn(`datetimes names ${JSON.stringify(name)}, and the table has no such column.`);
    }
  }
  return new Set(datetimes);
}

function typeOf(
  table: Columns,
  name: string,
  datetimes: ReadonlySet<string>,
  options: FrameOptions,
  warner: Warner,
): ColumnType {
  const column = table.column(name);
  if (datetimes.has(name)) {
    if (column.dtype !== "bool") return { kind: "datetime" };
    warner.warn(
      `Column ${JSON.stringify(name)} can't become datetimes: it holds truth values. It stays as it is.`,
    );
  }
  if (column.dtype === "json" && options.nested === "struct") return inferNested(column, warner);
  return { kind: column.dtype };
}

function warnOfRounding(
  columns: readonly PlannedColumn[],
  table: Columns,
  kind: FrameKind,
  warner: Warner,
): void {
  const rounded = columns.filter(
    ({ source, type }) => type.kind === "float64" && table.column(source).isExact === false,
  );
  if (rounded.length === 0) return;
  const names = rounded.map(({ name }) => JSON.stringify(name)).join(", ");
  warner.warn(
    `Doubles can't hold all whole numbers of ${names}: some beyond 2^53 are the nearest doubles in the ${kind.name} ` +
      'frame. The format "table" keeps them.',
  );
}

function renaming(source: string, name: string, kind: FrameKind): string {
  const why = kind.reserves?.(source)
    ? "a column of that name would hide a part of the frame"
    : "UTF-8 can't hold that name";
  return `Column ${JSON.stringify(source)} is ${JSON.stringify(name)} in the ${kind.name} frame: ${why}.`;
}
