import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { fileHost, rowsOf } from "../testing/file-host.ts";
import { parquetFile, steps, type TestValues } from "../testing/parquet-file.ts";

const RUN = { _step: steps(0, 300), loss: steps(0, 300).map((step) => Number(step) / 8) };

describe("rows of exported files", () => {
  test.each(["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"] as const)(
    "compressed by %s",
    async (compression) => {
      const host = await fileHost({ a: await parquetFile(RUN, { compression, rowGroupRows: 100 }) });
      const opened = await host.open(["a"]);
      expect([opened.numRows, opened.lastStep]).toEqual([300, 299]);
      expect(await rowsOf(opened)).toEqual(
        RUN._step.map((step, row) => ({ _step: step, loss: RUN.loss[row] })),
      );
    },
  );

  test("come in batches of at most so many", async () => {
    const host = await fileHost({ a: await parquetFile(RUN, { rowGroupRows: 70 }) });
    const sizes: number[] = [];
    const opened = await host.open(["a"]);
    const rows = {
      keys: undefined,
      match: "all",
      minStep: undefined,
      maxStep: undefined,
      signal: undefined,
    } as const;
    for await (const { numRows } of opened.read({ ...rows, batchRows: 128 })) sizes.push(numRows);
    expect(sizes).toEqual([128, 128, 44]);
  });

  test("of files that overlap come in the order of their steps, those of one step by file", async () => {
    const part = (numbers: readonly number[], who: string, rowGroupRows: number) =>
      parquetFile({ _step: numbers.map(BigInt), who: numbers.map(() => who) }, { rowGroupRows });
    const host = await fileHost({
      b: await part([3, 4, 5, 9], "b", 2),
      a: await part([0, 3, 5, 7, 8], "a", 3),
      c: await part([5, 5, 1], "c", 10), // not in order itself
    });
    const rows = await rowsOf(await host.open(["b", "c", "a"]));
    expect(rows.map(({ _step, who }) => `${_step}${who}`)).toEqual([
      "0a",
      "1c",
      "3a",
      "3b",
      "4b",
      "5a",
      "5c",
      "5c",
      "5b",
      "7a",
      "8a",
      "9b",
    ]);
  });

  test("with columns that one file lacks, and of other types in another", async () => {
    const host = await fileHost({
      a: await parquetFile({ _step: [0n, 1n], x: [1n, 2n], y: ["p", null], z: [true, false] }),
      b: await parquetFile({ _step: [2n], x: [0.5], z: ["no"] }),
    });
    expect(await rowsOf(await host.open(["a", "b"]))).toEqual([
      { _step: 0n, x: 1, y: "p", z: "true" },
      { _step: 1n, x: 2, z: "false" },
      { _step: 2n, x: 0.5, z: '"no"' },
    ]);
  });

  test("keep whole numbers that no double can hold, whatever another file has", async () => {
    const long = 2n ** 53n + 1n;
    const host = await fileHost({
      a: await parquetFile({ _step: [0n], x: [long] }),
      b: await parquetFile({ _step: [1n], x: [0.5] }),
    });
    const batches: unknown[] = [];
    const all = {
      keys: undefined,
      match: "all",
      minStep: undefined,
      maxStep: undefined,
      signal: undefined,
    } as const;
    const opened = await host.open(["a", "b"]);
    for await (const { columns } of opened.read({ ...all, batchRows: 1 }))
      batches.push(columns.find(({ name }) => name === "x")?.values[0]);
    expect(batches).toEqual([long, 0.5]);
  });

  test.each([
    ["int64", [5n, 6n, 7n] as TestValues],
    ["float64", [5, 6, 7] as TestValues],
  ])("with steps of type %s", async (_, values) => {
    const host = await fileHost({ a: await parquetFile({ _step: values, x: [1, 2, 3] }) });
    const opened = await host.open(["a"]);
    expect(opened.lastStep).toBe(7);
    expect((await rowsOf(opened, { minStep: 6, maxStep: 7 })).map(({ x }) => x)).toEqual([2]);
  });

  test("without steps come last; without any, in the file's order, and no range can be asked for", async () => {
    const host = await fileHost({
      a: await parquetFile({ _step: [2n, null, 1n], x: [1, 2, 3] }),
      none: await parquetFile({ x: [9, 8] }),
    });
    expect((await rowsOf(await host.open(["a"]))).map(({ x }) => x)).toEqual([3, 1, 2]);
    expect((await rowsOf(await host.open(["a"]), { minStep: 0 })).map(({ x }) => x)).toEqual([3, 1]);
    const none = await host.open(["none"]);
    expect(none.lastStep).toBeNull();
    expect((await rowsOf(none)).map(({ x }) => x)).toEqual([9, 8]);
    await expect(rowsOf(none, { minStep: 1 })).rejects.toThrow(/"none".* has no column "_step"/);
  });

  test("of a file without rows, and of no file", async () => {
    const empty = { _step: [], x: [] } as Record<string, TestValues>;
    const host = await fileHost({ a: await parquetFile(empty), b: await parquetFile(RUN) });
    const opened = await host.open(["a"]);
    expect([opened.numRows, opened.lastStep, await rowsOf(opened)]).toEqual([0, null, []]);
    expect(await rowsOf(await host.open(["a", "b"]), { keys: ["loss"] })).toHaveLength(300);
    expect(await rowsOf(await host.open([]))).toEqual([]);
  });

  test("by keys: with all of them, or with any", async () => {
    const host = await fileHost({
      a: await parquetFile({
        _step: steps(0, 4),
        x: [1, null, 3, null],
        y: [null, 2, 3, null],
        z: [0, 0, 0, 0],
      }),
      b: await parquetFile({ _step: steps(4, 6), y: [7, null] }),
    });
    const opened = await host.open(["a", "b"]);
    expect(await rowsOf(opened, { keys: ["x", "y"] })).toEqual([{ _step: 2n, x: 3, y: 3 }]);
    expect(await rowsOf(opened, { keys: ["x", "y"], match: "any" })).toEqual([
      { _step: 0n, x: 1 },
      { _step: 1n, y: 2 },
      { _step: 2n, x: 3, y: 3 },
      { _step: 4n, y: 7 },
    ]);
    expect(await rowsOf(opened, { keys: ["nope"] })).toEqual([]);
    expect(await rowsOf(opened, { keys: ["_step"] })).toHaveLength(6);
  });

  test("of every type that a server may write", async () => {
    const bytes = await readFile(new URL("../testing/all-types.parquet", import.meta.url));
    const host = await fileHost({ a: bytes });
    const opened = await host.open(["a"]);
    expect(await rowsOf(opened)).toEqual([
      {
        ...{ _step: 0n, a: '{"b":1,"c":"x"}', m: '{"k":1}', "d.e": 1.5, l: "[1,2]", dec: 1.5, bin: "abc" },
        ...{ dict: "x", ts: 1704067200000n, f32: 1.5, i8: 1n, u64: "1", bo: 1, dur: 1n, t: 1n },
        ...{ dt: 86400000n, i32: 1n, f16: 1 },
      },
      { _step: 1n, l: "[]", bin: "data:;base64,//4=", dict: "y" },
      {
        ...{ _step: 2n, a: '{"c":"y"}', m: "{}", "d.e": 2.5, dec: 2.25, ts: 1735689600000n, f32: 2, i8: -2n },
        ...{ u64: "18446744073709551615", bo: 0, dur: 3n, t: 3n, dt: 259200000n, i32: 3n, f16: 3 },
      },
    ]);
    expect(await rowsOf(opened, { keys: ["a.b", "d.e"] })).toEqual([{ _step: 0n, "a.b": 1n, "d.e": 1.5 }]);
    expect(await rowsOf(opened, { keys: ["a.c", "a.nope"], match: "any" })).toEqual([
      { _step: 0n, "a.c": "x" },
      { _step: 2n, "a.c": "y" },
    ]);
  });

  test("ask for the wanted columns and row groups only", async () => {
    const noise = (seed: number) => steps(0, 40_000).map((step) => Math.sin(Number(step) * seed) * 1e6);
    const columns: Record<string, TestValues> = {
      _step: steps(0, 40_000),
      ...Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`m${k}`, noise(k + 1.1)])),
    };
    const bytes = await parquetFile(columns, { rowGroupRows: 10_000, compression: "UNCOMPRESSED" });
    const host = await fileHost({ a: bytes });
    const opened = await host.open(["a"]);
    const rows = await rowsOf(opened, { keys: ["m5"], minStep: 25_000, maxStep: 25_003 });
    expect(rows.map(({ m5 }) => m5)).toEqual([25_000, 25_001, 25_002].map((step) => columns.m5?.[step]));
    const asked = host.requests.reduce((sum, { range }) => {
      const [start, end] = (range as string).slice(6).split("-").map(Number) as [number, number];
      return sum + Math.min(end, bytes.length - 1) - start + 1;
    }, 0);
    expect(bytes.length).toBeGreaterThan(3_500_000);
    expect(asked).toBeLessThan(700_000);
  }, 20_000);
});
