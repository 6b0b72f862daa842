import { expect, test } from "vitest";
import { duration } from "./details.ts";

test.each([
  [0.2, "1 ms"],
  [999, "999 ms"],
  [7500, "7.5 s"],
  [60_000, "60 s"],
  [90_000, "1.5 min"],
  [3_600_000, "1 h"],
  [86_400_000, "1 d"],
  [1e12, "11574.1 d"],
])("%d milliseconds read as %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
