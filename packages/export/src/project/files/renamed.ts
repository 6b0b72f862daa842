import type { ParquetRows } from "@lazyruns/dataframes/parquet";
import type { StoredColumn } from "../dataset/schema.ts";

/** Rows whose columns are called as they were logged, with the names that they have in a file. */
export function renamed(rows: ParquetRows, columns: readonly StoredColumn[]): ParquetRows {
  const names = new Map(columns.map(({ source, name }) => [source, name]));
  const sources = new Map(rows.columnNames.map((source) => [names.get(source) ?? source, source]));
  return {
    numRows: rows.numRows,
    columnNames: [...sources.keys()],
    column: (name) => rows.column(sources.get(name) ?? name),
  };
}
