import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HistoryTable, LazyrunsError } from "@lazyruns/core";
import type * as ParquetWasm from "parquet-wasm";
import { RecordBatch, readParquet, Table, transformParquetStream } from "parquet-wasm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ipcStream } from "../arrow/ipc-stream.ts";
import { planFrame } from "../columns/plan.ts";
import { ParquetWriter } from "./parquet-writer.ts";

vi.mock("parquet-wasm", async (original) => {
  const library = await original<typeof ParquetWasm>();
  return { ...library, transformParquetStream: vi.fn(library.transformParquetStream) };
});

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

const refuse = async () => {
  throw new Error("no such columns");
};

test.each([
  ["refuses the work", refuse],
  [
    "refuses it when it has the batches",
    async (batches) => {
      batches.getReader();
      return refuse();
    },
  ],
  [
    "fails at the first batch",
    async (batches) => {
      const reader = batches.getReader();
      const pull = async () => {
        await reader.read();
        await refuse();
      };
      return new ReadableStream({ pull }, { highWaterMark: 0 });
    },
  ],
] as const satisfies readonly (readonly [string, typeof transformParquetStream])[])(
  "a library that %s ends the work, and no file is left",
  async (_, fail) => {
    vi.mocked(transformParquetStream).mockImplementationOnce(fail);
    const { columns, ipc } = plan("loss", new Float64Array(100_000));
    const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
    const failure = await finish(writer, ipc).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LazyrunsError);
    expect(String(failure)).toMatch(/out\.parquet can't be written.*no such columns/);
    await writer.abort();
    expect(await readdir(folder)).toEqual([]);
  },
);

test("a library that ends early is found out", async () => {
  vi.mocked(transformParquetStream).mockImplementationOnce(
    async () => new ReadableStream({ start: (controller) => controller.close() }),
  );
  const { columns, ipc } = plan("loss", new Float64Array(100_000));
  const writer = await ParquetWriter.open(path, { columns, compression: "zstd" });
  await expect(finish(writer, ipc)).rejects.toThrow(LazyrunsError);
  await writer.abort();
  expect(await readdir(folder)).toEqual([]);
});

async function finish(writer: ParquetWriter, ipc: Uint8Array): Promise<void> {
  await writer.write(ipc);
  await writer.close();
}
