import { expect, it, onTestFinished } from "vitest";
import { Api } from "../../api.ts";
import { faultServer, TEST_KEY } from "../../testing/fault-server.ts";
import { type ScanHabits, type ScanModelRun, scanAnswer } from "../../testing/scan-project.ts";

async function serve(runs: readonly ScanModelRun[], habits?: ScanHabits) {
  const { url, requests } = await faultServer((request, response) => {
    response.end(scanAnswer(request, runs, habits));
    return undefined;
  });
  const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
  onTestFinished(() => api.close());
  return { api, requests };
}

const rows = (count: number, every = 1) =>
  Array.from({ length: count }, (_, index) => ({ _step: index * every, loss: 1 / (index + 1) }));

it("gives every row of a run in the order of its steps", async () => {
  const history = rows(2500);
  const { api } = await serve([{ id: "abc", history }]);
  const run = await api.run("team/digits/abc");
  const given = [];
  for await (const table of run.scanHistory({ batchRows: 600 })) given.push(table.toRows());
  expect(given.map(({ length }) => length)).toEqual([600, 600, 600, 600, 100]);
  expect(given.flat()).toEqual(history.map((row) => ({ run_id: "abc", ...row })));
});

it("gives the rows of all runs, each run's last batch marked", async () => {
  const runs = [
    { id: "a", history: rows(700) },
    { id: "b", history: [] },
    { id: "c", history: rows(5, 300) },
  ];
  const { api } = await serve(runs);
  const given = [];
  for await (const batch of api.runs("team/digits").scanHistories({ batchRows: 500, keys: ["loss"] })) {
    given.push([batch.run.id, batch.table.numRows, batch.isLast]);
  }
  expect(given).toEqual([
    ["a", 500, false],
    ["a", 200, true],
    ["b", 0, true],
    ["c", 5, true],
  ]);
});
