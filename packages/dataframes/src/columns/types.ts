/** What a column of a frame is. */
export type ColumnType = FlatType | ListType | StructType;

/**
 * `json` is the JSON text of values, a text to every library; `datetime` is milliseconds since 1970 UTC; `null` has
 * nothing but nulls.
 */
export interface FlatType {
  readonly kind: "int64" | "float64" | "bool" | "utf8" | "json" | "datetime" | "null";
}

/** Lists, whose items are of one type. */
export interface ListType {
  readonly kind: "list";
  readonly item: ColumnType;
}

/** Objects; a field that an object hasn't is null. */
export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly StructField[];
}

export interface StructField {
  /** The field's name in the frame. */
  readonly name: string;
  /** The key it has in the values. */
  readonly key: string;
  readonly type: ColumnType;
}
