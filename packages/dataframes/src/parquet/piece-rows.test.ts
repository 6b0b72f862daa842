import { HistoryTable } from "@lazyruns/core";
import { expect, test } from "vitest";
import { pieceRows } from "./piece-rows.ts";

function table(dtype: "utf8" | "json", values: readonly string[]): HistoryTable {
  const ids = values.map(() => "r");
  return HistoryTable.fromColumns(ids, [{ name: "x", dtype, values, validity: null }]);
}

test("nested values with whole numbers beyond 2^53 are measured like any", () => {
  expect(pieceRows(table("json", ['{"n":9007199254740993}', "1", "9007199254740993", "NaN"]))).toBe(65_536);
});

test("text is measured in bytes, not in the units of JavaScript's strings", () => {
  const latin = pieceRows(table("utf8", ["x".repeat(30_000)]));
  const chinese = pieceRows(table("utf8", ["数".repeat(30_000)]));
  expect(latin / chinese).toBeCloseTo(3, 1);
});
