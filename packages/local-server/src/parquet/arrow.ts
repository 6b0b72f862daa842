import type * as Flechette from "@uwdata/flechette";
import { rowMembers, stepOf } from "../history/index.ts";
import { cellOf } from "./cell.ts";
import type { ColumnType } from "./column-type.ts";

/** The columns of a file, in order of their names. */
export type Columns = ReadonlyMap<string, ColumnType>;

/** Rows of history as an Arrow IPC stream of one batch. A row that lacks a column has a null there. */
export function arrowOf(library: typeof Flechette, columns: Columns, lines: readonly string[]): Uint8Array {
  const filled = new Map([...columns].map(([name, type]) => [name, { type, values: nulls(lines.length) }]));
  const steps = filled.get("_step")?.values ?? [];
  for (const [row, line] of lines.entries()) {
    const members = rowMembers(line);
    for (const [name, raw] of members) {
      const column = filled.get(name);
      if (column !== undefined && name !== "_step") column.values[row] = cellOf(column.type, raw);
    }
    const step = members.get("_step");
    // What isn't a number is no step, and readers demand numbers.
    if (stepOf(members) !== undefined)
      steps[row] = cellOf(columns.get("_step") as ColumnType, step as string);
  }
  const made = [...filled].map(
    ([name, { type, values }]) =>
      [name, library.columnFromArray(values, dataType(library, type))] as [string, Flechette.Column<unknown>],
  );
  return library.tableToIPC(tableOf(library, columns, made), { format: "stream" }) as Uint8Array;
}

function nulls(length: number): unknown[] {
  return new Array<unknown>(length).fill(null);
}

/** Columns of JSON text say so, by Arrow's own extension type for it. */
const JSON_TEXT = new Map([["ARROW:extension:name", "arrow.json"]]);

function tableOf(
  library: typeof Flechette,
  columns: Columns,
  made: [string, Flechette.Column<unknown>][],
): Flechette.Table {
  const table = library.tableFromColumns(made);
  for (const [index, field] of table.schema.fields.entries()) {
    if (columns.get(field.name)?.kind !== "json") continue;
    table.schema.fields[index] = library.field(field.name, field.type, true, JSON_TEXT);
  }
  return table;
}

function dataType(library: typeof Flechette, type: ColumnType): Flechette.DataType {
  switch (type.kind) {
    case "null":
      return library.nullType();
    case "int64":
      return library.int64();
    case "float64":
      return library.float64();
    case "bool":
      return library.bool();
    case "text":
    case "json":
      return library.utf8();
    case "list":
      return library.list(library.field("item", dataType(library, type.item), true));
    case "struct":
      return library.struct(
        [...type.fields].map(([name, field]) => library.field(name, dataType(library, field), true)),
      );
  }
}
