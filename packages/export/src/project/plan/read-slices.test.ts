import { stat } from "node:fs/promises";
import { join } from "node:path";
import { HistoryTable } from "@lazyruns/core";
import { ParquetTableWriter } from "@lazyruns/dataframes/parquet";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../testing/setting.ts";
import { RUN_ID, type StoredColumn } from "../dataset/schema.ts";
import type { StoredFile } from "../dataset/stored-file.ts";
import { sha256 } from "../files/durable.ts";
import { SliceReader } from "./read-slices.ts";

const ROWS = 20_000;
const COLUMNS: readonly StoredColumn[] = [RUN_ID, { name: "loss", source: "loss", dtype: "float64" }];

async function storedFile(): Promise<StoredFile> {
  const path = join(temporaryFolder(), "rows.parquet");
  const writer = await ParquetTableWriter.open(path, { columns: COLUMNS });
  const values = Float64Array.from({ length: ROWS }, (_, row) => row);
  const loss = { name: "loss", dtype: "float64", values, validity: null } as const;
  await writer.write(HistoryTable.fromColumns(Array<string>(ROWS).fill("a"), [loss]));
  await writer.close();
  const { size: bytes } = await stat(path);
  const facts = { path, rows: ROWS, bytes, sha256: await sha256(path) };
  return { ...facts, columns: COLUMNS, inexact: [], runs: [{ id: "a", rows: ROWS }] };
}

test.each([
  [2, ROWS],
  [3000, 3000],
])("rows for a table of %i columns come at most %i at a time, each once", async (columns, most) => {
  const reader = new SliceReader();
  const sizes: number[] = [];
  const losses: unknown[] = [];
  for await (const rows of reader.read([{ file: await storedFile(), start: 10, rows: ROWS - 20 }], columns)) {
    sizes.push(rows.numRows);
    losses.push(...rows.column("loss").values);
  }
  reader.close();
  expect(losses).toEqual(Array.from({ length: ROWS - 20 }, (_, row) => row + 10));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
});
