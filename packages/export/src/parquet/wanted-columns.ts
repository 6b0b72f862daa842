import type { ColumnData } from "@lazyruns/core";
import { uniteTypes } from "./columns.ts";
import type { FileColumn } from "./file-columns.ts";
import { type Footer, STEP } from "./footer.ts";

/** A column that is asked for, over all files. */
export interface WantedColumn {
  readonly name: string;
  /** The type that all files' values have in common. */
  readonly dtype: ColumnData["dtype"];
}

/** A column as one file has it. */
export interface FoundColumn {
  readonly name: string;
  readonly column: FileColumn;
}

/** Finds a metric in a file: a column of that name, or what dots lead to in structs. */
export function findColumn(columns: readonly FileColumn[], name: string): FileColumn | undefined {
  for (const column of columns) {
    const own = column.path.at(-1) as string;
    if (own === name) return column;
    if (name.startsWith(`${own}.`)) {
      const member = findColumn(column.members, name.slice(own.length + 1));
      if (member !== undefined) return member;
    }
  }
  return undefined;
}

/** What a file has of the wanted metrics, `_step` with them. */
export function foundColumns({ columns }: Footer, keys: readonly string[] | undefined): FoundColumn[] {
  if (keys === undefined) return columns.map((column) => ({ name: column.path[0] as string, column }));
  return [...new Set([STEP, ...keys])].flatMap((name) => {
    const column = findColumn(columns, name);
    return column === undefined ? [] : [{ name, column }];
  });
}

/** The columns that rows of some files have: each file's rows have all of them, in this order. */
export function wantedColumns(files: readonly (readonly FoundColumn[])[]): WantedColumn[] {
  const types = new Map<string, ColumnData["dtype"]>();
  for (const { name, column } of files.flat()) {
    types.set(name, uniteTypes(types.get(name) ?? "null", column.dtype));
  }
  return [...types].map(([name, dtype]) => ({ name, dtype }));
}
