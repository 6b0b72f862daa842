import { describe, expect, test } from "vitest";
import { ask, logRun, send, stream, testServer } from "../testing.ts";

const RUNS = `{ project(name: "demo", entityName: "local") { runs { edges { node { name displayName notes group
  logLines { edges { node { line } } } } } } } }`;
const CREATE = `mutation ($files: [String!]!) { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "r",
  files: $files}) { files { name } } }`;

describe("names that can't be", () => {
  test.each(["a\0b", "a/b", "a?b", "a\ud800", " ", "n".repeat(129)])(
    "a run called %j is refused",
    async (name) => {
      const server = await testServer();
      await logRun(server, "a");
      await expect(logRun(server, name)).rejects.toThrow("can't be the name of a run");
      const answer = await send(
        `${server.url}/files/local/demo/${encodeURIComponent(name.replace("\ud800", "\ufffd"))}/file_stream`,
        { body: "{}" },
      );
      expect(answer.status).toBe(404);
      expect((await ask(server, RUNS)).project.runs.edges).toHaveLength(1);
    },
  );

  test.each(["a\0b", "a/b", "a:b", "a\ud800"])("a project called %j is refused", async (modelName) => {
    const server = await testServer();
    await expect(logRun(server, "r", { modelName })).rejects.toThrow("can't be the name of a project");
    const UPSERT = "mutation ($name: String) { upsertModel(input: {name: $name}) { inserted } }";
    await expect(ask(server, UPSERT, { name: modelName })).rejects.toThrow("can't be the name of a project");
    await expect(logRun(server, "r", { entityName: modelName.replace(":", "/") })).rejects.toThrow(
      "can't be the name of an entity",
    );
  });

  test.each(["a\0b", "../x", "/etc/passwd", "", ".", "a/../b", "..\\x", "C:\\x", "a\ud800", "a//b", "a/"])(
    "a file called %j is refused",
    async (name) => {
      const server = await testServer();
      await logRun(server, "r");
      await expect(ask(server, CREATE, { files: ["good", name] })).rejects.toThrow(
        `${JSON.stringify(name)} can't be the name of a run's file`,
      );
    },
  );
});

test("a NUL in any other text stays, and so does all that follows it", async () => {
  const server = await testServer();
  const text = "a\0b\uFDD00\uFDD0";
  const files = { "output.log": { offset: 0, content: [text] } };
  await logRun(server, "r", { displayName: text, notes: text, groupName: text }, { files });
  const { node } = (await ask(server, RUNS)).project.runs.edges[0];
  expect(node).toEqual({
    name: "r",
    displayName: text,
    notes: text,
    group: text,
    logLines: { edges: [{ node: { line: text } }] },
  });
  expect((await stream(server, "r\0x", {})).status).toBe(404);
});
