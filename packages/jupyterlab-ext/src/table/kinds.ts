import type { OutputType } from "@lazyruns/notebook/mime";
import type { ColumnKind } from "../grid/column.ts";

/** How the values of a column are taken. */
export function kindOf(dtype: OutputType): ColumnKind {
  switch (dtype) {
    case "int64":
    case "float64":
      return "number";
    case "datetime":
      return "moment";
    case "bool":
      return "boolean";
    case "json":
      return "json";
    default:
      return "text";
  }
}
