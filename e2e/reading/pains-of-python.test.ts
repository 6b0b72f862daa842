import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api, type HistoryTable } from "@lazyruns/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { graphql } from "../support/graphql.ts";
import { API_KEY } from "../support/python.ts";
import { testServer } from "../support/server.ts";
import { countedServer } from "./counted-server.ts";
import { writeRuns } from "./write-runs.ts";

const RUNS = 120;
const PATH = "local/pains";

const counted = countedServer(PATH, { runs: RUNS, steps: 5 });
const { requests } = counted;

describe("what the Python client does badly with 120 runs (wandb 0.31.0), and we must not", () => {
  it("histories: 123 requests, one after another; here at most 6", async () => {
    expect(await counted.api.runs(PATH).histories()).toHaveLength(RUNS * 5);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it("a lazy listing whose configs are read: 123 requests; here a page's runs are loaded together", async () => {
    const indexes: unknown[] = [];
    for await (const run of counted.api.runs(PATH)) indexes.push((await run.load()).config.index);
    expect(indexes).toEqual([...Array(RUNS).keys()]);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it("upgrading: one request a run, again for what is loaded; here a few, and none when loaded", async () => {
    const runs = counted.api.runs(PATH);
    await runs.toArray();
    requests.length = 0;
    await runs.upgradeToFull();
    expect(requests.length).toBeLessThanOrEqual(3);
    requests.length = 0;
    await runs.upgradeToFull();
    expect(requests).toEqual([]);
  });

  it("a loop in a loop: 120 pairs; here 14,400", async () => {
    const runs = counted.api.runs(PATH);
    let pairs = 0;
    for await (const _ of runs) for await (const _ of runs) pairs++;
    expect(pairs).toBe(RUNS * RUNS);
  });

  it("runs[-1], runs[:], runs[:-1]: an error, an error, nothing; here at() and slice(), with what they need", async () => {
    const all = await counted.api.runs(PATH).slice();
    expect(all).toHaveLength(RUNS);
    expect(await counted.api.runs(PATH).slice(0, -1)).toHaveLength(RUNS - 1);
    expect((await counted.api.runs(PATH).at(-1))?.id).toBe(all.at(-1)?.id);
    requests.length = 0;
    expect(await counted.api.runs(PATH, { perPage: 10 }).slice(12, 15)).toHaveLength(3);
    expect(requests).toHaveLength(2);
  });

  it("runs that logged different keys: no frame; here one table, null where a run has none", async () => {
    const { server, api } = await testServer();
    await logRows(server.url, "local/ragged", "a", ['{"_step":0,"loss":1}']);
    await logRows(server.url, "local/ragged", "b", ['{"_step":0,"accuracy":0.5}']);
    const table: HistoryTable = await api.runs("local/ragged").histories({ format: "table" });
    expect(table.columnNames).toEqual(["run_id", "_step", "accuracy", "loss"]);
    expect([...table.column("loss")]).toEqual([1, null]);
    expect([...table.column("accuracy")]).toEqual([null, 0.5]);
  });

  it("an x axis without keys: ignored; here it orders the rows, and those without it are left out", async () => {
    const { server, api } = await testServer();
    const rows = ['{"_step":0,"epoch":2}', '{"_step":1,"loss":1}', '{"_step":2,"epoch":1}'];
    await logRows(server.url, "local/axis", "a", rows);
    const found = await api.runs("local/axis").histories({ xAxis: "epoch" });
    expect(found.map((row) => row._step)).toEqual([2, 0]);
  });

  it("keys of the system stream: nothing, and an error a run; here they choose", async () => {
    const rows = await counted.api.runs(PATH).histories({ stream: "system", keys: ["system.cpu"] });
    expect(rows).toHaveLength(RUNS);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(["_runtime", "run_id", "system.cpu"]);
    expect(await counted.api.runs(PATH).histories({ stream: "system", keys: ["system.gpu"] })).toEqual([]);
  });

  it("the same project with another page size: the old object; here a collection of its own", async () => {
    const [first, second] = [
      counted.api.runs(PATH, { perPage: 10 }),
      counted.api.runs(PATH, { perPage: 60 }),
    ];
    await first.toArray();
    expect(requests).toHaveLength(12);
    requests.length = 0;
    await second.toArray();
    expect(requests).toHaveLength(2);
  });

  it("a run whose user is null: a crash; here null", async () => {
    const node = { id: "1", name: "a", user: null };
    const runs = { edges: [{ cursor: "a", node }], pageInfo: { endCursor: "a", hasNextPage: false } };
    const server = createServer((_, response) =>
      response.end(JSON.stringify({ data: { project: { runCount: 1, runs } } })),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const api = new Api({
      apiKey: API_KEY,
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    onTestFinished(async () => {
      await api.close();
      server.close();
    });
    expect((await api.runs("local/any").at(0))?.user).toBeNull();
  });

  it("a run that is deleted while it is listed: the loop dies; here it goes on, and says so", async () => {
    const { server, api } = await testServer();
    await writeRuns(server.url, PATH, { runs: 6, steps: 1 });
    const warnings: string[] = [];
    const runs = api.runs(PATH, { perPage: 2, onWarning: ({ message }) => warnings.push(message) });
    const seen: string[] = [];
    for await (const run of runs) {
      if (seen.length === 0) await deleteRun(server.url, PATH, "run-1");
      seen.push(run.id);
      await run.load().catch((error: Error) => warnings.push(error.message));
    }
    expect(seen).toEqual(["run-0", "run-1", "run-2", "run-3", "run-4", "run-5"]);
    expect(warnings.join("\n")).toContain("run-1");
    expect((await runs.histories()).map(({ run_id }) => run_id)).not.toContain("run-1");
  });
});

async function deleteRun(url: string, path: string, name: string): Promise<void> {
  const [entity, project] = path.split("/");
  const find = `query ($entity: String!, $project: String!, $name: String!) {
    project(name: $project, entityName: $entity) { run(name: $name) { id } }
  }`;
  const { id } = (await graphql(url, find, { entity, project, name })).project.run;
  await graphql(url, "mutation ($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }", { id });
}

async function logRows(url: string, path: string, name: string, rows: readonly string[]): Promise<void> {
  const [entity, project] = path.split("/");
  const upsert = `mutation ($entity: String, $project: String, $name: String) {
    upsertBucket(input: { entityName: $entity, modelName: $project, name: $name }) { bucket { id } }
  }`;
  await graphql(url, upsert, { entity, project, name });
  const response = await fetch(`${url}/files/${path}/${name}/file_stream`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Basic ${btoa(`api:${API_KEY}`)}` },
    body: JSON.stringify({ files: { "wandb-history.jsonl": { offset: 0, content: rows } } }),
  });
  expect(response.status).toBe(200);
}
