import { expect, test } from "vitest";
import { ask, logRun, stream, testServer } from "../testing.ts";

const COUNTS = `{ project(name: "demo", entityName: "local") { runs { edges { node {
  historyLineCount eventsLineCount logLineCount } } } } }`;

test.each(["wandb-history.jsonl", "wandb-events.jsonl", "output.log"])(
  "an offset of %s far beyond its lines is refused, and the project stays readable",
  async (name) => {
    const server = await testServer();
    await logRun(server, "r", {}, { files: { [name]: { offset: 0, content: ["{}"] } } });
    for (const offset of [2 ** 31 - 1, 2 ** 31 - 2, Number.MAX_SAFE_INTEGER, 1_000_002]) {
      const answer = await stream(server, "r", { files: { [name]: { offset, content: ["{}"] } } });
      expect([offset, answer.status]).toEqual([offset, 400]);
      expect(answer.body).toContain(`${name} has 1 lines`);
    }
    const found = Object.values((await ask(server, COUNTS)).project.runs.edges[0].node);
    expect(found.sort()).toEqual([0, 0, 1]);
  },
);

test("lines may leave a small gap, as lines that come late do", async () => {
  const server = await testServer();
  const files = { "output.log": { offset: 1000, content: ["late"] } };
  await logRun(server, "r");
  expect((await stream(server, "r", { files })).status).toBe(200);
  const { node } = (await ask(server, COUNTS)).project.runs.edges[0];
  expect(node.logLineCount).toBe(1001);
});
