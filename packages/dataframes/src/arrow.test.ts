import {
  type Format,
  type HistoryFormats,
  HistoryTable,
  InvalidArgumentError,
  type Runs,
  RunTable,
  type TableFormats,
  type TableValue,
} from "@lazyruns/core";
import { Table } from "@uwdata/flechette";
import * as apache from "apache-arrow";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { ArrowTable } from "./arrow/arrow-table.ts";
import { fromArrow, toArrow, toArrowIPC } from "./arrow.ts";

const loss = {
  name: "loss",
  dtype: "float64",
  values: Float64Array.of(0.5, Number.NaN),
  validity: null,
} as const;
const step = {
  name: "_step",
  dtype: "int64",
  values: BigInt64Array.of(1n, 2n ** 60n),
  validity: null,
} as const;
const at = { name: "at", dtype: "utf8", values: ["2024-02-29", "never"], validity: null } as const;
const media = { name: "media", dtype: "json", values: ['{"_type":"image"}', "{}"], validity: null } as const;
const histories = HistoryTable.fromColumns(["r1", "r2"], [loss, step, at, media]);
const runs = new RunTable(
  new Map<string, readonly TableValue[]>([
    ["run_id", ["r1", "r2"]],
    ["createdAt", [new Date(1000), null]],
    ["config.lr", [0.1, null]],
  ]),
  2,
);

test("toArrow() reads whole numbers exactly, moments as dates, and JSON as text", async () => {
  const warnings: string[] = [];
  const table = await toArrow(histories, {
    datetimes: ["at"],
    onWarning: ({ message }) => warnings.push(message),
  });
  expect(table).toBeInstanceOf(Table);
  expect(table.toArray()).toEqual([
    { run_id: "r1", _step: 1n, at: new Date("2024-02-29"), loss: 0.5, media: '{"_type":"image"}' },
    { run_id: "r2", _step: 2n ** 60n, at: null, loss: Number.NaN, media: "{}" },
  ]);
  expect(warnings).toEqual(['Column "at" became datetimes, and 1 value that is no date is null there.']);
});

test("toArrow() makes structs where they are asked for", async () => {
  const table = await toArrow(histories, { nested: "struct" });
  expect([...(table.getChild("media") ?? [])]).toEqual([{ _type: "image" }, { _type: null }]);
});

test("tables of runs go to Arrow like histories", async () => {
  expect((await toArrow(runs)).toArray()).toEqual([
    { run_id: "r1", createdAt: new Date(1000), "config.lr": 0.1 },
    { run_id: "r2", createdAt: null, "config.lr": null },
  ]);
  expect(apache.tableFromIPC(toArrowIPC(runs)).numRows).toBe(2);
  expect((await fromArrow(toArrowIPC(runs))).toRows()).toEqual([
    { run_id: "r1", createdAt: "1970-01-01T00:00:01.000Z", "config.lr": 0.1 },
    { run_id: "r2" },
  ]);
});

test("bad options and what is no table are refused", async () => {
  expect(() => toArrowIPC(histories, { nested: "yes" as never })).toThrow(InvalidArgumentError);
  await expect(toArrow(histories, { datetimes: 1 as never })).rejects.toThrow(InvalidArgumentError);
  expect(() => toArrowIPC([{ run_id: "r1" }] as never)).toThrow(/takes a HistoryTable or a RunTable/);
  expect(() => toArrowIPC(undefined as never)).toThrow(InvalidArgumentError);
});

describe("the format", () => {
  const formats = (globalThis as { [key: symbol]: Map<string, Format> })[Symbol.for("lazyruns.formats")];
  const format = formats?.get("arrow") as Format;

  test("refuses bad options before anything is sent", () => {
    expect(() => format.check?.({ keys: ["loss"], nested: "yes" })).toThrow(InvalidArgumentError);
  });

  test("makes tables, and hands warnings to the call's listener", async () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    expect(await format.histories(histories, { keys: ["at"], datetimes: ["at"] }, warn)).toBeInstanceOf(
      Table,
    );
    expect(await format.table(runs, {}, undefined)).toBeInstanceOf(Table);
    expect(warnings).toHaveLength(1);
  });

  test("has the types of what it gives and takes", () => {
    expectTypeOf<HistoryFormats["arrow"]>().toEqualTypeOf<ArrowTable>();
    expectTypeOf<TableFormats<object>["arrow"]>().toEqualTypeOf<ArrowTable>();
    const asked = (runs: Runs) => runs.histories({ format: "arrow", datetimes: true, nested: "struct" });
    expectTypeOf<Awaited<ReturnType<typeof asked>>>().toEqualTypeOf<ArrowTable>();
    // @ts-expect-error there is no such word
    const _mistaken = (runs: Runs) => runs.histories({ format: "arrow", nested: "structs" });
  });
});
