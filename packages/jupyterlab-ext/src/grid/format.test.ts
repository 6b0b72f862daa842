import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind } from "./column.ts";
import { cellText, durationText, numberText, wholeText } from "./format.ts";

test.each<[number | bigint, string, string]>([
  [0, "0", "0"],
  [-0, "0", "0"],
  [0.123456789, "0.12346", "0.123456789"],
  [1234.5678, "1,234.6", "1234.5678"],
  [1234567, "1,234,567", "1234567"],
  [123456.789, "123,457", "123456.789"],
  [3e-5, "3e-5", "0.00003"],
  [-1.2345678e-9, "-1.2346e-9", "-1.2345678e-9"],
  [1e21, "1e21", "1e+21"],
  [Number.NaN, "NaN", "NaN"],
  [-Infinity, "−∞", "−∞"],
  [2n ** 60n, "1,152,921,504,606,846,976", "1152921504606846976"],
])("the number %s", (value, short, full) => {
  expect(numberText(value, "short")).toBe(short);
  expect(numberText(value, "full")).toBe(full);
});

test("a short number is off by less than one in its fifth digit, a full one by nothing", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
      const short = Number(numberText(value, "short").replaceAll(",", ""));
      expect(Math.abs(short - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-5);
      expect(Number(numberText(value, "full"))).toBe(value === 0 ? 0 : value);
    }),
  );
});

test("lengths of time by their two largest units", () => {
  expect([0, 0.822, 59.6, 60, 754, 7260, 183_600].map(durationText)).toEqual([
    "0s",
    "0.82s",
    "1m",
    "1m",
    "12m 34s",
    "2h 1m",
    "2d 3h",
  ]);
  expect(durationText(Number.NaN)).toBe("NaN");
  expect(durationText(-3)).toBe("-3");
});

test.each<[ColumnKind, Cell, string, string]>([
  ["text", "a\nb", "a\nb", "a\nb"],
  ["boolean", false, "false", "false"],
  ["tags", ["a", "b"], "a, b", "a, b"],
  ["json", { a: [1n, Number.NaN] }, '{"a":["1","NaN"]}', '{"a":["1","NaN"]}'],
  ["number", null, "", ""],
  ["duration", 754.25, "12m 34s", "754.25 s"],
  ["moment", Number.NaN, "", ""],
])("a cell of kind %s with %s", (kind, value, text, whole) => {
  expect(cellText(kind, value, "short")).toBe(text);
  expect(wholeText(kind, value)).toBe(whole);
});

test("a moment is told to the minute where the reader is, and whole in UTC", () => {
  const moment = new Date(2026, 10, 4, 6, 7, 8, 9).getTime();
  expect(cellText("moment", moment, "short")).toBe("2026-11-04 06:07");
  expect(wholeText("moment", moment)).toBe(new Date(moment).toISOString());
});
