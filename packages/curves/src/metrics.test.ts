import { expect, test } from "vitest";
import { byInterest, isMetric } from "./metrics.ts";

const RUNS = [
  { start: 0, end: 3 },
  { start: 3, end: 6 },
];
const column = (name: string, ...values: number[]) => ({ name, values: Float64Array.from(values) });
const NONE = Number.NaN;

test("W&B's own columns and what a run has once are no metrics", () => {
  expect(["loss", "configured", "summary"].filter(isMetric)).toEqual(["loss", "configured", "summary"]);
  expect(["_step", "config.lr", "summary.loss", "createdAt", "historyLineCount"].filter(isMetric)).toEqual(
    [],
  );
});

test("what changes in most runs comes first, then what has more values; what never changes isn't there", () => {
  const once = column("once", 1, NONE, NONE, 2, NONE, NONE); // no run has two to tell
  const seldom = column("seldom", 1, 2, NONE, 1, 2, NONE);
  const often = column("often", 1, 2, 3, 1, 2, 3);
  const fixed = column("fixed", 7, 7, 7, 8, 8, 8);
  const text = { name: "text", values: undefined };
  expect(byInterest([fixed, once, seldom, text, often, column("empty", NONE)], RUNS)).toEqual([
    "often",
    "seldom",
    "once",
  ]);
  expect(byInterest([fixed, text], RUNS)).toEqual(["fixed"]);
});
