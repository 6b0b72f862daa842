/**
 * The type of a column of an Arrow table: `typeId` as in Arrow's format, with what else the type has (`bitWidth`,
 * `precision`, `unit`, `children`).
 */
export interface ArrowDataType {
  readonly typeId: number;
}

/** A column's name and type. */
export interface ArrowField {
  readonly name: string;
  readonly type: ArrowDataType;
  readonly nullable: boolean;
  readonly metadata: ReadonlyMap<string, string> | null | undefined;
}

/** A column of an Arrow table. */
export interface ArrowColumn extends Iterable<unknown> {
  readonly type: ArrowDataType;
  readonly length: number;
  readonly nullCount: number;
  /** The value of a row; null where there is none. */
  at(index: number): unknown;
  /** All values: a typed array where the column is of numbers without nulls, else an array. */
  toArray(): ArrayLike<unknown>;
}

/**
 * An Arrow table as `toArrow()` gives it: a `Table` of flechette 2.6 (https://idl.uw.edu/flechette/), which has more than
 * is named here. flechette's own declarations don't stand `skipLibCheck: false`, so that these are ours; where one of its
 * functions wants its type, `table as unknown as Table` is right.
 */
export interface ArrowTable extends Iterable<Record<string, unknown>> {
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly names: readonly string[];
  readonly children: readonly ArrowColumn[];
  readonly numRows: number;
  readonly numCols: number;
  /** The column of that name; undefined where there is none. */
  getChild(name: string): ArrowColumn | undefined;
  getChildAt(index: number): ArrowColumn | undefined;
  /** A table of the named columns alone, with the same values. */
  select(names: string[]): ArrowTable;
  /** The values of each column, by its name. */
  toColumns(): Record<string, ArrayLike<unknown>>;
  /** An object a row. */
  toArray(): Record<string, unknown>[];
  /** A row. */
  at(index: number): Record<string, unknown>;
}
