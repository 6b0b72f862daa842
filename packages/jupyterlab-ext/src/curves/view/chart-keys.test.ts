import { expect, test } from "vitest";
import type { Curve } from "../model/curves.ts";
import { keyAction } from "./chart-keys.ts";

const curve: Curve = {
  key: "a",
  label: "a",
  x: Float64Array.of(0, 1, 4, 10),
  y: Float64Array.of(1, 2, 3, 4),
  raw: undefined,
  gaps: new Float64Array(0),
};
const at = (cursor: number | undefined, logX = false) => ({
  curves: [curve],
  window: [0, 10] as const,
  cursor,
  logX,
});

test.each([
  ["ArrowRight", undefined, 0],
  ["ArrowRight", 0, 1],
  ["ArrowRight", 2.9, 4],
  ["ArrowLeft", undefined, 10],
  ["ArrowLeft", 10, 4],
  ["Home", 4, 0],
  ["End", 0, 10],
])("%s from %s moves to %d", (key, cursor, x) => {
  expect(keyAction(key, at(cursor))).toEqual({ do: "move", x });
});

test("keys at the ends, and those of others, do nothing", () => {
  expect(keyAction("ArrowRight", at(10))).toBeUndefined();
  expect(keyAction("ArrowRight", { ...at(1), window: [0, 2] })).toBeUndefined();
  expect(keyAction("a", at(1))).toBeUndefined();
  expect(keyAction("Tab", at(1))).toBeUndefined();
});

test("plus and minus zoom around the cursor, which stays in its place", () => {
  const closer = keyAction("+", at(4));
  if (closer?.do !== "zoom") throw new Error("it doesn't zoom");
  const [low, high] = closer.x;
  expect(high - low).toBeCloseTo(6);
  expect((4 - low) / (high - low)).toBeCloseTo(0.4);
  const back = keyAction("-", { ...at(4), window: closer.x });
  expect(back).toEqual({ do: "zoom", x: [expect.closeTo(0), expect.closeTo(10)] });
  const log = keyAction("+", { ...at(undefined, true), window: [1, 100] });
  expect(log).toEqual({ do: "zoom", x: [expect.closeTo(10 ** 0.4), expect.closeTo(10 ** 1.6)] });
  expect(keyAction("Escape", at(4))).toEqual({ do: "reset" });
});
