// What test-matrix runs under each Node, in a project where the packed packages are installed:
// node smoke.mjs RUNS. Prints one line and ends with 0 when all is well.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as esm from "@lazyruns/core";
import * as frames from "@lazyruns/dataframes";
import * as exporting from "@lazyruns/export";
import * as server from "@lazyruns/local-server";
import { urlIn } from "./listening.mjs";

const KEY = "smoke".repeat(8);
const require = createRequire(import.meta.url);

// Both copies live in one process.
const cjs = require("@lazyruns/core");
assert.notEqual(esm.Api, cjs.Api);
assert.equal(typeof server.startServer, "function");
assert.equal(typeof require("@lazyruns/local-server").startServer, "function");

const dataDir = await mkdtemp(path.join(tmpdir(), "lazyruns-smoke-"));
const bin = path.join(
  path.dirname(require.resolve("@lazyruns/local-server/package.json")),
  "bin/lazyruns-server.mjs",
);
const args = [bin, "--data", dataDir, "--port", "0", "--import", process.argv[2] ?? ""];
const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
const ended = once(child, "close");
process.once("exit", () => child.kill("SIGKILL"));
let url = "";
try {
  url = await listening();
  const seen = [];
  for (const { Api } of [esm, cjs]) {
    const api = new Api({ baseUrl: url, apiKey: KEY });
    const runs = api.runs("local/digits");
    const names = (await runs.toArray()).map((run) => run.name);
    const full = await (await runs.upgradeToFull()).toArray();
    const rows = await runs.histories({ keys: ["train/loss"], samples: 20 });
    assert.equal(names.length, await runs.length);
    assert.ok(names.length > 0, "no runs were imported");
    assert.ok(full.every((run) => typeof run.config.steps === "number"));
    assert.ok(rows.every((row) => typeof row["train/loss"] === "number"));
    assert.equal(new Set(rows.map((row) => row.run_id)).size, names.length);
    seen.push({ names, rows });
    await api.close();
  }
  assert.deepEqual(seen[0], seen[1]);
  await frame(seen[0]?.rows.length);
  const rows = await exported(seen[0]?.names.length);
  await commandLine(rows);
  console.log(
    `${seen[0]?.names.length} runs, ${seen[0]?.rows.length} rows, by import and by require; polars, Arrow, Parquet, export, command line`,
  );
} finally {
  child.kill("SIGTERM");
  await ended;
  await rm(dataDir, { recursive: true, force: true });
}
assert.equal(child.exitCode, 0, "the server did not end well");

/** Frames come in the formats that one copy registered, in the other copy too; a Parquet file is written. */
async function frame(/** @type {number | undefined} */ rows) {
  const api = new cjs.Api({ baseUrl: url, apiKey: KEY });
  const runs = api.runs("local/digits");
  const options = { keys: ["train/loss"], samples: 20, columns: /** @type {const} */ (["name"]) };
  const polars = await runs.histories({ ...options, format: "polars" });
  assert.deepEqual([polars.height, polars.columns], [rows, ["run_id", "name", "_step", "train/loss"]]);
  const arrow = await runs.histories({ ...options, format: "arrow" });
  assert.equal(arrow.numRows, rows);
  const parquet = path.join(dataDir, "histories.parquet");
  await frames.writeParquet(await runs.histories({ ...options, format: "table" }), parquet);
  assert.ok((await stat(parquet)).size > 0);
  await api.close();
}

/** The project is exported by one copy, taken up and verified by the other, and has the rows that scans give. */
async function exported(/** @type {number | undefined} */ runs) {
  const [api, other] = [esm, cjs].map(({ Api }) => new Api({ baseUrl: url, apiKey: KEY }));
  const out = path.join(dataDir, "exported");
  const result = await exporting.exportProject("local/digits", { out, api });
  assert.equal(result.runs, runs);
  const copy = require("@lazyruns/export");
  assert.equal((await copy.exportProject("local/digits", { out, api: other })).unchangedRuns, runs);
  const { ok, rows } = await copy.verifyExport(out, { api: other });
  assert.ok(ok);
  let scanned = 0;
  for await (const { table } of api?.runs("local/digits").scanHistories() ?? []) scanned += table.numRows;
  assert.equal(scanned, rows);
  await Promise.all([api?.close(), other?.close()]);
  return rows;
}

/** The command that npm installed lists, reads, exports, and finds all well. */
async function commandLine(/** @type {number} */ rows) {
  const command = path.join(path.dirname(require.resolve("@lazyruns/cli/package.json")), "bin/lazyruns.mjs");
  const env = { ...process.env, WANDB_BASE_URL: url, WANDB_API_KEY: KEY };
  const lazyruns = async (/** @type {string} */ line) =>
    (await promisify(execFile)(process.execPath, [command, ...line.split(" ")], { env, cwd: dataDir }))
      .stdout;
  assert.ok(JSON.parse(await lazyruns("runs local/digits --format json")).length > 0);
  assert.equal(
    (await lazyruns("histories local/digits --all --keys _step --format jsonl")).trim().split("\n").length,
    rows,
  );
  assert.match(
    await lazyruns("export local/digits --out exported --verify"),
    /fetched 0 runs[\s\S]*verified/,
  );
  const { ok, checks } = JSON.parse(await lazyruns("doctor --json"));
  assert.ok(ok, JSON.stringify(checks));
}

async function listening() {
  let output = "";
  for await (const bytes of child.stdout.iterator({ destroyOnReturn: false })) {
    output += bytes;
    const url = urlIn(output);
    if (url !== undefined) return url;
  }
  throw new Error(`The server ended before it listened: ${output}`);
}
