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
  /** What it belongs to, as its heading says it above the name: `config`. Empty: to nothing in particular. */
  readonly origin: string;
  /** Whether another column has its name. */
  readonly isNameShared?: boolean;
  readonly kind: ColumnKind;
  /** One a row. */
  readonly values: readonly Cell[];
  /** What is said behind each value, muted, to tell it from another one that looks the same; empty: nothing. */
  readonly asides?: readonly string[];
  /** Whether it is on at first. */
  readonly isShown: boolean;
  /** Whether it is left out where only what differs is shown, and all its values are one. */
  readonly canBeAlike: boolean;
}

/** A column's heading as one line of text, which is that of no other column. */
export function headingText({ name, origin, isNameShared }: GridColumn): string {
  return isNameShared === true && origin !== "" ? `${name} (${origin})` : name;
}

/** A column's heading with all that it says. */
export function wholeHeading({ name, origin }: GridColumn): string {
  return origin === "" ? name : `${name} (${origin})`;
}

/** Whether its values stand to the right, so that digits stand below digits. */
export function isRightAligned(kind: ColumnKind): boolean {
  return kind === "number" || kind === "duration";
}
