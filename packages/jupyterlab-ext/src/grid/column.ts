import type { Cell } from "../data/runs-data.ts";

/** How a column's values are read, sorted, filtered and drawn. */
export type ColumnKind =
  | "number"
  /** Milliseconds since 1970. */
  | "moment"
  /** Seconds. */
  | "duration"
  | "boolean"
  | "text"
  | "state"
  | "tags"
  | "json";

/** A column of a grid. */
export interface GridColumn {
  /** Tells it from every other column, and is the same in the data that come next. */
  readonly key: string;
  /** What its heading says. */
  readonly name: string;
  /** What tells it from another column of its name: `config`. Empty: nothing needs to. */
  readonly origin: string;
  readonly kind: ColumnKind;
  /** One a row. */
  readonly values: readonly Cell[];
  /** Whether it is on at first. */
  readonly isShown: boolean;
  /** Whether it is left out where only what differs is shown, and all its values are one. */
  readonly canBeAlike: boolean;
}

/** A column's heading as one line of text. */
export function headingText(column: GridColumn): string {
  return column.origin === "" ? column.name : `${column.name} (${column.origin})`;
}

/** Whether its values stand to the right, so that digits stand below digits. */
export function isRightAligned(kind: ColumnKind): boolean {
  return kind === "number" || kind === "duration";
}
