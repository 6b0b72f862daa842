import { numberText } from "@lazyruns/curves";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind, GridColumn } from "./column.ts";
import { searchTest } from "./search.ts";

function column(kind: ColumnKind, values: readonly Cell[]): GridColumn {
  return { key: kind, name: kind, origin: "", kind, values, isShown: true, canBeAlike: false };
}

/** The rows that are found. */
function found(search: string, ...columns: GridColumn[]): number[] {
  const isFound = searchTest(search, columns, "short");
  return (columns[0]?.values ?? []).flatMap((_, row) => (isFound === undefined || isFound(row) ? [row] : []));
}

test("the text is looked for as a whole, within one cell", () => {
  const names = column("text", ["run 1", "run 2", "a run\n2", "2 run", null]);
  const moments = column(
    "moment",
    [1, 2, 3, 4, 5].map((day) => Date.UTC(2026, 10, day, 12)),
  );
  expect(found("run 2", names, moments)).toEqual([1]);
  expect(found("  RUN ", names, moments)).toEqual([0, 1, 2, 3]);
  expect(found("run 2026", names, moments)).toEqual([]);
  expect(found("2026-11-03", names, moments)).toEqual([2]);
  expect(found("  ", names)).toHaveLength(5);
});

test("capitals and accents make no difference", () => {
  const names = column("text", ["Réseau ÉTÉ", "reseau ete", "İstanbul", "Grün", "한글"]);
  expect(found("RESEAU ete", names)).toEqual([0, 1]);
  expect(found("e\u0301té", names)).toEqual([0, 1]);
  expect(found("istanbul", names)).toEqual([2]);
  expect(found("grun", names)).toEqual([3]);
  expect(found("한글", names)).toEqual([4]);
});

test("numbers are found as they are shown, and by all of their digits", () => {
  const numbers = column("number", [
    0.123456789,
    7654321,
    Number.NaN,
    -Infinity,
    2n ** 60n,
    "1e2x",
    true,
    99999.96,
    -1234.5,
  ]);
  expect(found("0.12346", numbers)).toEqual([0]);
  expect(found("0.1234567", numbers)).toEqual([0]);
  expect(found("456", numbers)).toEqual([]);
  expect(found("7,654,3", numbers)).toEqual([1]);
  expect(found("76543", numbers)).toEqual([1]);
  expect(found("nan", numbers)).toEqual([2]);
  expect(found("∞", numbers)).toEqual([3]);
  expect(found("1,152", numbers)).toEqual([4]);
  expect(found("1e2", numbers)).toEqual([5]);
  expect(found("100,000", numbers)).toEqual([7]);
  expect(found("-1,234", numbers)).toEqual([8]);
  expect(found("-1234.5", numbers)).toEqual([8]);
  expect(searchTest("456", [numbers], "full")?.(0)).toBe(true);
});

test.each(["short", "full"] as const)("each part of a number as it is shown finds it: %s", (format) => {
  const number = fc.oneof(
    fc.double(),
    fc.float(),
    fc.integer(),
    fc.double({ min: -2e5, max: 2e5 }),
    fc.double({ min: -2, max: 2 }),
  );
  fc.assert(
    fc.property(number, fc.nat(), fc.nat(), (value, from, size) => {
      const text = numberText(value, format);
      const start = from % text.length;
      const part = text.slice(start, start + 1 + (size % text.length));
      return searchTest(part, [column("number", [value])], format)?.(0) === true;
    }),
    { numRuns: 1000 },
  );
});
