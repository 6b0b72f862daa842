import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { graphql } from "../support/graphql.ts";
import { runPython, startPython } from "../support/python.ts";
import { startServerProcess, temporaryFolder, testServer } from "../support/server.ts";

const LOG = new URL("log.py", import.meta.url);
const PATH = "local/logged";

const FACTS = `query ($name: String!) { project(name: "logged", entityName: "local") { run(name: $name) {
  state notes group jobType tags historyLineCount eventsLineCount logLineCount config summaryMetrics systemMetrics
  sweepName files { edges { node { name sizeBytes } } } } } }`;
const facts = async (url: string, name: string) => (await graphql(url, FACTS, { name })).project.run;

/** What a program printed as its answer. */
const answerOf = (output: string) =>
  JSON.parse(output.slice(output.lastIndexOf("answer ") + "answer ".length));

test("the real client logs a whole run, and reads it back", async () => {
  const { server, api } = await testServer();
  await runPython(LOG, { baseUrl: server.url, args: ["whole", "whole"] });

  const [run] = await api.runs(PATH).toArray();
  expect(run).toMatchObject({
    id: "whole",
    name: '<b>whole</b> "run" 😀',
    state: "finished",
    tags: ["first", "second"],
    group: "g/1",
    jobType: "train",
    notes: "line one\nline two",
    historyLineCount: 30,
  });
  const full = await run?.load();
  expect(full?.config).toEqual({
    lr: 0.01,
    opt: { name: "adam", betas: [0.9, 0.999] },
    "weird.key": 1,
    none: null,
    nan: null, // the client itself writes a NaN of the config as null
    late: true,
  });
  expect(full?.summary).toMatchObject({
    loss: 1 / 30,
    best: { epoch: 3 },
    huge: 2n ** 60n + 29n,
    text: "s29",
  });
  expect(Object.keys(full?.systemMetrics ?? {})).toContain("system.memory_percent");

  const rows = await api.runs(PATH).histories();
  expect(rows).toHaveLength(30);
  expect(rows[3]).toMatchObject({
    _step: 3,
    loss: 0.25,
    nested: { a: { b: 3 } },
    "sometimes nan": Number.NaN,
    huge: 2n ** 60n + 3n,
    text: "s3",
  });
  expect(rows[4]?.["sometimes nan"]).toBe(Number.POSITIVE_INFINITY);
  expect(rows[7]?.hist).toMatchObject({ _type: "histogram" });
  expect(rows.filter((row) => "val.dotted" in row)).toHaveLength(6);

  const found = answerOf(await runPython(LOG, { baseUrl: server.url, args: ["read", "whole"] }));
  expect(found).toMatchObject({
    state: "finished",
    saved: "saved",
    scan: [...Array(30).keys()],
    scan_keys: [0, 5, 10, 15, 20, 25],
    last_step: 29,
    system: true,
  });
  expect(found.console).toContain("a line of the console");
  expect(found.files).toEqual(
    expect.arrayContaining(["notes.txt", "wandb-metadata.json", "config.yaml", "output.log"]),
  );
});

test("a run that is resumed goes on where it was", async () => {
  const { server, api } = await testServer();
  await runPython(LOG, { baseUrl: server.url, args: ["resumed", "again"] });
  const rows = await api.runs(PATH).histories({ keys: ["x"] });
  expect(rows.map(({ _step, x }) => [_step, x])).toEqual([...Array(10).keys()].map((i) => [i, i]));
  const full = await (await api.runs(PATH).at(0))?.load();
  expect(full).toMatchObject({ state: "finished", config: { part0: true, part1: true } });
});

test("a script that raises leaves a failed run", async () => {
  const { server, api } = await testServer();
  await expect(runPython(LOG, { baseUrl: server.url, args: ["failing", "bad"] })).rejects.toThrow(
    "on purpose",
  );
  await expect.poll(async () => (await api.runs(PATH).at(0))?.state, { timeout: 20_000 }).toBe("failed");
});

test("a script that is killed leaves a crashed run, with its rows", async () => {
  // The client writes every 15 seconds: a run that goes on stays running.
  const { server, api } = await testServer({ crashedAfter: 20_000 });
  const program = startPython(LOG, { baseUrl: server.url, args: ["endless", "killed"] });
  await expect
    .poll(async () => (await facts(server.url, "killed").catch(() => null))?.historyLineCount, {
      timeout: 60_000,
    })
    .toBeGreaterThan(0);
  expect((await facts(server.url, "killed")).state).toBe("running");
  program.child.kill("SIGKILL");
  await program.ended;
  await expect.poll(async () => (await api.runs(PATH).at(0))?.state, { timeout: 60_000 }).not.toBe("running");
  expect((await facts(server.url, "killed")).state).toBe("crashed");
  expect((await api.runs(PATH).histories()).length).toBeGreaterThan(0);
});

test.each([
  ["an offline run", "whole"],
  ["an offline run that was resumed", "resumed"],
  ["an offline run whose id was used again", "reused"],
])("%s is the same whether it is synced or imported", async (_, kind) => {
  const home = temporaryFolder();
  const { server, api } = await testServer();
  await runPython(LOG, { baseUrl: server.url, args: [kind, "off"], home, env: { WANDB_MODE: "offline" } });
  expect(await graphql(server.url, '{ project(name: "logged") { id } }')).toEqual({ project: null });

  const wandb = join(home, "wandb");
  const folders = readdirSync(wandb).filter((name) => name.startsWith("offline-run-"));
  expect(folders).toHaveLength(kind === "whole" ? 1 : 2);
  const sync = new URL("sync.py", import.meta.url);
  for (const folder of folders.sort())
    await runPython(sync, { baseUrl: server.url, args: [join(wandb, folder)], home });
  const { server: importer, api: imported } = await testServer({ imports: [wandb] });

  const facts = async (from: typeof api) => {
    const runs = from.runs(PATH, { lazy: false });
    const [run] = await runs.toArray();
    const { config, summary, name, state, tags, group, jobType, notes, historyLineCount } = run ?? {};
    return {
      ...{ config, summary, name, state, tags, group, jobType, notes, historyLineCount },
      createdAt: run?.createdAt?.getTime(),
      rows: await from.runs(PATH).histories(),
      machine: (await from.runs(PATH).histories({ stream: "system" })).length,
    };
  };
  const { createdAt: syncedAt, ...synced } = await facts(api);
  const { createdAt: importedAt, ...others } = await facts(imported);
  expect(others).toEqual(synced);
  // Sync takes the time at which the client started, an import that of the run's record, a quarter of a second apart.
  expect(Math.abs(Number(importedAt) - Number(syncedAt))).toBeLessThan(5_000);
  const lines =
    'query { project(name: "logged") { run(name: "off") { logLines { edges { node { line } } } } } }';
  expect(await graphql(importer.url, lines)).toEqual(await graphql(server.url, lines));
});

test("a sweep is made, and its runs carry it", async () => {
  const { server, api } = await testServer();
  const output = await runPython(LOG, { baseUrl: server.url, args: ["sweep"] });
  const id = /^sweep (\w+)$/m.exec(output)?.[1];
  const runs = await api.runs(PATH, { filters: { sweep: id ?? "" } }).toArray();
  expect(runs).toHaveLength(2);
  for (const run of runs) {
    expect(run.sweepName).toBe(id);
    expect(run.sweep).toMatchObject({
      id,
      name: "rates",
      config: { method: "grid", name: "rates", parameters: { lr: { values: [1, 2] } } },
    });
  }
});

test("the real client's agent carries a sweep out", async () => {
  const { server, api } = await testServer();
  const agent = new URL("agent.py", import.meta.url);
  const { grid, random, refused } = answerOf(await runPython(agent, { baseUrl: server.url }));
  const runsOf = async (sweep: string) =>
    (await api.runs(PATH, { filters: { sweep } }).upgradeToFull()).toArray();

  const all = await runsOf(grid);
  expect(all.map(({ state, summary }) => [state, summary.loss])).toEqual([
    ["finished", 0.5],
    ["finished", 1],
    ["finished", 1],
    ["finished", 2],
  ]);
  expect(all.map(({ config }) => config)).toEqual([
    { lr: 1, opt: { scale: 0.5 } },
    { lr: 1, opt: { scale: 1 } },
    { lr: 2, opt: { scale: 0.5 } },
    { lr: 2, opt: { scale: 1 } },
  ]);
  const { project } = await graphql(
    server.url,
    `{ project(name: "logged") { sweep(sweepName: "${grid}") { state runCount } } }`,
  );
  expect(project.sweep).toEqual({ state: "FINISHED", runCount: 4 });

  const drawn = await runsOf(random);
  expect(drawn).toHaveLength(2);
  for (const { config } of drawn) expect(config.lr).toBeLessThan(1);
  expect(refused).toContain('"grid" and "random"; "bayes" is neither');

  // A run that names nothing but its sweep goes where that is.
  await runPython(LOG, { baseUrl: server.url, args: ["nowhere"], env: { WANDB_SWEEP_ID: random } });
  expect(await runsOf(random)).toHaveLength(3);
});

test("what the public API writes is there afterwards", async () => {
  const { server } = await testServer();
  const manage = new URL("manage.py", import.meta.url);
  expect(answerOf(await runPython(manage, { baseUrl: server.url }))).toEqual({
    edited: ["after", "a note", ["first", "second"], { a: 1, b: 2 }, 3, 1],
    bytes: "kept",
    "deleted file": true,
    sent: "sent",
    projects: ["logged", "made"],
    killed: "killed",
    runs: ["managed"],
  });
});

test("what was acknowledged outlives the server's death in the middle of logging, and the client goes on", async () => {
  const dataDir = temporaryFolder();
  const first = await startServerProcess(dataDir);
  const program = startPython(LOG, { baseUrl: first.url, args: ["steady", "steady"] });
  await expect
    .poll(async () => (await facts(first.url, "steady").catch(() => null))?.historyLineCount, {
      timeout: 60_000,
    })
    .toBeGreaterThan(20);
  const { historyLineCount: acknowledged } = await facts(first.url, "steady");
  first.child.kill("SIGKILL");

  const second = await startServerProcess(dataDir, first.port);
  expect((await facts(second.url, "steady")).historyLineCount).toBeGreaterThanOrEqual(acknowledged);
  expect(await program.ended, program.complaints()).toBe(0);
  const found = answerOf(await runPython(LOG, { baseUrl: second.url, args: ["read", "steady"] }));
  expect(found.scan).toEqual([...Array(400).keys()]);
  expect(found.state).toBe("finished");
});
