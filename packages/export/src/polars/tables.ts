import { type ExportedRows, HistoryTable } from "@lazyruns/core";
import { type DataFrame, type FrameOptions, toPolars } from "@lazyruns/dataframes/polars";
import type { OpenedFiles } from "../parquet/opened-files.ts";

/** Rows as frames by way of tables: for files that polars can't or shouldn't read itself. */
export async function* framesOfTables(
  opened: OpenedFiles,
  rows: ExportedRows,
  options: FrameOptions,
): AsyncGenerator<DataFrame, void, undefined> {
  for await (const { numRows, columns } of opened.read(rows)) {
    const table = HistoryTable.fromColumns(new Array<string>(numRows).fill(opened.run.id), columns);
    yield await toPolars(table, options);
  }
}
