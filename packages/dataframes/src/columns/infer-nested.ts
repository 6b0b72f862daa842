import type { Column } from "@lazyruns/core";
import type { ColumnType } from "./types.ts";
import type { Warner } from "./warner.ts";

/** The type of a column of nested values. */
export function inferNested(_column: Column<"json">, _warner: Warner): ColumnType {
  return { kind: "json" };
}
