import { describe, expect, it } from "vitest";
import { ProtocolError } from "../../errors.ts";
import type { ModelRow } from "../../testing/model-project.ts";
import { scanServer } from "../../testing/scan-server.ts";
import type { HistoryTable } from "../table/history-table.ts";

function rows(count: number, every: number, from = 0): ModelRow[] {
  return Array.from({ length: count }, (_, index) => ({ _step: from + index * every, loss: index / 4 }));
}

async function stepsOf(tables: AsyncIterable<HistoryTable>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const table of tables) for (const { _step } of table.toRows() as ModelRow[]) all.push(_step);
  return all;
}

/** Whole, and by key, where no count tells. */
const questions = [{}, { keys: ["loss"] }];

describe("a server that gives fewer rows than it is asked for", () => {
  it.each([
    [334, 3],
    [500, 2],
    [250, 4],
  ])(
    "is found out though it gave as many and they were all: %i rows of every %i. step",
    async (mostRows, every) => {
      // The windows of the first stretch have just as many rows as the server gives; those of the second have more.
      const history = [...rows(4000, every), ...rows(12_000, 1, 4000 * every)];
      const serve = await scanServer();
      for (const question of questions) {
        const run = await serve([{ id: "abc", history }], { mostRows }).run("team/digits/abc");
        expect(await stepsOf(run.scanHistory(question))).toEqual(history.map(({ _step }) => _step));
      }
    },
  );

  it.each([300, 500])("is asked for what it gives: %i rows", async (mostRows) => {
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history: rows(20_000, 3) }], { mostRows }).run("team/digits/abc");
    serve.requests.length = 0;
    expect(await stepsOf(run.scanHistory())).toHaveLength(20_000);
    expect(serve.requests.length).toBeLessThan((6 * 20_000) / mostRows);
  });

  it("ends the scan at a step of which it may not give all rows", async () => {
    const ofOneStep = Array.from({ length: 700 }, (_, index) => ({ _step: 1000, loss: index }));
    const history = [...rows(1000, 1), ...ofOneStep, ...rows(20_000, 1, 1001)];
    const serve = await scanServer();
    for (const question of questions) {
      const run = await serve([{ id: "abc", history }], { mostRows: 300 }).run("team/digits/abc");
      await expect(stepsOf(run.scanHistory(question))).rejects.toThrow(ProtocolError);
      const all = await serve([{ id: "abc", history }]).run("team/digits/abc");
      expect(await stepsOf(all.scanHistory(question))).toHaveLength(21_700);
    }
  });
});

it("reads on behind a last step that lags, where no count tells that rows are missing", async () => {
  const history = rows(3456, 2);
  const fields = { historyKeys: { lastStep: 100, keys: {} } };
  const serve = await scanServer();
  const run = await serve([{ id: "abc", history, fields }]).run("team/digits/abc");
  for (const question of [{ keys: ["loss"] }, { minStep: 0 }, { maxStep: 10_000 }]) {
    expect(await stepsOf(run.scanHistory(question))).toHaveLength(3456);
  }
});
