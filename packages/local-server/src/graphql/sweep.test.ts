import { describe, expect, test } from "vitest";
import { startServer } from "../server.ts";
import { ask, logRun, temporaryFolder, testServer } from "../testing.ts";
import { sweepSetting } from "./sweep-config.ts";

const SWEEP = `mutation ($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { id name method displayName } } }`;
const LIST = `query ($filters: JSONString) { project(name: "demo", entityName: "local") {
  sweeps(filters: $filters) { edges { node { displayName } } totalCount: pageInfo { hasNextPage } } } }`;

describe("sweepSetting", () => {
  test.each([
    ["method: grid\nname: rates\n", "grid", "rates"],
    [
      '{"method":"bayes","name":"a: \\"b\\", c","parameters":{"name":{"values":["x"]}}}',
      "bayes",
      'a: "b", c',
    ],
    [
      "parameters:\n  name:\n    value: x\n  method:\n    value: y\nmethod: random # any",
      "random",
      undefined,
    ],
    [`name: "quoted: \\"x\\""\nmethod: 'it''s'`, "it's", 'quoted: "x"'],
    ["name: two words, and a comma\n", undefined, "two words, and a comma"],
    ['{"name": 7}', undefined, undefined],
    ["{broken", undefined, undefined],
    ["name:\n  nested: x\n", undefined, undefined],
  ])("of %j", (config, method, name) => {
    expect([sweepSetting(config, "method"), sweepSetting(config, "name")]).toEqual([method, name]);
  });
});

test("a sweep whose config is JSON has its method and its name", async () => {
  const server = await testServer();
  const config = JSON.stringify({ method: "grid", name: "rates", parameters: { name: { values: [1] } } });
  const { upsertSweep } = await ask(server, SWEEP, { input: { config, projectName: "demo" } });
  expect(upsertSweep.sweep).toMatchObject({ method: "grid", displayName: "rates" });
});

test("sweeps are filtered as runs are", async () => {
  const server = await testServer();
  for (const [name, state] of [
    ["first", "RUNNING"],
    ["second", "FINISHED"],
  ])
    await ask(server, SWEEP, {
      input: { config: `name: ${name}\nmethod: grid`, projectName: "demo", state },
    });
  const names = async (filters: object | null) =>
    (await ask(server, LIST, { filters: filters && JSON.stringify(filters) })).project.sweeps.edges.map(
      ({ node }: { node: { displayName: string } }) => node.displayName,
    );
  expect(await names(null)).toEqual(["first", "second"]);
  expect(await names({})).toEqual(["first", "second"]);
  expect(await names({ state: "FINISHED" })).toEqual(["second"]);
  expect(await names({ displayName: { $regex: "^f" } })).toEqual(["first"]);
  await expect(names({ nonsense: 1 })).rejects.toThrow(/nonsense/);
});

describe("a run", () => {
  const STATE = `mutation ($id: ID!, $state: String!) { updateRunState(input: {id: $id, state: $state}) { success run { state } } }`;

  test("has the states that W&B knows, and no other", async () => {
    const server = await testServer();
    const id = await logRun(server, "r");
    expect((await ask(server, STATE, { id, state: "killed" })).updateRunState.run.state).toBe("killed");
    await expect(ask(server, STATE, { id, state: "sleeping" })).rejects.toThrow(
      /"sleeping" is no state of a run/,
    );
    await expect(logRun(server, "r", { state: "<b>" })).rejects.toThrow(/"<b>" is no state of a run/);
  });

  test("has the user whom filters find it by, whoever the server's is now", async () => {
    const dataDir = temporaryFolder();
    const first = await startServer({ dataDir, user: "ada" });
    await logRun(first, "r", { entityName: "local" });
    await first.close();
    const second = await testServer({ dataDir, user: "bob" });
    const USERS = `{ project(name: "demo", entityName: "local") { runs(filters: "{\\"username\\":\\"ada\\"}") {
      edges { node { user { username } } } } } }`;
    expect((await ask(second, USERS)).project.runs.edges[0].node.user.username).toBe("ada");
  });
});
