import { type AnyColumn, HistoryTable, InvalidArgumentError, RunTable } from "@lazyruns/core";
import type { JsonObject } from "@lazyruns/json";
import { tableFromIPC } from "@uwdata/flechette";
import fc from "fast-check";
import pl from "nodejs-polars";
import { expect, it, test } from "vitest";
import { buildChunk } from "../../../core/src/history/table/build-chunk.ts";
import { makeTable } from "../../../core/src/history/table/history-table.ts";
import { generatedRows } from "../../../core/src/testing/generated-rows.ts";
import type { FrameOptions } from "../options.ts";
import { anyRows, tableOf as ofColumns } from "../testing/tables.ts";
import { buildFrame } from "./build-frame.ts";
import { loadPolars } from "./peer.ts";
import { toPolars } from "./to-polars.ts";

const polars = loadPolars();

/** Rows of runs, by the run's id. */
function tableOf(runs: Readonly<Record<string, readonly JsonObject[]>>): HistoryTable {
  return makeTable(
    Object.entries(runs).map(([id, rows]) => ({
      run: { id, entity: "team", project: "p" },
      chunk: buildChunk(rows),
    })),
  ) as unknown as HistoryTable;
}

/** A frame's values by column, in order; whole numbers as exact bigints, which polars' own reader rounds. */
function valuesOf(frame: pl.DataFrame): unknown[][] {
  const table = tableFromIPC(frame.writeIPCStream(), { useBigInt: true });
  return table.schema.fields.map((_, index) => [...(table.getChildAt(index) ?? [])].map(plain));
}

function columnsOf(frame: pl.DataFrame): Record<string, unknown[]> {
  const values = valuesOf(frame);
  return Object.fromEntries(frame.getColumns().map(({ name }, index) => [name, values[index] as unknown[]]));
}

/** Structs as plain objects. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** What a frame has of a column: its values, or null. */
function expected(column: AnyColumn): unknown[] {
  const { validity, values, length } = column;
  return Array.from({ length }, (_, row) => {
    if (column.dtype === "null") return null;
    if (validity !== null && (((validity[row >>> 3] as number) >>> (row & 7)) & 1) === 0) return null;
    const value = values[row];
    if (column.dtype === "bool") return value === 1;
    return typeof value === "string" ? Buffer.from(value).toString() : value;
  });
}

const TYPES = {
  int64: pl.Int64,
  float64: pl.Float64,
  bool: pl.Bool,
  utf8: pl.String,
  json: pl.String,
  null: pl.Null,
  datetime: pl.Datetime("ms", "UTC"),
};

test("every value of any table is in the frame, whatever the pieces", () => {
  const runs = fc.dictionary(fc.constantFrom("r1", "r2", "r3", "r4"), generatedRows, {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(runs, fc.constantFrom(1, 5, 40, 1000), (runs, rowsAtOnce) => {
      const table = tableOf(runs);
      const frame = buildFrame(polars, table, { onWarning: () => undefined }, rowsAtOnce);
      const names = frame.getColumns().map(({ name }) => name);
      expect(names).toHaveLength(table.columnNames.length);
      expect(frame.getColumns().map(({ dtype }) => String(dtype))).toEqual(
        table.columnNames.map((name) => String(TYPES[table.column(name).dtype])),
      );
      const columns = columnsOf(frame);
      for (const [index, source] of table.columnNames.entries()) {
        expect(columns[names[index] as string]).toEqual(expected(table.column(source)));
      }
    }),
  );
}, 60_000);

test("columns of every type, from elsewhere", () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom(1, 10, 1000), (rows, rowsAtOnce) => {
      const table = ofColumns(rows);
      const frame = buildFrame(polars, table, { onWarning: () => undefined }, rowsAtOnce);
      const types = frame.getColumns().map(({ dtype }) => String(dtype));
      const values = valuesOf(frame);
      for (const { name, dtype, cells } of rows.columns) {
        const place = table.columnNames.indexOf(name);
        expect(types[place]).toBe(String(TYPES[dtype]));
        const exact =
          dtype === "datetime" ? cells.map((cell) => (cell === null ? null : Number(cell))) : cells;
        expect(values[place]).toEqual(exact);
      }
    }),
  );
}, 60_000);

test("types, and what polars makes of the values", async () => {
  const table = tableOf({
    a: [
      { _step: 0, loss: 0.5, ok: true, text: "hé", big: 2n ** 60n, mixed: 1, some: { x: 1 }, nothing: null },
      { _step: 1, loss: Number.NaN, ok: false, text: "", big: -(2n ** 60n), mixed: "one", nothing: null },
      { _step: 2, loss: Number.POSITIVE_INFINITY },
    ],
    b: [{ _step: 0 }],
  });
  const frame = await toPolars(table);
  expect(frame.shape).toEqual({ height: 4, width: 9 });
  expect(columnsOf(frame)).toEqual({
    run_id: ["a", "a", "a", "b"],
    _step: [0n, 1n, 2n, 0n],
    big: [2n ** 60n, -(2n ** 60n), null, null],
    loss: [0.5, Number.NaN, Number.POSITIVE_INFINITY, null],
    mixed: ["1", '"one"', null, null],
    nothing: [null, null, null, null],
    ok: [true, false, null, null],
    some: ['{"x":1}', null, null, null],
    text: ["hé", "", null, null],
  });
  expect(frame.getColumn("loss").nullCount()).toBe(1);
  expect(frame.select(pl.col("loss").isNan()).getColumn("loss").toArray()).toEqual([
    false,
    true,
    false,
    null,
  ]);
  expect(frame.getColumn("big").cast(pl.String).toArray()).toEqual([
    "1152921504606846976",
    "-1152921504606846976",
    null,
    null,
  ]);
  const best = frame.groupBy("run_id").agg(pl.col("_step").max()).sort("run_id");
  expect(best.toRecords()).toEqual([
    { run_id: "a", _step: 2 },
    { run_id: "b", _step: 0 },
  ]);
});

test("the frame is the user's own library's, and can be awaited whatever its columns", async () => {
  const frame = await toPolars(
    tableOf({ a: [Object.fromEntries(["then", "catch", "toJSON"].map((name) => [name, 1]))] }),
  );
  expect(pl.DataFrame.isDataFrame(frame)).toBe(true);
  expect(frame.columns).toEqual(["run_id", "catch", "then", "toJSON"]);
  expect(pl.concat([frame, frame]).height).toBe(2);
});

it("renames what would hide a part of the frame, and says so", async () => {
  const names = ["columns", "shape", "height", "filter", "mean", "getColumn", "_df", "toString", "__proto__"];
  const rows = [Object.fromEntries([...names, "filter_", "loss", "0", ""].map((name) => [name, 7]))];
  const warnings: string[] = [];
  const frame = await toPolars(tableOf({ a: rows }), { onWarning: ({ message }) => warnings.push(message) });
  const renamed = names.map((name) => (name === "filter" ? "filter__" : `${name}_`));
  expect([...frame.columns].sort()).toEqual(["run_id", ...renamed, "filter_", "loss", "0", ""].sort());
  expect(warnings).toHaveLength(names.length);
  expect(warnings).toContain(
    'Column "filter" is "filter__" in the polars frame: a column of that name would hide a part of the frame.',
  );
  expect(frame.shape).toEqual({ height: 1, width: 14 });
  expect(frame.filter(pl.col("filter__").eq(7)).height).toBe(1);
  expect(frame.toRecords()).toEqual([
    { run_id: "a", ...Object.fromEntries([...frame.columns].slice(1).map((name) => [name, 7])) },
  ]);
});

it("makes datetimes of seconds and of ISO 8601 texts", async () => {
  const table = tableOf({
    a: [
      { _timestamp: 1_700_000_000.123, at: "2026-11-26T01:15:11.5Z" },
      { _timestamp: 1_700_000_001, at: null },
      { at: "yesterday" },
    ],
  });
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => warnings.push(message);
  const frame = await toPolars(table, { datetimes: ["_timestamp", "at"], onWarning });
  expect(String(frame.getColumn("_timestamp").dtype)).toBe(String(TYPES.datetime));
  expect(frame.getColumn("_timestamp").cast(pl.Int64).toArray()).toEqual([
    1700000000123,
    1700000001000,
    null,
  ]);
  expect(frame.getColumn("at").cast(pl.Int64).toArray()).toEqual([
    Date.parse("2026-11-26T01:15:11.5Z"),
    null,
    null,
  ]);
  expect(frame.getColumn("at").date.year().toArray()).toEqual([2026, null, null]);
  expect(warnings).toEqual(['Column "at" became datetimes, and 1 value that is no date is null there.']);
});

it("makes structs and lists of nested values", async () => {
  const table = tableOf({
    a: [
      { box: { x: 1, y: "a" }, list: [1, 2] },
      { box: { x: 2.5, z: { deep: [true] } }, list: [] },
    ],
    b: [{ box: null, list: null }, {}],
  });
  const frame = await toPolars(table, { nested: "struct" });
  expect(columnsOf(frame)).toEqual({
    run_id: ["a", "a", "b", "b"],
    box: [{ x: 1, y: "a", z: null }, { x: 2.5, y: null, z: { deep: [true] } }, null, null],
    list: [expect.anything(), expect.anything(), null, null],
  });
  expect(frame.getColumn("list").lst.lengths().toArray()).toEqual([2, 0, null, null]);
  expect(frame.select(pl.col("box").struct.field("x")).getColumn("x").sum()).toBe(3.5);
});

it("makes an empty frame with the columns that a table has", async () => {
  const options: FrameOptions = { datetimes: true, nested: "struct" };
  for (const table of [tableOf({}), tableOf({ a: [], b: [] })]) {
    const frame = await toPolars(table, options);
    expect(frame.shape).toEqual({ height: 0, width: 1 });
    expect(String(frame.getColumn("run_id").dtype)).toBe(String(pl.String));
  }
  const columns = [
    { name: "loss", dtype: "float64", values: new Float64Array(), validity: null },
    { name: "_step", dtype: "int64", values: new BigInt64Array(), validity: null },
    { name: "text", dtype: "utf8", values: [], validity: null },
    { name: "ok", dtype: "bool", values: new Uint8Array(), validity: null },
  ] as const;
  const frame = await toPolars(HistoryTable.fromColumns([], columns));
  expect(frame.height).toBe(0);
  expect(Object.fromEntries(frame.getColumns().map(({ name, dtype }) => [name, String(dtype)]))).toEqual({
    run_id: String(pl.String),
    _step: String(pl.Int64),
    loss: String(pl.Float64),
    ok: String(pl.Bool),
    text: String(pl.String),
  });
});

it("puts many pieces into one frame", async () => {
  const rows = Array.from({ length: 500 }, (_, step) => ({ _step: step, loss: step / 2 }));
  const table = tableOf(Object.fromEntries(Array.from({ length: 300 }, (_, run) => [`run${run}`, rows])));
  const frame = await toPolars(table);
  expect(frame.shape).toEqual({ height: 150_000, width: 3 });
  expect(frame.getColumn("loss").nChunks()).toBeGreaterThan(1);
  expect(frame.getColumn("loss").sum()).toBe((300 * (499 * 500)) / 4);
  expect(frame.getColumn("run_id").nUnique()).toBe(300);
  expect(frame.row(149_999)).toEqual(["run299", 499, 249.5]);
});

it("makes a frame of a table of runs", async () => {
  const started = new Date("2026-11-26T01:15:11.123Z");
  const table = new RunTable(
    new Map<string, readonly never[]>(
      Object.entries({
        run_id: ["a", "b"],
        createdAt: [started, null],
        tags: [["x", "y"], []],
        "config.lr": [0.1, null],
        "config.layers": [3, 4],
        "summary.filter": [true, false],
      }) as never,
    ),
    2,
  );
  const frame = await toPolars(table);
  expect(columnsOf(frame)).toEqual({
    run_id: ["a", "b"],
    createdAt: [started.getTime(), null],
    tags: ['["x","y"]', "[]"],
    "config.lr": [0.1, null],
    "config.layers": [3n, 4n],
    "summary.filter": [true, false],
  });
});

it("refuses options that can't be right", async () => {
  const table = tableOf({ a: [{ loss: 1 }] });
  await expect(toPolars(table, { nested: "yes" } as never)).rejects.toThrow(InvalidArgumentError);
  await expect(toPolars(table, { datetimes: "_timestamp" } as never)).rejects.toThrow(
    /datetimes is "_timestamp"/,
  );
});
