import { stringify } from "@lazyruns/json";
import { describe, expect, it, onTestFinished } from "vitest";
import { Api } from "../../api.ts";
import { ConfigurationError } from "../../errors.ts";
import { faultServer, TEST_KEY } from "../../testing/fault-server.ts";
import { modelExports } from "../../testing/model-exports.ts";
import type { ModelRow } from "../../testing/model-project.ts";
import { operationOf } from "../../testing/run-server.ts";
import { scanAnswer } from "../../testing/scan-project.ts";
import { digits, scanServer } from "../../testing/scan-server.ts";
import type { HistoryTable } from "../table/history-table.ts";

function rows(count: number, from = 0): ModelRow[] {
  return Array.from({ length: count }, (_, index) => ({ _step: from + index, loss: index / 4 }));
}

async function countRows(tables: AsyncIterable<HistoryTable>): Promise<number> {
  let count = 0;
  for await (const table of tables) count += table.numRows;
  return count;
}

const urls = ["https://files/0"];

describe("without a reader of files", () => {
  it("takes pages only where they were seen to hold exported rows", async () => {
    const serve = await scanServer();
    const history = rows(5000);
    // Exported rows may be behind a live one, too: then pages from there on lack some.
    for (const live of [0, 100]) {
      const exported = history.filter(({ _step }) => _step !== live);
      const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
      for (const options of [{ keys: ["loss"] }, { minStep: 10 }, { minStep: 200 }, {}]) {
        await expect(countRows(run.scanHistory(options))).rejects.toThrow(ConfigurationError);
      }
    }
  });
});

describe("a failure to say where exports are", () => {
  const history = rows(5000);
  const exported = history.slice(0, 3000);

  it.each([
    "internal error resolving parquetHistory: storage unavailable",
    "storage quota reached, parquetHistory",
    "parquetHistory: file not found",
  ])("isn't taken for a server that has none: %s", async (message) => {
    let failing = 1;
    const { url } = await faultServer((request, response) => {
      const fails = request.query.includes("parquetHistory") && failing-- > 0;
      const path = ["project", "run", "parquetHistory"];
      const answer = stringify({ data: null, errors: [{ message, path }] });
      response.end(fails ? answer : scanAnswer(request, [{ id: "abc", history, exported, urls }]));
      return undefined;
    });
    modelExports(() => exported);
    const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
    onTestFinished(() => api.close());
    const run = await api.run("team/digits/abc");
    await expect(countRows(run.scanHistory({ keys: ["loss"] }))).rejects.toThrow("parquetHistory");
    expect(await countRows(run.scanHistory({ keys: ["loss"] }))).toBe(5000);
  });

  it.each([
    'Cannot query field "parquetHistory" on type "Run".',
    "Field 'parquetHistory' doesn't exist on type 'Run'",
    'Unknown field "parquetHistory" on type "Run"',
  ])("is told from a server that has none: %s", async (message) => {
    const { url } = await faultServer((request, response) => {
      const isAsked = request.query.includes("parquetHistory");
      response.end(
        isAsked ? stringify({ errors: [{ message }] }) : scanAnswer(request, [{ id: "abc", history }]),
      );
      return undefined;
    });
    const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
    onTestFinished(() => api.close());
    expect(await countRows((await api.run("team/digits/abc")).scanHistory({ keys: ["loss"] }))).toBe(5000);
  });
});

it("reads a run of which the server lists each of very many live rows", async () => {
  const serve = await scanServer();
  const liveData = Array.from({ length: 140_000 }, (_, step) => ({ _step: step }));
  const fields = { parquetHistory: { parquetUrls: [], liveData } };
  const run = await serve([{ id: "abc", history: rows(3000), fields }]).run("team/digits/abc");
  expect(await countRows(run.scanHistory())).toBe(3000);
});

describe("live rows at steps of exported ones", () => {
  const first = rows(2000);
  const live = (more: object): ModelRow[] =>
    rows(2000)
      .slice(1990)
      .map(({ _step }) => ({ _step: _step as number, ...more }));
  const bySteps = (all: readonly ModelRow[]) => [...all].sort((a, b) => Number(a._step) - Number(b._step));

  it("are kept where they hold other metrics", async () => {
    const serve = await scanServer();
    modelExports(() => first);
    for (const repeats of [false, true]) {
      const history = bySteps([...first, ...live({ acc: 1 })]);
      const run = await serve([{ id: "abc", history, exported: first, urls }], { repeats }).run(
        "team/digits/abc",
      );
      expect(await countRows(run.scanHistory())).toBe(2010);
    }
  });

  it("are kept where only metrics that aren't asked for tell them apart", async () => {
    const serve = await scanServer();
    modelExports(() => first);
    const same = rows(2000)
      .slice(1990)
      .map((row) => ({ ...row, acc: 1 }));
    const history = bySteps([...first, ...same]);
    for (const repeats of [false, true]) {
      const run = await serve([{ id: "abc", history, exported: first, urls }], { repeats }).run(
        "team/digits/abc",
      );
      expect(await countRows(run.scanHistory({ keys: ["loss"] }))).toBe(2010);
      expect(await countRows(run.scanHistory())).toBe(2010);
    }
  });

  it("aren't waited for with all exported rows up to them", async () => {
    const steps = 400_000;
    let read = 0;
    let given = 0;
    let most = 0;
    modelExports(() => [], {
      open: async () => ({
        lastStep: steps,
        numRows: steps - 1,
        async *read() {
          for (let at = 1; at < steps; at += 5000) {
            const numRows = Math.min(5000, steps - at);
            read += numRows;
            most = Math.max(most, read - given);
            const values = BigInt64Array.from({ length: numRows }, (_, index) => BigInt(at + index));
            yield { numRows, columns: [{ name: "_step", dtype: "int64", values, validity: null }] };
          }
        },
      }),
    });
    const serve = await scanServer();
    const history = [{ _step: 0 }, { _step: steps - 1 }];
    const fields = { historyLineCount: steps + 1 };
    const run = await serve([{ id: "abc", history, urls, fields }]).run("team/digits/abc");
    for await (const { numRows } of run.scanHistory({ batchRows: 5000 })) given += numRows;
    expect(given).toBe(steps + 1);
    expect(most).toBeLessThan(20_000);
  });
});

it("asks for short runs whose rows are in files, and sparse keys, as for others", async () => {
  const serve = await scanServer();
  const runs = Array.from({ length: 200 }, (_, at) => {
    const history = rows(500).map((row, index) =>
      index % 7 === at % 7 && index > at ? { ...row, acc: index } : row,
    );
    return { id: `r${at}`, history, exported: history, urls: [`https://files/${at}`] };
  });
  const { opened } = modelExports(() => []);
  let count = 0;
  for await (const { table } of digits(serve(runs)).runs.scanHistories({ keys: ["acc"] })) {
    count += table.numRows;
  }
  expect(count).toBe(runs.flatMap(({ history }) => history.filter((row) => "acc" in row)).length);
  expect(opened).toEqual([]);
  expect(serve.requests.filter((request) => operationOf(request) !== "Histories").length).toBeLessThan(10);
});

it("says so when fewer lists of rows come than were asked for", async () => {
  const history = rows(1500);
  const { url } = await faultServer((request, response) => {
    const answer = scanAnswer(request, [{ id: "abc", history }]);
    const { data } = JSON.parse(answer) as { data: { project: { run?: { sampledHistory?: unknown[] } } } };
    data.project.run?.sampledHistory?.pop();
    response.end(stringify({ data } as never));
    return undefined;
  });
  const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
  onTestFinished(() => api.close());
  const run = await api.run("team/digits/abc");
  const scan = run.scanHistory({ keys: ["loss", "acc"], match: "any" });
  await expect(countRows(scan)).rejects.toThrow("1 of 2 lists");
});
