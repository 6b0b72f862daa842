import { HistoryTable } from "@lazyruns/core";
import { describe, expect, test } from "vitest";
import type { StoredFile } from "../dataset/stored-file.ts";
import { lastStepOf, laterStep } from "./last-step.ts";
import { withoutLast } from "./read-stage.ts";

function tableOf(...steps: bigint[]): HistoryTable {
  const ids = steps.map(() => "a");
  const values = BigInt64Array.from(steps);
  return HistoryTable.fromColumns(ids, [{ name: "_step", dtype: "int64", values, validity: null }]);
}

describe("the step at which a run's staged rows end", () => {
  test.each([
    [[0n, 1n, 2n], { lastStep: 2, atLast: 1 }],
    [[0n, 2n, 2n], { lastStep: 2, atLast: 2 }],
    [[5n], { lastStep: 5, atLast: 1 }],
    [[], {}],
    [[2n ** 60n], {}],
  ])("of rows, %#", (steps, end) => {
    expect(lastStepOf(tableOf(...steps))).toEqual(end);
  });

  test("isn't there for rows without steps", () => {
    expect(lastStepOf(HistoryTable.fromColumns(["a"], []))).toEqual({});
  });

  test("of pieces that follow one another", () => {
    const before = { lastStep: 3, atLast: 2 };
    expect(laterStep(before, { lastStep: 4, atLast: 1, rows: 9 })).toEqual({ lastStep: 4, atLast: 1 });
    expect(laterStep(before, { lastStep: 3, atLast: 5, rows: 5 })).toEqual({ lastStep: 3, atLast: 7 });
    expect(laterStep(before, { rows: 0 })).toEqual(before);
    expect(laterStep(before, { rows: 2 })).toEqual({ lastStep: undefined, atLast: 0 });
  });
});

test("the last rows are taken off the last slices", () => {
  const file: StoredFile = { path: "", rows: 9, bytes: 1, sha256: "", columns: [], runs: [], inexact: [] };
  const slices = [
    { file, start: 0, rows: 4 },
    { file, start: 6, rows: 3 },
  ];
  expect(withoutLast(slices, 0)).toEqual(slices);
  expect(withoutLast(slices, 2)).toEqual([slices[0], { file, start: 6, rows: 1 }]);
  expect(withoutLast(slices, 5)).toEqual([{ file, start: 0, rows: 2 }]);
  expect(withoutLast(slices, 99)).toEqual([]);
});
