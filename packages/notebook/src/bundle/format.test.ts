import { expect, test } from "vitest";
import { cellText } from "./cell-text.ts";
import { ageText, numberText } from "./format.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [1234567, "1,234,567"],
  [0.1, "0.1"],
  [0.0001234567, "0.00012346"],
  [1e-5, "1e-5"],
  [3.25e-9, "3.25e-9"],
  [12345.678, "12,346"],
  [1234.5678, "1,234.6"],
  [-2.5, "-2.5"],
  [1.5e12 + 0.5, "1,500,000,000,001"],
  [1_795_999_123.25, "1,795,999,123"],
  [2 ** 70, "1.1806e21"],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "−∞"],
  [12345678901234567890n, "12,345,678,901,234,567,890"],
  [-1234n, "-1,234"],
])("%s is written %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  [-5, "just now"],
  [59, "just now"],
  [60, "1 min ago"],
  [7200, "2 h ago"],
  [86_400 * 3, "3 d ago"],
  [86_400 * 70, "2 mo ago"],
  [86_400 * 800, "2 y ago"],
])("what was %s seconds ago was %s", (seconds, text) => {
  const now = new Date("2026-11-26T00:00:00Z");
  expect(ageText(new Date(now.getTime() - seconds * 1000), now)).toBe(text);
});

test("cells are short, and know the whole", () => {
  expect(cellText(0.123456789)).toEqual({ text: "0.12346", whole: "0.123456789", kind: "number" });
  expect(cellText(1234)).toEqual({ text: "1,234", kind: "number" });
  expect(cellText("x".repeat(60))).toEqual({
    text: `${"x".repeat(47)}…`,
    whole: "x".repeat(60),
    kind: "text",
  });
  expect(cellText({ a: [1, "b"], c: null })).toEqual({ text: '{"a": [1, "b"], "c":null}', kind: "nested" });
  expect(cellText({ _type: "image-file", path: "a.png" })).toEqual({ text: "image-file", kind: "nested" });
  expect(cellText(undefined)).toEqual({ text: "", kind: "absent" });
});
