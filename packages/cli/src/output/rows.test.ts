import { expect, test } from "vitest";
import { batchOf, withColumns } from "./rows.ts";

async function* batchesOf(...columns: string[][]) {
  for (const names of columns) yield batchOf(names, []);
}

async function count(columns: string[][]) {
  const rows = await withColumns({ columnsOfNone: ["run_id"], batches: batchesOf(...columns) });
  let batches = 0;
  for await (const _ of rows.batches) batches++;
  return { columns: rows.columns, batches };
}

test("columns are those of the first batch, or those that are told where there is none", async () => {
  expect(
    await count([
      ["a", "b"],
      ["a", "b"],
    ]),
  ).toEqual({ columns: ["a", "b"], batches: 2 });
  expect(await count([])).toEqual({ columns: ["run_id"], batches: 0 });
});

test("a batch with other columns isn't written in part", async () => {
  await expect(count([["a"], ["a", "b"]])).rejects.toThrow("Columns changed from a to a, b.");
});

test("what gives the batches is told when nobody wants more", async () => {
  let isLeft = false;
  async function* batches() {
    try {
      for (;;) yield batchOf(["a"], []);
    } finally {
      isLeft = true;
    }
  }
  const rows = await withColumns({ columnsOfNone: [], batches: batches() });
  for await (const _ of rows.batches) break;
  expect(isLeft).toBe(true);
});
