import { describe, expect, it } from "vitest";
import { ConfigurationError, ProtocolError } from "../../errors.ts";
import { modelExports } from "../../testing/model-exports.ts";
import type { ModelRow } from "../../testing/model-project.ts";
import { operationOf } from "../../testing/run-server.ts";
import { scanServer } from "../../testing/scan-server.ts";
import type { HistoryTable } from "../table/history-table.ts";
import type { ScanOptions } from "./options.ts";

const history: ModelRow[] = Array.from({ length: 20_000 }, (_, step) => ({ _step: step, loss: step / 4 }));
const wanted = history.map((row) => ({ run_id: "abc", ...row }));

async function rowsOf(tables: AsyncIterable<HistoryTable>, given: object[] = []): Promise<object[]> {
  for await (const table of tables) given.push(...table.toRows());
  return given;
}

/** A run of which rows go from pages into a file of their own, when so many pages were answered. */
async function movingRun(moves: readonly { readonly atPage: number; readonly to: number }[]) {
  const exported: ModelRow[] = [];
  const urls: string[] = [];
  const files: (readonly ModelRow[])[] = [];
  const move = (to: number) => {
    const rows = history.slice(exported.length, to);
    exported.push(...rows);
    urls.push(`https://files/${files.length}?signed`);
    files.push(rows);
  };
  const left = [...moves];
  let pages = 0;
  const serve = await scanServer((request) => {
    if (operationOf(request) !== "RunRows") return;
    pages++;
    while ((left[0]?.atPage ?? Number.POSITIVE_INFINITY) <= pages) move(left.shift()?.to as number);
  });
  while (left[0]?.atPage === 0) move(left.shift()?.to as number);
  const fileOf = (url: string) => files[Number(/(\d+)\?/.exec(url)?.[1])] ?? [];
  const api = serve([{ id: "abc", history, exported, urls }]);
  return { run: await api.run("team/digits/abc"), fileOf };
}

describe("rows that go from pages into files while they are read", () => {
  const questions: readonly ScanOptions[] = [
    {},
    { keys: ["loss"] },
    { minStep: 0 },
    { minStep: 700, maxStep: 19_300, batchRows: 1000 },
  ];
  it.each(questions)("come once and in order: %j", async (options) => {
    const { minStep = 0, maxStep = history.length } = options;
    for (const moves of [
      [{ atPage: 6, to: 20_000 }],
      [{ atPage: 19, to: 20_000 }],
      [
        { atPage: 0, to: 2000 },
        { atPage: 6, to: 20_000 },
      ],
      [
        { atPage: 4, to: 9500 },
        { atPage: 30, to: 15_000 },
      ],
    ]) {
      const { run, fileOf } = await movingRun(moves);
      modelExports(fileOf);
      expect(await rowsOf(run.scanHistory(options))).toEqual(wanted.slice(minStep, maxStep));
    }
  });

  it("are never left out without a word where nothing reads files", async () => {
    const { run } = await movingRun([{ atPage: 6, to: 20_000 }]);
    const given: object[] = [];
    await expect(rowsOf(run.scanHistory({ keys: ["loss"], batchRows: 500 }), given)).rejects.toThrow(
      ConfigurationError,
    );
    expect(given).toEqual(wanted.slice(0, given.length));
  });

  it("end the scan when they move each time", async () => {
    let asked = 0;
    const urls: string[] = [];
    const serve = await scanServer(({ query }) => {
      if (query.includes("parquetHistory")) urls.push(`https://files/${asked++}`);
    });
    modelExports(() => []);
    const run = await serve([{ id: "abc", history, urls }]).run("team/digits/abc");
    const scan = rowsOf(run.scanHistory({ keys: ["loss"] }));
    await expect(scan).rejects.toThrow(ProtocolError);
    await expect(scan).rejects.toThrow("again and again");
  });
});

it("isn't misled by files whose addresses change", async () => {
  let asked = 0;
  const urls = ["https://files/0/a"];
  const serve = await scanServer(() => {
    urls[0] = `https://files/${asked++}/a`;
  });
  const exported = history.slice(0, 5000);
  modelExports(() => exported);
  const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
  expect(await rowsOf(run.scanHistory({ keys: ["loss"] }))).toEqual(wanted);
});
