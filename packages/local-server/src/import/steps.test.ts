import { expect, test } from "vitest";
import { mergeObjects, nextStep, shiftStep } from "./steps.ts";

test("the next step follows the summary's, the last row's and the number of rows", () => {
  expect(nextStep("{}", "{}", 0)).toBe(0);
  expect(nextStep("{}", '{"_step":0}', 0)).toBe(1);
  expect(nextStep('{"_step":7}', '{"_step":3}', 2)).toBe(8);
  expect(nextStep('{"_step":7}', '{"_step":30}', 2)).toBe(31);
  expect(nextStep("{}", "{}", 5)).toBe(5);
});

test("a step is shifted, and all else stays to the letter", () => {
  expect(shiftStep('{"a":1.0,"_step":4,"b":NaN}', 10)).toBe('{"a":1.0,"_step":14,"b":NaN}');
  expect(shiftStep('{"a":1.0}', 10)).toBe('{"a":1.0}');
});

test("of a key in both objects the later value counts, whole", () => {
  expect(mergeObjects('{"a":{"x":1},"b":1.0}', '{"c":NaN,"a":{"y":2}}')).toBe(
    '{"a":{"y":2},"b":1.0,"c":NaN}',
  );
});
