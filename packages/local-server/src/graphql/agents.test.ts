import { expect, test } from "vitest";
import { ask, logRun, testServer } from "../testing.ts";

const MAKE = `mutation ($id: ID, $config: String, $state: String) { upsertSweep(input: {id: $id, config: $config, state: $state,
  projectName: "demo"}) { sweep { id name } configValidationWarnings } }`;
const CREATE = `mutation ($sweep: String!, $project: String) { createAgent(input: {host: "h", sweep: $sweep, projectName: $project}) { agent { id } } }`;
const BEAT =
  "mutation ($id: ID!, $runState: JSONString) { agentHeartbeat(input: {id: $id, runState: $runState}) { commands } }";

async function sweepWithAgent(config: string) {
  const server = await testServer();
  const { sweep, configValidationWarnings: warnings } = (await ask(server, MAKE, { config })).upsertSweep;
  const { agent } = (await ask(server, CREATE, { sweep: sweep.name, project: "demo" })).createAgent;
  const beat = async (...running: string[]) => {
    const runState = JSON.stringify(Object.fromEntries(running.map((name) => [name, true])));
    return JSON.parse((await ask(server, BEAT, { id: agent.id, runState })).agentHeartbeat.commands);
  };
  const setState = (state: string) => ask(server, MAKE, { id: sweep.id, state });
  const stateOf = async () =>
    (await ask(server, `{ project(name: "demo") { sweep(sweepName: "${sweep.name}") { state } } }`)).project
      .sweep.state;
  return { server, sweep, warnings, beat, setState, stateOf };
}

const TWO = "{method: grid, parameters: {lr: {values: [1, 2]}}}";

test("an agent is given a run when it has none, until the sweep is through", async () => {
  const { beat, stateOf, warnings } = await sweepWithAgent(TWO);
  expect(warnings).toEqual([]);
  const [first] = await beat();
  expect(first).toEqual({
    type: "run",
    run_id: expect.any(String),
    program: null,
    args: { lr: { value: 1 } },
  });
  expect(await stateOf()).toBe("RUNNING");
  expect(await beat(first.run_id)).toEqual([]);
  const [second] = await beat();
  expect(second.args).toEqual({ lr: { value: 2 } });
  expect(second.run_id).not.toBe(first.run_id);
  expect(await beat()).toEqual([{ type: "exit" }]);
  expect(await stateOf()).toBe("FINISHED");
});

test("a sweep that is paused waits, one that is cancelled has its runs stopped", async () => {
  const { beat, setState } = await sweepWithAgent(TWO);
  const [{ run_id }] = await beat();
  await setState("PAUSED");
  expect(await beat()).toEqual([]);
  await setState("CANCELED");
  expect(await beat(run_id)).toEqual([{ type: "stop", run_id }]);
  expect(await beat()).toEqual([{ type: "exit" }]);
});

test("a sweep that can't be carried out is told of when it is made, and refused to agents", async () => {
  const server = await testServer();
  const config = "{method: bayes, parameters: {lr: {min: 0, max: 1}}}";
  const { sweep, configValidationWarnings } = (await ask(server, MAKE, { config })).upsertSweep;
  expect(configValidationWarnings).toEqual([expect.stringContaining('"bayes" is neither')]);
  await expect(ask(server, CREATE, { sweep: sweep.name, project: "demo" })).rejects.toThrow(
    '"bayes" is neither',
  );
  await expect(ask(server, CREATE, { sweep: "none" })).rejects.toThrow(
    "There is no sweep local/uncategorized/none",
  );
  await expect(ask(server, BEAT, { id: "none" })).rejects.toThrow('There is no agent "none"');
});

test("a run that carries a sweep goes to the sweep's project", async () => {
  const { server, sweep } = await sweepWithAgent(TWO);
  await logRun(server, "r", { sweep: sweep.name, modelName: null });
  await logRun(server, "other", { sweep: "unknown", modelName: "elsewhere" });
  const { project } = await ask(
    server,
    `{ project(name: "demo") { sweep(sweepName: "${sweep.name}") {
    runCount runs { edges { node { name exitcode failed running } } } } } }`,
  );
  expect(project.sweep.runCount).toBe(1);
  expect(project.sweep.runs.edges).toEqual([
    { node: { name: "r", exitcode: null, failed: false, running: true } },
  ]);
  expect(await ask(server, '{ project(name: "uncategorized") { id } }')).toEqual({ project: null });
});
