import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind } from "./column.ts";
import { readFilter } from "./filter.ts";

function passes(text: string, kind: ColumnKind, value: Cell): boolean {
  const read = readFilter(text, kind);
  if ("problem" in read) throw new Error(`${text} isn't understood: ${JSON.stringify(read.problem)}`);
  return read.test(value);
}

test.each<[string, ColumnKind, Cell[], Cell[]]>([
  ["> 0.5", "number", [0.6, Infinity, 1n], [0.5, Number.NaN, null, "0.6"]],
  [">=.5", "number", [0.5, 2], [0.4]],
  ["<1e-3", "number", [0, -5, -Infinity], [0.001, Number.NaN]],
  ["<= 1,000", "number", [1000, 1], [1001]],
  ["1..10", "number", [1, 10, 5n], [0.9, 10.1]],
  ["1..", "number", [1, 1e9, Infinity], [0.9, Number.NaN, null]],
  ["..5", "number", [5, -Infinity], [5.1, Number.NaN]],
  ["= 5m ..", "duration", [300], [299]],
  ["= 0.12346", "number", [0.123456789, 0.12346], [0.123, 0.1234]],
  ["0.5", "number", [0.5], [0.51]],
  ["!= 3", "number", [4, Number.NaN, null], [3, 3n]],
  ["> 0.1 <= 0.5", "number", [0.2, 0.5], [0.1, 0.6]],
  ["> 0.1 and <= 0.5", "number", [0.5], [0.6]],
  [">-3,<3", "number", [0], [-3, 3]],
  ["nan", "number", [Number.NaN], [0, null]],
  ["none", "number", [null], [0, Number.NaN]],
  ["any", "text", ["", "a"], [null]],
  ["= 1152921504606846977", "number", [2n ** 60n + 1n], [2n ** 60n, 2 ** 60]],
  ["-inf", "number", [-Infinity], [Infinity]],
  ["> 90s", "duration", [91], [90]],
  ["<= 1h 30m", "duration", [5400], [5401]],
  ["5m..2h", "duration", [300, 7200], [299, 7201]],
  ["MLP", "text", ["a mlp", "Mlp"], ["ml", null]],
  ["!mlp", "text", ["rff", null], ["mlp"]],
  ['="mlp"', "text", ["mlp"], ["mlp-2", "MLP"]],
  ["base", "tags", [["sweep", "baseline"]], [["sweep"], [], null]],
  ['="base"', "tags", [["base"]], [["baseline"]]],
  ["true", "boolean", [true], [false, null]],
  ["bins", "json", [{ _type: "histogram", bins: [] }], [{ _type: "image" }]],
  ['"lr":0.1', "json", [{ lr: 0.1 }], [{ lr: 0.2 }]],
])("%s of a column of kind %s", (text, kind, yes, no) => {
  for (const value of yes) expect([value, passes(text, kind, value)]).toEqual([value, true]);
  for (const value of no) expect([value, passes(text, kind, value)]).toEqual([value, false]);
});

test("moments equal what lies within what is written, where the reader is", () => {
  const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
  const noon = at(2026, 10, 24, 12, 30);
  for (const text of [
    "2026",
    "2026-11",
    "2026-11-24",
    "2026-11-24 12:30",
    ">= 2026-11-24",
    "2026-11-01..2026-11-24",
    "2026-11-24..",
    "..2026-11-24",
  ])
    expect([text, passes(text, "moment", noon)]).toEqual([text, true]);
  for (const text of [
    "2026-11-25",
    "> 2026-11-24",
    "< 2026-11-24",
    "2026-11-24 12:31",
    "2026-11-25..",
    "..2026-11-23",
  ])
    expect([text, passes(text, "moment", noon)]).toEqual([text, false]);
  expect(passes("> 2026-11-24", "moment", at(2026, 10, 25))).toBe(true);
  expect(passes("<= 2026-11-24", "moment", at(2026, 10, 25))).toBe(false);
});

test.each<[string, ColumnKind, string]>([
  ["> abc", "number", "abc"],
  ["..", "number", ".."],
  ["1..x", "number", "1..x"],
  ["x..", "number", "x.."],
  [">", "number", ">"],
  ["1 2", "number", "1 2"],
  ["> 1 !", "number", "!"],
  ["5 parsecs", "duration", "5 parsecs"],
  ["2026-02-30", "moment", "2026-02-30"],
  ["yesterday", "moment", "yesterday"],
])("%s of a column of kind %s isn't understood, and what of it", (text, kind, part) => {
  expect(readFilter(text, kind)).toEqual({ problem: { part, expected: kind } });
});

test("whatever is written is read or told why not, and a range is its two ends", () => {
  const kinds = fc.constantFrom<ColumnKind>(
    "number",
    "duration",
    "moment",
    "text",
    "tags",
    "json",
    "boolean",
    "state",
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), kinds, fc.double(), (text, kind, value) => {
      const read = readFilter(text, kind);
      if ("test" in read) expect(typeof read.test(value)).toBe("boolean");
      else expect(read.problem.expected).toBe(kind);
    }),
  );
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(number, number, fc.double(), (from, to, value) => {
      const both = value >= from && value <= to;
      expect(passes(`${from}..${to}`, "number", value)).toBe(both);
      expect(passes(`>=${from} <=${to}`, "number", value)).toBe(both);
      expect(passes(`> ${from}`, "number", value)).toBe(value > from);
    }),
  );
});
