import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeRuns } from "../reading/write-runs.ts";
import { runCli } from "../support/cli.ts";
import { demoServer } from "../support/demo-server.ts";
import { duckdb } from "../support/duckdb.ts";
import { graphql } from "../support/graphql.ts";
import { API_KEY } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";

const demo = demoServer();

test("export writes what was asked for: filters, keys, streams", async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runCli(
    [
      "export",
      "local/digits",
      "--out",
      "some",
      "--filter",
      "state=finished",
      "--keys",
      "val/loss",
      "--no-system",
      "--json",
    ],
    { env: demo.env, cwd },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const finished = await demo.api.runs("local/digits", { filters: { state: "finished" } }).toArray();
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    runs: finished.length,
    fetchedRuns: finished.length,
    systemRows: 0,
    vanished: [],
  });
  const shown = readdirSync(join(cwd, "some")).filter((name) => !name.startsWith("."));
  expect(shown.sort()).toEqual(["history", "manifest.json", "runs"]);
  const history = `'${join(cwd, "some/history/*.parquet")}'`;
  const [counts] = await duckdb(
    `SELECT count(*) AS n, count("val/loss") AS losses, count(DISTINCT run_id) AS runs FROM ${history}`,
  );
  expect(counts).toEqual({ n: BigInt(result.rows), losses: counts?.n, runs: expect.any(BigInt) });
  expect(
    await duckdb(`SELECT DISTINCT column_name FROM (DESCRIBE SELECT * FROM ${history}) ORDER BY ALL`),
  ).toEqual(["_step", "run_id", "val/loss"].map((column_name) => ({ column_name })));
});

test("export warns of metrics that no run has", async () => {
  const args = ["export", "local/digits", "--out", "some", "--keys", "train/lsos,val/loss"];
  const { code, stdout, stderr } = await runCli(args, { env: demo.env });
  expect([code, stderr]).toEqual([
    0,
    'warning: none of the runs has logged the metric "train/lsos". Did you mean "train/loss"?\n',
  ]);
  expect(stdout).toMatch(/^some: 24 runs, [1-9]/);
});

test("export again says what changed, names runs that are gone, and takes them out when asked to", async () => {
  const { server, api } = await testServer();
  await writeRuns(server.url, "local/p", { runs: 3, steps: 4 });
  const env = { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
  const cwd = temporaryFolder();
  const lazyruns = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(args, { env, cwd });
    expect([code, stderr]).toEqual([0, ""]);
    return stdout;
  };
  expect(await lazyruns("export", "local/p", "--out", "p")).toMatch(
    /^p: 3 runs, 12 rows of history, 3 rows of machine metrics, [\d.]+ kB\nfetched 3 runs, 0 unchanged\n$/,
  );
  const query = `{ project(name: "p", entityName: "local") { run(name: "run-1") { id } } }`;
  const { id } = (await graphql(server.url, query)).project.run;
  await graphql(server.url, "mutation D($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }", {
    id,
  });
  expect(await api.runs("local/p").length).toBe(2);
  expect(await lazyruns("export", "local/p", "--out", "p")).toMatch(
    /fetched 0 runs, 2 unchanged\nnot on the server any more, kept \(--prune takes them out\): run-1\n$/,
  );
  expect(await lazyruns("verify", "p")).toMatch(
    /^verified: .* 3 runs, 12 rows of history\nnot on the server any more: run-1\n$/,
  );
  expect(await lazyruns("export", "local/p", "--out", "p", "--prune", "--verify")).toMatch(
    /^p: 2 runs, 8 rows[\s\S]*taken out: run-1\nverified: .* 2 runs, 8 rows of history\n$/,
  );
});

test("verify names what is wrong, and ends with 1", async () => {
  const cwd = temporaryFolder();
  await runCli(["export", "local/digits", "--out", "digits"], { env: demo.env, cwd });
  const [part = ""] = readdirSync(join(cwd, "digits/history"));
  const file = join(cwd, "digits/history", part);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
  writeFileSync(file, bytes);
  const { code, stdout } = await runCli(["verify", "digits", "--offline"], { env: demo.env, cwd });
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^wrong, of 3 files[\s\S]*history\/part-/)]);
  const json = await runCli(["verify", "digits", "--offline", "--json"], { env: demo.env, cwd });
  expect([json.code, JSON.parse(json.stdout).ok]).toEqual([1, false]);
});
