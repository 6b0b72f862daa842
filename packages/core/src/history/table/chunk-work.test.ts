import type { JsonObject } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generatedRows } from "../../testing/generated-rows.ts";
import { buildChunk } from "./build-chunk.ts";
import type { Chunk } from "./chunk.ts";
import { makeTable } from "./history-table.ts";
import { joinOn } from "./join-on.ts";
import { orderBy } from "./order-by.ts";
import { requireAll } from "./require-all.ts";

function rowsOf(chunk: Chunk): JsonObject[] {
  const table = makeTable([{ run: { id: "r", entity: "e", project: "p" }, chunk }]);
  return table
    .toRows()
    .map((row) => Object.fromEntries(Object.entries(row).slice(0)) as JsonObject)
    .map(withoutId);
}

function withoutId(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== "run_id"));
}

const NAMES = ["a", "b", "_step", "0", "__proto__", "missing"];

describe("requireAll", () => {
  test("keeps the rows that hold every key, and only those columns", () => {
    fc.assert(
      fc.property(
        generatedRows,
        fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }),
        (rows, keys) => {
          const expected = rows
            .filter((row) => keys.every((key) => Object.hasOwn(row, key)))
            .map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key))));
          expect(rowsOf(requireAll(buildChunk(rows), keys))).toStrictEqual(expected);
        },
      ),
    );
  });

  test("gives only the columns asked for, of only those rows", () => {
    const chunk = requireAll(buildChunk([{ a: 1, b: 2 }, { a: 2 }]), ["a", "b"]);
    expect(chunk.schema.names).toEqual(["a", "b"]);
    expect(chunk.numRows).toBe(1);
  });
});

describe("orderBy", () => {
  test("sorts as a stable sort of the rows with a number does", () => {
    fc.assert(
      fc.property(generatedRows, fc.constantFrom(...NAMES), (rows, xAxis) => {
        const has = (row: JsonObject) => Object.hasOwn(row, xAxis) && isNumber(row[xAxis]);
        const expected = rows.filter(has).sort((a, b) => order(a[xAxis] as number, b[xAxis] as number));
        expect(rowsOf(orderBy(buildChunk(rows), xAxis))).toStrictEqual(expected);
      }),
    );
  });

  test("gives a chunk in order back as it is", () => {
    const chunk = buildChunk([{ x: 1 }, { x: 1 }, { x: 2 }]);
    expect(orderBy(chunk, "x")).toBe(chunk);
  });

  test("tells apart whole numbers that are the same double", () => {
    const x = 2n ** 53n;
    const chunk = buildChunk([{ x: x + 1n }, { x }, { x: 2 ** 52 }]);
    expect(rowsOf(orderBy(chunk, "x")).map((row) => row.x)).toEqual([2 ** 52, x, x + 1n]);
  });
});

describe("joinOn", () => {
  const loss = buildChunk([
    { _step: 0, loss: 1.5 },
    { _step: 2, loss: 0.5 },
  ]);
  const acc = buildChunk([
    { _step: 1, acc: 0.1 },
    { _step: 2, acc: 0.2 },
  ]);

  test("puts what was logged at different steps together, null where it wasn't", () => {
    expect(rowsOf(joinOn([loss, acc], "_step"))).toStrictEqual([
      { _step: 0, acc: null, loss: 1.5 },
      { _step: 1, acc: 0.1, loss: null },
      { _step: 2, acc: 0.2, loss: 0.5 },
    ]);
  });

  test("takes a column that several chunks hold from the first that has a value", () => {
    const chunks = [
      buildChunk([
        { _step: 2, t: 20, a: 1 },
        { _step: 1, t: 10, a: 2 },
      ]),
      buildChunk([
        { _step: 1, t: 11, b: 1 },
        { _step: 3, t: 5, b: 2 },
        { _step: 4, b: 3 },
      ]),
    ];
    expect(rowsOf(joinOn(chunks, "_step", "t"))).toStrictEqual([
      { _step: 3, a: null, b: 2, t: 5 },
      { _step: 1, a: 2, b: 1, t: 10 },
      { _step: 2, a: 1, b: null, t: 20 },
    ]);
  });

  test("pairs a step that comes twice by occurrence, and loses nothing", () => {
    const a = buildChunk([
      { _step: 0, a: 1 },
      { _step: 1, a: 2 },
      { _step: 0, a: 3 },
    ]);
    const b = buildChunk([
      { _step: 0, b: 1 },
      { _step: 0, b: 2 },
      { _step: 0, b: 3 },
    ]);
    expect(rowsOf(joinOn([a, b], "_step"))).toStrictEqual([
      { _step: 0, a: 1, b: 1 },
      { _step: 0, a: 3, b: 2 },
      { _step: 0, a: null, b: 3 },
      { _step: 1, a: 2, b: null },
    ]);
  });

  test("keeps steps exact that doubles can't tell apart, and leaves out rows without a step", () => {
    const step = 2n ** 53n + 1n;
    const a = buildChunk([
      { _step: step, a: 1 },
      { _step: 3_000_000_000, a: 2 },
      { a: 3 },
      { _step: null, a: 4 },
    ]);
    const b = buildChunk([
      { _step: step - 1n, b: 1 },
      { _step: 3e9, b: 2 },
    ]);
    expect(rowsOf(joinOn([a, b], "_step"))).toStrictEqual([
      { _step: 3e9, a: 2, b: 2 },
      { _step: step - 1n, a: null, b: 1 },
      { _step: step, a: 1, b: null },
    ]);
  });

  test("keeps types: doubles stay doubles, though a sample of them is whole", () => {
    const chunk = joinOn([buildChunk([{ _step: 0, a: 1 }], new Set(["a"])), acc], "_step");
    expect(chunk.columns.map(({ kind }) => kind)).toEqual(["int64", "float64", "float64"]);
  });

  test("takes NaN for a value and a null for none, of numbers and of anything", () => {
    const chunks = [
      buildChunk([
        { _step: 0, x: Number.NaN, n: null, t: "a", o: null },
        { _step: 1, x: null, n: 2, t: null, o: null },
      ]),
      buildChunk([
        { _step: 0, x: 1, n: 3, t: "b", o: null },
        { _step: 1, x: 2.5, n: 4, t: "c", o: null },
        { _step: 2, x: null, n: null, t: null, o: null },
      ]),
    ];
    expect(rowsOf(joinOn(chunks, "_step"))).toStrictEqual([
      { _step: 0, n: 3, o: null, t: "a", x: Number.NaN },
      { _step: 1, n: 2, o: null, t: "c", x: 2.5 },
      { _step: 2, n: null, o: null, t: null, x: null },
    ]);
    expect(joinOn(chunks, "_step").columns.map(({ kind }) => kind)).toEqual([
      "int64",
      "int64",
      "null",
      "utf8",
      "float64",
    ]);
  });

  test("agrees with a join of the rows", () => {
    const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer()), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(samples, { maxLength: 4 }), (lists) => {
        const chunks = lists.map((list, index) =>
          buildChunk(list.map(([_step, value]) => ({ _step, [`m${index}`]: value }))),
        );
        const names = lists.flatMap((list, index) => (list.length > 0 ? [`m${index}`] : []));
        const joined = new Map<string, JsonObject>();
        lists.forEach((list, index) => {
          const seen = new Map<number, number>();
          for (const [step, value] of list) {
            const nth = seen.get(step) ?? 0;
            seen.set(step, nth + 1);
            const blank = () => Object.fromEntries([["_step", step], ...names.map((name) => [name, null])]);
            const row = joined.get(`${step}#${nth}`) ?? (blank() as JsonObject);
            row[`m${index}`] = value;
            joined.set(`${step}#${nth}`, row);
          }
        });
        const got = rowsOf(joinOn(chunks, "_step"));
        const canonical = (rows: JsonObject[]) =>
          rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
        expect(canonical(got)).toEqual(canonical([...joined.values()]));
        const steps = got.map((row) => row._step as number);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
      }),
    );
  });
});

function isNumber(value: unknown): boolean {
  return (typeof value === "number" && !Number.isNaN(value)) || typeof value === "bigint";
}

function order(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
