import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind } from "./column.ts";
import { cellText, wholeText } from "./format.ts";

test.each<[ColumnKind, Cell, string, string]>([
  ["text", "a\nb", "a\nb", "a\nb"],
  ["boolean", false, "false", "false"],
  ["tags", ["a", "b"], "a, b", "a, b"],
  ["json", { a: [1n, Number.NaN] }, '{"a":["1","NaN"]}', '{"a":["1","NaN"]}'],
  ["json", { _type: "histogram", bins: [] }, "histogram", '{"_type":"histogram","bins":[]}'],
  ["json", '{"_type":"image","a":[1…', "image", '{"_type":"image","a":[1…'],
  ["text", '{"_type":"image","a":[1…', '{"_type":"image","a":[1…', '{"_type":"image","a":[1…'],
  ["json", { _type: 5 }, '{"_type":5}', '{"_type":5}'],
  ["number", null, "", ""],
  ["duration", 754.25, "12m 34s", "754.25 s"],
  ["duration", 0.4, "0.40s", "0.4 s"],
  ["number", 1.23456e-7, "1.2346e-7", "1.23456e-7"],
  ["number", -Infinity, "−∞", "−∞"],
  ["moment", Number.NaN, "", ""],
])("a cell of kind %s with %s", (kind, value, text, whole) => {
  expect(cellText(kind, value, "short")).toBe(text);
  expect(wholeText(kind, value)).toBe(whole);
});

test("lengths of time have all their digits where numbers do", () => {
  expect(cellText("duration", 0.556, "full")).toBe("0.556s");
  expect(cellText("duration", 754.25, "full")).toBe("12m 34.25s");
});

test("a moment is told to the minute where the reader is, and whole in UTC", () => {
  const moment = new Date(2026, 10, 4, 6, 7, 8, 9).getTime();
  expect(cellText("moment", moment, "short")).toBe("2026-11-04 06:07");
  expect(wholeText("moment", moment)).toBe(new Date(moment).toISOString());
});
