import type { ParquetRows } from "@lazyruns/dataframes/parquet";
import type { StoredFile } from "../dataset/stored-file.ts";
import { SliceReader } from "../plan/read-slices.ts";
import { FIELD_COLUMNS, type RunRecord } from "./run-record.ts";

/** The rows of a table of runs, in its order. */
export async function* storedRecords(
  files: readonly StoredFile[],
): AsyncGenerator<RunRecord, void, undefined> {
  const reader = new SliceReader();
  try {
    const slices = files.map((file) => ({ file, start: 0, rows: file.rows }));
    for await (const rows of reader.read(slices)) {
      for (let row = 0; row < rows.numRows; row++) yield recordAt(rows, row);
    }
  } finally {
    reader.close();
  }
}

function recordAt(rows: ParquetRows, row: number): RunRecord {
  const fields: Record<string, unknown> = {};
  for (const { name, dtype } of FIELD_COLUMNS) {
    if (name === "config_json" || name === "summary_json") continue;
    const value = rows.column(name).get(row);
    fields[name] = dtype === "datetime" && typeof value === "string" ? Date.parse(value) : value;
  }
  return {
    id: rows.column("run_id").get(row) as string,
    mark: "",
    digest: "",
    fields,
    config: textAt(rows, "config_json", row),
    summary: textAt(rows, "summary_json", row),
  };
}

function textAt(rows: ParquetRows, name: string, row: number): string {
  return rows.column(name).values[row] as string;
}
