import { HistoryTable } from "@lazyruns/core";
import { type DataFrame, loadPolars, toPolars } from "@lazyruns/dataframes/polars";
import { describe, expect, test } from "vitest";
import type { OpenedFiles } from "../parquet/opened-files.ts";
import { fileHost, wanted } from "../testing/file-host.ts";
import { parquetFile, steps, type TestFileOptions, type TestValues } from "../testing/parquet-file.ts";
import { readFrames } from "./read-frames.ts";

const pl = loadPolars();

function columns(start: number, end: number): Record<string, TestValues> {
  const range = Array.from({ length: end - start }, (_, index) => start + index);
  return {
    _step: steps(start, end),
    loss: range.map((step) => (step % 3 === 0 ? null : step === 4 ? Number.NaN : 1 / step)),
    epoch: range.map((step) => BigInt(step >> 4)),
    filter: range.map((step) => (step % 5 === 0 ? null : `text ${step % 7}`)),
    ok: range.map((step) => step % 2 === 0),
    "a/b": range.map((step) => step / 4),
  };
}

/** Two files that follow one another; the second lacks a column and has another. */
async function twoFiles(options: TestFileOptions = {}) {
  const { epoch, ...second } = columns(500, 800);
  const later = { ...second, late: (epoch as bigint[]).map((value) => value * 2n) };
  const host = await fileHost({
    "1": await parquetFile(columns(0, 500), { rowGroupRows: 100, ...options }),
    "2": await parquetFile(later, { rowGroupRows: 64, ...options }),
  });
  return { host, opened: await host.open(["2", "1"]) };
}

/** The frame of the rows' tables: what the direct way must come out as. */
async function byTables(opened: OpenedFiles, rows: Parameters<typeof wanted>[0]): Promise<DataFrame> {
  const frames: DataFrame[] = [];
  for await (const { numRows, columns } of opened.read(wanted(rows))) {
    const table = HistoryTable.fromColumns(new Array(numRows).fill("abc123"), columns);
    frames.push(await toPolars(table, { onWarning: () => undefined }));
  }
  return pl.concat(frames, { how: "vertical" });
}

async function directly(
  opened: OpenedFiles,
  rows: Parameters<typeof wanted>[0],
  mostBytes?: number,
): Promise<DataFrame> {
  const frames: DataFrame[] = [];
  const made = readFrames(opened, wanted(rows), { onWarning: () => undefined }, mostBytes);
  if (made === undefined) throw new Error("it can't be read directly");
  for await (const { numRows, value } of made) {
    expect(value.height).toBe(numRows);
    expect(numRows).toBeLessThanOrEqual(rows?.batchRows ?? 65_536);
    frames.push(value);
  }
  return pl.concat(frames, { how: "vertical" });
}

describe("frames that polars reads itself", { timeout: 60_000 }, () => {
  test.each([
    ["all", {}],
    ["in small batches", { batchRows: 37 }],
    ["with all of some keys", { keys: ["loss", "filter"] }],
    ["with any of some keys", { keys: ["loss", "epoch"], match: "any" }],
    ["of some steps", { minStep: 123, maxStep: 611 }],
    ["of some steps with keys", { minStep: 499, keys: ["loss"], maxStep: 501 }],
  ] as const)("are those of tables: %s", async (_, rows) => {
    const { opened } = await twoFiles();
    const expected = await byTables(opened, rows);
    const got = await directly(opened, rows);
    expect(got.columns).toEqual(expected.columns);
    expect(got.dtypes.map(String)).toEqual(expected.dtypes.map(String));
    expect(got.toObject()).toEqual(expected.toObject());
    expect((await directly(opened, rows, 1)).toObject()).toEqual(expected.toObject());
  });

  test("are those of tables where steps are doubles", async () => {
    const host = await fileHost({ a: await parquetFile({ _step: [0, 1.5, 2], x: [1n, 2n, 3n] }) });
    const opened = await host.open(["a"]);
    const rows = { minStep: 1, maxStep: 2 };
    expect((await directly(opened, rows)).toObject()).toEqual((await byTables(opened, rows)).toObject());
    expect((await directly(opened, {})).toObject()).toEqual((await byTables(opened, {})).toObject());
  });

  test("have the names that frames of tables have", async () => {
    const { opened } = await twoFiles();
    const warnings: string[] = [];
    const onWarning = ({ message }: { message: string }) => void warnings.push(message);
    for await (const { value } of readFrames(opened, wanted(), { onWarning }) ?? []) {
      expect(value.columns).toEqual(["run_id", "_step", "a/b", "epoch", "filter_", "late", "loss", "ok"]);
    }
    expect(warnings).toEqual([expect.stringContaining('Column "filter" is "filter_"')]);
  });

  test("are in the order of steps, if the file isn't", async () => {
    const host = await fileHost({ a: await parquetFile({ _step: [3n, 1n, 2n, 1n], x: [1, 2, 3, 4] }) });
    const frame = await directly(await host.open(["a"]), {});
    expect(frame.toObject()).toEqual({
      run_id: Array(4).fill("abc123"),
      _step: [1, 1, 2, 3],
      x: [2, 4, 3, 1],
    });
  });

  test.each([
    [
      "types that differ from file to file",
      [
        { _step: [0n], x: [1n] },
        { _step: [1n], x: [0.5] },
      ],
    ],
    ["files that overlap", [{ _step: [0n, 2n] }, { _step: [1n] }]],
    ["rows without a step", [{ _step: [0n, null] }]],
  ] as const)("aren't made of %s", async (_, files) => {
    const made = await Promise.all(files.map((file) => parquetFile(file as Record<string, TestValues>)));
    const host = await fileHost(Object.fromEntries(made.map((bytes, index) => [String(index), bytes])));
    const opened = await host.open(made.map((_, index) => String(index)));
    expect(readFrames(opened, wanted(), {})).toBeUndefined();
  });

  test("aren't made of nested columns, unsigned numbers, dates; nor with datetimes", async () => {
    const { readFile } = await import("node:fs/promises");
    const host = await fileHost({
      a: await readFile(new URL("../testing/all-types.parquet", import.meta.url)),
      b: await parquetFile(columns(0, 10)),
    });
    const opened = await host.open(["a"]);
    for (const key of ["a", "a.b", "m", "l", "dec", "ts", "u64", "t", "dt", "f16", "bin", "n"]) {
      expect([key, readFrames(opened, wanted({ keys: [key] }), {})]).toEqual([key, undefined]);
    }
    const plain = { keys: ["d.e", "f32", "i8", "i32", "bo", "dict"], match: "any" } as const;
    expect((await directly(opened, plain)).toObject()).toEqual((await byTables(opened, plain)).toObject());
    expect(readFrames(await host.open(["b"]), wanted(), { datetimes: true })).toBeUndefined();
  });

  test("come by tables where there is no cache", async () => {
    const { host } = await twoFiles();
    const opened = await host.open(["1", "2"], { folder: "/dev/null/cache" });
    const frame = await directly(opened, { keys: ["loss"] });
    expect(frame.toObject()).toEqual((await byTables(opened, { keys: ["loss"] })).toObject());
  });
});
