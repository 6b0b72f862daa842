import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { graphql } from "../support/graphql.ts";
import { BIN, startServerProcess, temporaryFolder } from "../support/server.ts";
import { askHistory, beginRun, logLines } from "./server-support.ts";

const COUNT = 60_000;
const BATCH = 10_000;

const OFFERED = `{ project(name: "exports", entityName: "local") { run(name: "r") {
  parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData } } } }`;
const PAGE = `query ($min: Int64, $max: Int64) { project(name: "exports", entityName: "local") { run(name: "r") {
  historyLineCount history(minStep: $min, maxStep: $max, samples: 1000) } } }`;

const offered = async (url: string): Promise<string[]> =>
  (await graphql(url, OFFERED)).project.run.parquetHistory.parquetUrls;
const bytesOf = async (url = "") => Buffer.from(await (await fetch(url)).arrayBuffer());
const lineOf = (step: number) => JSON.stringify({ _step: step, loss: 1 / (step + 1), name: `row ${step}` });

async function writeRun(url: string): Promise<void> {
  await beginRun(url, "r");
  for (let offset = 0; offset < COUNT; offset += BATCH) {
    const lines = Array.from({ length: BATCH }, (_, index) => lineOf(offset + index));
    await logLines(url, "r", { offset, lines, ends: offset + BATCH === COUNT });
  }
}

async function kill({ child }: Awaited<ReturnType<typeof startServerProcess>>): Promise<void> {
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}

/** Waits until something on disk is so. */
const until = (is: () => boolean) => expect.poll(is, { interval: 5, timeout: 60_000 }).toBe(true);

test("a server that is killed while it makes a file makes it anew, and keeps what it offered", async () => {
  const dataDir = temporaryFolder();
  const folder = join(dataDir, "exports");
  let server = await startServerProcess(dataDir, 0, "--parquet");
  await writeRun(server.url);

  const failed = expect(offered(server.url)).rejects.toThrow();
  await until(() => existsSync(folder) && readdirSync(folder).length > 0);
  await kill(server);
  await failed;
  expect(readdirSync(folder)).toHaveLength(1); // what it was writing

  server = await startServerProcess(dataDir, 0, "--parquet");
  expect(readdirSync(folder)).toEqual([]);
  const [url] = await offered(server.url);
  const bytes = await bytesOf(url);
  await kill(server);

  server = await startServerProcess(dataDir, server.port, "--parquet");
  expect(await offered(server.url)).toEqual([url]);
  expect(await bytesOf(url)).toEqual(bytes);
  const [{ steps }] = (await askHistory(server.url, "local/exports/r", [{ download: true }])) as [
    { steps: number[][] },
  ];
  expect(steps).toEqual([Array.from({ length: COUNT }, (_, step) => step)]);
});

test("a server that is killed while it brings an old folder up to date does so at the next start", async () => {
  const dataDir = temporaryFolder();
  const first = await startServerProcess(dataDir);
  await writeRun(first.url);
  first.child.kill("SIGTERM");
  await once(first.child, "close");
  makeOld(dataDir);

  const killed = spawn(process.execPath, [BIN, "--data", dataDir, "--port", "0"], { stdio: "ignore" });
  const closed = once(killed, "close");
  await until(() => existsSync(join(dataDir, "lazyruns.db-wal"))); // it has begun to write
  killed.kill("SIGKILL");
  await closed;

  const second = await startServerProcess(dataDir);
  const range = { min: 41_000, max: 41_003 };
  const { historyLineCount, history } = (await graphql(second.url, PAGE, range)).project.run;
  expect(historyLineCount).toBe(COUNT);
  expect(history.map((line: string) => JSON.parse(line)._step)).toEqual([41_000, 41_001, 41_002]);
});

/** Makes a folder what a server of format 3 wrote. */
function makeOld(dataDir: string): void {
  const require = createRequire(new URL("../../packages/local-server/package.json", import.meta.url));
  const Database = require("libsql");
  const database = new Database(join(dataDir, "lazyruns.db"));
  for (const table of ["steps", "history_facts", "exports"]) database.exec(`DROP TABLE ${table}`);
  database.exec("PRAGMA user_version = 3");
  database.close();
}
