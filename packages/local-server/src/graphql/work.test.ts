import { afterEach, expect, test, vi } from "vitest";
import { Lines } from "../store/lines.ts";
import { RunStore } from "../store/runs.ts";
import { ask, logRun, testServer } from "../testing.ts";

afterEach(() => void vi.restoreAllMocks());

const LINES = ['{"_step":3,"a":1}', '{"_step":4,"a":2}'];
const BODY = {
  files: {
    "wandb-history.jsonl": { offset: 0, content: LINES },
    "wandb-events.jsonl": { offset: 0, content: ['{"system.cpu":1}', '{"system.cpu":2}'] },
  },
};

test("what a run's first or last row tells is read without the rows between", async () => {
  const server = await testServer();
  await logRun(server, "r", {}, BODY);
  await logRun(server, "empty");
  const readAll = vi.spyOn(Lines.prototype, "read");
  const TAILS = `query ($name: String!) { project(name: "demo", entityName: "local") { run(name: $name) {
    historyTail eventsTail historyLineCount parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData } } } }`;
  expect((await ask(server, TAILS, { name: "r" })).project.run).toEqual({
    historyTail: JSON.stringify(LINES.slice(1)),
    eventsTail: JSON.stringify(['{"system.cpu":2}']),
    historyLineCount: 2,
    parquetHistory: { parquetUrls: [], liveData: [{ _step: 3 }] },
  });
  expect((await ask(server, TAILS, { name: "empty" })).project.run).toEqual({
    historyTail: "[]",
    eventsTail: "[]",
    historyLineCount: 0,
    parquetHistory: { parquetUrls: [], liveData: [] },
  });
  expect(readAll).not.toHaveBeenCalled();
});

test("runs and how many they are come from one look for each filter", async () => {
  const server = await testServer();
  for (const name of ["b", "a", "c"]) await logRun(server, name, { groupName: name === "c" ? "g" : "f" });
  const list = vi.spyOn(RunStore.prototype, "list");
  const LIST = `query ($filters: JSONString) { project(name: "demo", entityName: "local") {
    all: runCount runCount(filters: $filters)
    runs(filters: $filters, order: "+name") { edges { node { name } } }
    made: runs(filters: $filters) { edges { node { name } } } } }`;
  const { project } = await ask(server, LIST, { filters: '{"group":"f"}' });
  const names = (runs: { edges: { node: { name: string } }[] }) => runs.edges.map(({ node }) => node.name);
  expect([project.all, project.runCount, names(project.runs), names(project.made)]).toEqual([
    3,
    2,
    ["a", "b"],
    ["b", "a"],
  ]);
  expect(list).toHaveBeenCalledTimes(2);
});
