import { expect, test } from "vitest";
import { testServer } from "../support/server.ts";
import { askHistory, beginRun, logLines } from "./server-support.ts";

const PATH = "local/exports/r";
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `{"_step":${from + index},"loss":0.5}`);
const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const BOTH = [{ download: true }, { download: false }] as const;
const file = (number: number) => `local_exports_r_${number}.runhistory.parquet`;

test("the real client downloads the files of a run that went on", async () => {
  const { server } = await testServer({ parquet: true });
  const { url } = server;
  await beginRun(url, "r");
  await logLines(url, "r", { lines: lines(0, 10) });
  const none = { names: [], live: true, errors: 0, steps: [] };
  expect(await askHistory(url, PATH, BOTH)).toEqual(["incomplete", none]);

  await logLines(url, "r", { offset: 10, lines: lines(10, 20), ends: true });
  const first = { names: [file(0)], live: false, errors: 0, steps: [steps(0, 20)] };
  expect(await askHistory(url, PATH, BOTH)).toEqual([first, first]);

  await beginRun(url, "r");
  await logLines(url, "r", { offset: 20, lines: lines(20, 25) });
  expect(await askHistory(url, PATH, BOTH)).toEqual(["incomplete", { ...first, live: true }]);

  await logLines(url, "r", { offset: 25, lines: lines(25, 30), ends: true });
  const both = { names: [file(0), file(1)], live: false, errors: 0, steps: [steps(0, 20), steps(20, 30)] };
  expect(await askHistory(url, PATH, BOTH)).toEqual([both, both]);
});

test("without --parquet there is nothing to download, and the client is told that rows are live", async () => {
  const { server } = await testServer();
  await beginRun(server.url, "r");
  await logLines(server.url, "r", { lines: lines(0, 10), ends: true });
  const none = { names: [], live: true, errors: 0, steps: [] };
  expect(await askHistory(server.url, PATH, BOTH)).toEqual(["incomplete", none]);
});
