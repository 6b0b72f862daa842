import { HistoryTable } from "@lazyruns/core";
import { expect, test } from "vitest";
import type { HistoryOutput } from "../../mime.ts";
import { runsHistoryJson } from "./runs-history-json.ts";

/** Rows whose times and metric were sampled apart: a gap is NaN. */
function table(rows: readonly (readonly [id: string, step: number, runtime: number, loss: number])[]) {
  const column = (name: string, at: 1 | 2 | 3) => {
    const validity = new Uint8Array(Math.ceil(rows.length / 8));
    for (const [row, values] of rows.entries())
      if (!Number.isNaN(values[at])) validity[row >> 3] = (validity[row >> 3] ?? 0) | (1 << (row & 7));
    return { name, dtype: "float64" as const, values: Float64Array.from(rows, (row) => row[at]), validity };
  };
  return HistoryTable.fromColumns(
    rows.map(([id]) => id),
    [column("_step", 1), column("_runtime", 2), column("loss", 3)],
  );
}

function columns(output: HistoryOutput) {
  return Object.fromEntries(output.columns.map(({ name, values }) => [name, values]));
}

const NO = Number.NaN;
const names = new Map([
  ["a", "a"],
  ["b", "b"],
]);

test("a metric's row has its time, or that between the rows next to it, of its own run", () => {
  const output = runsHistoryJson(
    table([
      ["a", 0, NO, 1],
      ["a", 10, 100, NO],
      ["a", 15, NO, 2],
      ["a", 18, NO, 3],
      ["a", 20, 200, NO],
      ["a", 30, 250, 4],
      ["b", 0, 7, 5],
      ["b", 9, NO, 6],
    ]),
    names,
    { keys: ["loss", "nope"] },
  );
  expect(columns(output)).toEqual({
    _step: [0, 15, 18, 30, 0, 9],
    _runtime: [null, 150, 180, 250, 7, null],
    loss: [1, 2, 3, 4, 5, 6],
  });
  // Rows that were there for their times alone don't count.
  expect(output).toMatchObject({ rows: "all", totalRows: 6, numRows: 6 });
  expect(output.runs.map(({ numRows }) => numRows)).toEqual([4, 2]);
});
