import type { HistoryTable } from "@lazyruns/core";
import { tableFromIPC } from "@uwdata/flechette";
import { expect, test } from "vitest";
import { buildChunk } from "../../../core/src/history/table/build-chunk.ts";
import { makeTable } from "../../../core/src/history/table/history-table.ts";
import { planFrame } from "../columns/plan.ts";
import { ipcStream } from "./ipc-stream.ts";

test("every type arrives, and null and NaN stay apart", () => {
  const rows = [
    {
      _step: 0,
      loss: 1.5,
      ok: true,
      t: "hé",
      n: null,
      j: { a: 1 },
      big: 2n ** 60n,
      _timestamp: 1700000000.5,
    },
    { _step: 1, loss: Number.NaN, ok: false, t: "", n: null, j: [1], _timestamp: Number.NaN },
    { _step: 2 },
  ];
  const table = makeTable([
    { run: { id: "r1", entity: "team", project: "p" }, chunk: buildChunk(rows) },
  ]) as unknown as HistoryTable;
  const { numRows, columnNames } = table;
  const source = {
    numRows,
    columnNames,
    column: (name: string) => table.column(name),
    batches: () => [table],
  };
  const warnings: string[] = [];
  const options = { datetimes: true, onWarning: (message: string) => warnings.push(message) };
  const plan = planFrame(source, options, { name: "Arrow" });
  const read = tableFromIPC(ipcStream(plan, table, table), { useBigInt: true }).toArray();
  plan.warner.finish();
  const nothing = { _timestamp: null, big: null, j: null, loss: null, n: null, ok: null, t: null };
  const expected = [
    { ...nothing, run_id: "r1", _step: 0n, loss: 1.5, ok: true, t: "hé", j: '{"a":1}', big: 2n ** 60n },
    { ...nothing, run_id: "r1", _step: 1n, loss: Number.NaN, ok: false, t: "", j: "[1]" },
    { ...nothing, run_id: "r1", _step: 2n },
  ].map((row, index) => ({ ...row, _timestamp: index === 0 ? 1700000000500 : null }));
  expect(read).toEqual([...expected, ...expected]);
  expect(warnings).toEqual([
    'Column "_timestamp" became datetimes, and 2 values that are no dates are null there.',
  ]);
});
