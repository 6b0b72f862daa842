import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HistoryTable } from "@lazyruns/core";
import { RecordBatch, readParquet, Table } from "parquet-wasm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ipcStream } from "../arrow/ipc-stream.ts";
import { planFrame } from "../columns/plan.ts";
import { ParquetWriter } from "./parquet-writer.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lazyruns-parquet-"));
  path = join(folder, "out.parquet");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function plan(name: string, values: Float64Array) {
  const ids = new Array<string>(values.length).fill("r");
  const table = HistoryTable.fromColumns(ids, [{ name, dtype: "float64", values, validity: null }]);
  const planned = planFrame(table, {}, { name: "Parquet" });
  return { columns: planned.columns, ipc: ipcStream(planned, table) };
}

test("pieces are added as they come, and the file is there when it is closed", async () => {
  const { columns, ipc } = plan("loss", Float64Array.of(1.5, 2.5));
  const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
  for (let piece = 0; piece < 5; piece++) await writer.write(ipc);
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^\.lazyruns-.*\.tmp$/)]);
  await writer.close();
  expect(await readdir(folder)).toEqual(["out.parquet"]);
  const batches = readParquet(await readFile(path)).recordBatches();
  expect(batches.reduce((sum, { numRows }) => sum + numRows, 0)).toBe(10);
});

test("a piece of other columns is refused, not left out", async () => {
  const { columns, ipc } = plan("loss", Float64Array.of(1.5, 2.5));
  const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
  await writer.write(ipc);
  await expect(writer.write(plan("other", Float64Array.of(1)).ipc)).rejects.toThrow("other columns or types");
  await writer.abort();
  expect(await readdir(folder)).toEqual([]);
});

test("a file without a piece is refused, and giving up twice does no harm", async () => {
  const writer = await ParquetWriter.open(path, { columns: [], compression: "zstd" });
  await expect(writer.close()).rejects.toThrow("needs a piece");
  await writer.abort();
  await writer.abort();
  expect(await readdir(folder)).toEqual([]);
});

test("a file takes no piece once it is given up", async () => {
  const { columns, ipc } = plan("loss", Float64Array.of(1.5, 2.5));
  const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
  await writer.write(ipc);
  await writer.abort();
  await expect(writer.write(ipc)).rejects.toThrow();
  await expect(writer.close()).rejects.toThrow("given up");
  expect(await readdir(folder)).toEqual([]);
});

test("a piece that is too large for the library says so", async () => {
  const { columns, ipc } = plan("loss", Float64Array.of(1.5));
  const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
  const take = vi.spyOn(Table, "fromIPCStream").mockImplementation(() => {
    throw Object.assign(new Error("unreachable"), { name: "RuntimeError" }); // as when its memory is full
  });
  await expect(writer.write(ipc)).rejects.toThrow(/takes 2000 MB.*ask for fewer/);
  take.mockRestore();
  await writer.abort();
  expect(await readdir(folder)).toEqual([]);
});

test("a file that lacks rows is not put in its place", async () => {
  const { columns, ipc } = plan("loss", Float64Array.of(1.5, 2.5));
  const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
  const slice = RecordBatch.prototype.slice;
  const losing = vi.spyOn(RecordBatch.prototype, "slice").mockImplementation(function (
    this: RecordBatch,
    start,
  ) {
    return slice.call(this, start, 1);
  });
  await writer.write(ipc);
  losing.mockRestore();
  await expect(writer.close()).rejects.toThrow("of 2 rows 1 arrived");
  await writer.abort();
  expect(await readdir(folder)).toEqual([]);
});
