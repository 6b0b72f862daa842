import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryRow } from "@lazyruns/core";
import { fromArrow } from "@lazyruns/dataframes/arrow";
import { readParquet } from "parquet-wasm";

/** The rows of a table of a dataset, as its files hold them, file after file. */
export async function readTable(out: string, table: string): Promise<HistoryRow[]> {
  const folder = join(out, table);
  const rows: HistoryRow[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const bytes = await readFile(join(folder, name));
    rows.push(...(await fromArrow(readParquet(bytes).intoIPCStream())).toRows());
  }
  return rows;
}

/** A row without what it has no value for. */
export function withoutNulls(row: HistoryRow): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));
}
