import fc from "fast-check";
import { expect, test } from "vitest";
import { durationText, durationTexts } from "./duration-text.ts";
import { numberText } from "./number-text.ts";

test.each<[number | bigint, string, string]>([
  [0, "0", "0"],
  [-0, "0", "0"],
  [0.123456789, "0.12346", "0.123456789"],
  [1234.5678, "1,234.6", "1234.5678"],
  [1234567, "1,234,567", "1234567"],
  [123456.789, "123,457", "123456.789"],
  [3e-5, "3e-5", "0.00003"],
  [1.23456e-7, "1.2346e-7", "1.23456e-7"],
  [-1.2345678e-9, "-1.2346e-9", "-1.2345678e-9"],
  [1e21, "1e21", "1e+21"],
  [Number.NaN, "NaN", "NaN"],
  [-Infinity, "−∞", "−∞"],
  [2n ** 60n, "1,152,921,504,606,846,976", "1152921504606846976"],
])("the number %s", (value, short, full) => {
  expect(numberText(value)).toBe(short);
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

test.each([
  [0, "0s"],
  [0.4, "0.40s"],
  [0.556, "0.56s"],
  [9, "9s"],
  [12.344, "12.34s"],
  [0.0034, "0.0034s"],
  [3e-7, "3e-7s"],
  [59.994, "59.99s"],
  [59.996, "1m"],
  [60, "1m"],
  [65.5, "1m 6s"],
  [754, "12m 34s"],
  [3600, "1h"],
  [7260, "2h 1m"],
  [3605, "1h"],
  [86_399.9, "1d"],
  [183_600, "2d 3h"],
  [86_400_000, "1,000d"],
  [-90, "−1m 30s"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "∞"],
])("%d seconds are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test("lengths along an axis are told apart, and no longer than that takes", () => {
  expect(durationTexts([0, 0.5, 1])).toEqual(["0s", "0.5s", "1s"]);
  expect(durationTexts([0, 30, 60])).toEqual(["0s", "30s", "1m"]);
  expect(durationTexts([60.2, 60.4])).toEqual(["60.2s", "60.4s"]);
  expect(durationTexts([86_400, 86_430])).toEqual(["86,400s", "86,430s"]);
});

test.each([
  [0, "0s"],
  [0.556, "0.556s"],
  [59.999, "59.999s"],
  [60, "1m"],
  [60.1, "1m 0.1s"],
  [3661.0625, "1h 1m 1.0625s"],
  [-90_061.5, "−1d 1h 1m 1.5s"],
  [86_400_000, "1,000d"],
  [1e300, "1e+300s"],
  [1e-9, "1e-9s"],
  [Number.NaN, "NaN"],
])("%s seconds with all digits", (seconds, text) => {
  expect(durationText(seconds, "full")).toBe(text);
});
