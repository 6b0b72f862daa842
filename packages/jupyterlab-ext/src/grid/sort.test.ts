import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import { nextSort, sortRows } from "./sort.ts";

function sorted(values: readonly Cell[], descending = false): Cell[] {
  const rows = sortRows(Int32Array.from(values.keys()), [{ values, descending }]);
  return Array.from(rows, (row) => values[row] as Cell);
}

test("numbers are numbers, bigints among them; NaN comes after them and nothing last, both ways", () => {
  const big = 2n ** 60n;
  const values = [10, null, 9, Number.NaN, -1, big, Infinity, null, 2 ** 53, big + 1n, -Infinity];
  expect(sorted(values)).toEqual([
    -Infinity,
    -1,
    9,
    10,
    2 ** 53,
    big,
    big + 1n,
    Infinity,
    Number.NaN,
    null,
    null,
  ]);
  expect(sorted(values, true)).toEqual([
    Infinity,
    big + 1n,
    big,
    2 ** 53,
    10,
    9,
    -1,
    -Infinity,
    Number.NaN,
    null,
    null,
  ]);
});

test("text is sorted as people do it", () => {
  expect(sorted(["run-10", "Run-2", "run-1", "äpfel", "zebra", ""])).toEqual([
    "",
    "äpfel",
    "run-1",
    "Run-2",
    "run-10",
    "zebra",
  ]);
});

test("mixed values have an order: booleans, numbers, text, nested ones", () => {
  const nested = { a: 1n };
  expect(sorted([nested, "b", 3, true, null, false, ["x", "y"], "a", 2])).toEqual([
    false,
    true,
    2,
    3,
    "a",
    "b",
    nested,
    ["x", "y"],
    null,
  ]);
});

const cell = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.bigInt(),
  fc.constant(null),
  fc.constantFrom("a", "b", "10", "9", "__proto__"),
  fc.boolean(),
  fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }),
);

test("rows that are alike keep their order, none is lost, and both ways agree", () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (values) => {
      const rows = Int32Array.from(values.keys());
      const up = sortRows(rows, [{ values, descending: false }]);
      const again = sortRows(up, [{ values, descending: false }]);
      expect(again).toEqual(up);
      expect([...up].sort((a, b) => a - b)).toEqual([...rows]);
      const isNothing = (row: number) => values[row] === null;
      const isNan = (row: number) => Number.isNaN(values[row]);
      for (const descending of [false, true]) {
        const order = [...sortRows(rows, [{ values, descending }])];
        const numbers = order.filter((row) => !isNothing(row) && !isNan(row));
        expect(order).toEqual([...numbers, ...rows.filter(isNan), ...rows.filter(isNothing)]);
      }
      const constant = values.map(() => 1);
      expect(sortRows(rows, [{ values: constant, descending: true }])).toEqual(rows);
    }),
  );
});

test("a second column decides where the first doesn't", () => {
  const first = ["b", "a", "b", "a"];
  const second = [1, 2, 3, 4];
  const rows = sortRows(Int32Array.of(0, 1, 2, 3), [
    { values: first, descending: false },
    { values: second, descending: true },
  ]);
  expect([...rows]).toEqual([3, 1, 2, 0]);
});

test("a heading sorts up, then down, then not at all; beside others when it is added", () => {
  const up = nextSort([], "a", false);
  expect(up).toEqual([{ key: "a", descending: false }]);
  const down = nextSort(up, "a", false);
  expect(down).toEqual([{ key: "a", descending: true }]);
  expect(nextSort(down, "a", false)).toEqual([]);
  const both = nextSort(down, "b", true);
  expect(both).toEqual([...down, { key: "b", descending: false }]);
  expect(nextSort(both, "a", true)).toEqual([{ key: "b", descending: false }]);
  expect(nextSort(both, "a", false)).toEqual(up);
});
