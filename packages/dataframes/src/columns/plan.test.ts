import { type ColumnData, HistoryTable, RunTable, type TableValue } from "@lazyruns/core";
import { describe, expect, test, vi } from "vitest";
import type { FrameOptions } from "../options.ts";
import { type FrameKind, planFrame } from "./plan.ts";

const floats = (name: string): ColumnData => ({
  name,
  dtype: "float64",
  values: Float64Array.of(1, Number.NaN),
  validity: null,
});
const flags = { name: "ok", dtype: "bool", values: Uint8Array.of(0, 1), validity: null } as const;
const tableOf = (...columns: ColumnData[]) => HistoryTable.fromColumns(["r1", "r2"], columns);

function plan(
  table: HistoryTable | RunTable,
  options: FrameOptions = {},
  kind: FrameKind = { name: "polars" },
) {
  const warnings: string[] = [];
  const plan = planFrame(table, { onWarning: ({ message }) => warnings.push(message), ...options }, kind);
  const columns = plan.columns.map(({ name, type }) => `${name}: ${type.kind}`);
  return { plan, columns, warnings };
}

describe("names", () => {
  test("that would hide a part of the frame are changed, and that is told", () => {
    const table = tableOf(floats("shape"), floats("shape_"), floats("loss"));
    const { columns, warnings } = plan(table, {}, { name: "danfo", reserves: (name) => name === "shape" });
    expect(columns).toEqual(["run_id: utf8", "loss: float64", "shape__: float64", "shape_: float64"]);
    expect(warnings).toEqual([
      'Column "shape" is "shape__" in the danfo frame: a column of that name would hide a part of the frame.',
    ]);
  });

  test("that UTF-8 can't hold are changed, and that is told", () => {
    const { columns, warnings } = plan(tableOf(floats("a\ud800")));
    expect(columns).toEqual(["run_id: utf8", "a\ufffd: float64"]);
    expect(warnings).toEqual([
      'Column "a\\ud800" is "a\ufffd" in the polars frame: UTF-8 can\'t hold that name.',
    ]);
  });
});

describe("datetimes", () => {
  const table = tableOf(floats("_timestamp"), floats("at"), flags);

  test("are none unless asked for", () => {
    expect(plan(table).columns).toEqual(["run_id: utf8", "_timestamp: float64", "at: float64", "ok: bool"]);
    expect(plan(table, { datetimes: false }).columns).toEqual(plan(table).columns);
  });

  test("are _timestamp, or the columns that are named", () => {
    expect(plan(table, { datetimes: true }).columns[1]).toBe("_timestamp: datetime");
    const named = plan(table, { datetimes: ["at"] });
    expect(named.columns).toEqual(["run_id: utf8", "_timestamp: float64", "at: datetime", "ok: bool"]);
    expect(named.warnings).toEqual([]);
    expect(plan(tableOf(), { datetimes: true }).warnings).toEqual([]);
  });

  test("that can't be are told of", () => {
    const { columns, warnings } = plan(table, { datetimes: ["ok", "when"] });
    expect(columns[3]).toBe("ok: bool");
    expect(warnings).toEqual([
      'datetimes names "when", and the table has no such column.',
      'Column "ok" can\'t become datetimes: it holds truth values. It stays as it is.',
    ]);
    expect(plan(HistoryTable.fromColumns([], []), { datetimes: ["when"] }).warnings).toEqual([]);
  });
});

test("nested values are JSON text unless structs are asked for", () => {
  const nested = {
    name: "media",
    dtype: "json",
    values: ['{"_type":"image"}', "{}"],
    validity: null,
  } as const;
  expect(plan(tableOf(nested)).columns[1]).toBe("media: json");
  expect(plan(tableOf(nested), { nested: "struct" }).columns[1]).toBe("media: struct");
});

test("a table of runs is planned like histories, in one piece", () => {
  const columns = new Map<string, readonly TableValue[]>([
    ["run_id", ["r1", "r2"]],
    ["createdAt", [new Date(0), null]],
    ["config.lr", [0.1, 1]],
    ["tags", [["a"], []]],
  ]);
  const table = new RunTable(columns, 2);
  const toColumn = vi.spyOn(table, "toColumn");
  const { columns: planned, plan: made } = plan(table, { nested: "struct" });
  expect(planned).toEqual(["run_id: utf8", "createdAt: datetime", "config.lr: float64", "tags: list"]);
  const pieces = [...made.pieces(1)];
  expect(pieces.map(({ numRows }) => numRows)).toEqual([2]);
  expect([...(pieces[0]?.column("config.lr") ?? [])]).toEqual([0.1, 1]);
  expect(toColumn).toHaveBeenCalledTimes(4);
});

test("histories come in pieces with the types of the whole", () => {
  const some: ColumnData = {
    name: "x",
    dtype: "int64",
    values: BigInt64Array.of(1n, 0n),
    validity: Uint8Array.of(0b01),
  };
  const pieces = [...plan(tableOf(some)).plan.pieces(1)];
  expect(pieces.map((piece) => [piece.numRows, piece.column("x").dtype])).toEqual([
    [1, "int64"],
    [1, "int64"],
  ]);
  expect([...plan(HistoryTable.fromColumns([], [])).plan.pieces(1)].map(({ numRows }) => numRows)).toEqual([
    0,
  ]);
});

test("warnings go to the process when nobody listens", () => {
  const emitted = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  planFrame(tableOf(floats("shape")), {}, { name: "danfo", reserves: (name) => name === "shape" });
  expect(emitted).toHaveBeenCalledWith(expect.stringContaining('"shape_"'), "LazyrunsWarning");
  emitted.mockRestore();
});

test("whole numbers that doubles can't hold are told of, all columns at once", () => {
  const table = (number: bigint, double: number) => {
    const whole = (name: string): ColumnData => ({
      name,
      dtype: "int64",
      values: BigInt64Array.of(number, 1n),
      validity: null,
    });
    const names = ["big", "seed", "at"];
    const doubles = names.map(
      (name) => ({ ...floats(name), values: Float64Array.of(double, 1) }) as ColumnData,
    );
    return HistoryTable.concat([tableOf(...names.map(whole)), tableOf(...doubles)]);
  };
  const options = { datetimes: ["at"] };
  expect(plan(table(2n ** 53n + 1n, 0.5), options).warnings).toEqual([
    expect.stringMatching(/^Doubles can't hold all whole numbers of "big", "seed": .* in the polars frame/),
  ]);
  expect(plan(table(2n ** 60n, 0.5), options).warnings).toEqual([]);
  expect(plan(tableOf(floats("loss"))).warnings).toEqual([]);
});
