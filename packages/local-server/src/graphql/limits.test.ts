import { describe, expect, test } from "vitest";
import type { LocalServer } from "../server.ts";
import { ask, logRun, send, testServer } from "../testing.ts";

const RUNS = "runs { edges { node {";
const inRuns = (fields: string) =>
  `{ project(name: "demo", entityName: "local") { ${RUNS} ${fields} } } } } }`;
const answerTo = async (server: LocalServer, query: string, variables: object = {}) => {
  const { status, body } = await send(`${server.url}/graphql`, {
    body: JSON.stringify({ query, variables }),
  });
  return { status, message: JSON.parse(body).errors?.[0].message as string | undefined };
};

describe("a query whose answer could grow beyond measure is refused", () => {
  test.each([
    ["runs within runs", inRuns(`project { ${RUNS} id } } } }`)],
    [
      "runs within runs, by fragments",
      `${inRuns("...a")} fragment a on Run { project { ${RUNS} id } } } } }`,
    ],
    ["runs within runs, by a fragment without a name", inRuns(`... on Run { project { ${RUNS} id } } } } }`)],
    [
      "files within runs within projects within projects",
      `{ models { edges { node { entity { projects { edges { node { id } } } } } } } }`,
    ],
  ])("%s", async (_, query) => {
    const server = await testServer();
    expect(await answerTo(server, query)).toEqual({
      status: 400,
      message: expect.stringMatching(/can't be asked for within a list of the same kind/),
    });
  });

  test("fragments that are spread over and over", async () => {
    const parts = Array.from(
      { length: 20 },
      (_, n) =>
        `fragment f${n} on Run { a: project { run(name: "r") { ...f${n + 1} } } b: project { run(name: "r") { ...f${n + 1} } } }`,
    );
    const query = `${inRuns("...f0")} ${parts.join(" ")} fragment f20 on Run { id }`;
    const server = await testServer();
    const started = performance.now();
    expect(await answerTo(server, query)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/names more than|nested too deeply/),
    });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("histories of few runs, each asked for very often", async () => {
    const server = await testServer();
    for (let run = 0; run < 10; run++) await logRun(server, `r${run}`);
    const often = Array.from({ length: 1500 }, (_, n) => `h${n}: history`).join(" ");
    expect(await answerTo(server, inRuns(often))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/more than 1000000 values/),
    });
    expect(await answerTo(server, inRuns("history events historyKeys"))).toMatchObject({ status: 200 });
  });
});

test("what real clients nest is answered: projects, their runs, and their files and lines", async () => {
  const server = await testServer();
  await logRun(server, "r");
  const query = `{ entity { projects { edges { node { runs { edges { node { name files { edges { node { name } } }
    logLines { edges { node { line } } } sweep { project { sweeps { edges { node { name } } } } } } } } } } } } }`;
  const { entity } = await ask(server, query);
  expect(entity.projects.edges[0].node.runs.edges[0].node.name).toBe("r");
});

describe("a variable of W&B's own types", () => {
  const HISTORY = `query ($min: Int64) { project(name: "demo", entityName: "local") { run(name: "r") { history(minStep: $min) } } }`;
  const LIST = `query ($filters: JSONString) { project(name: "demo", entityName: "local") { runCount(filters: $filters) } }`;

  test.each([
    [
      LIST,
      { filters: { state: "running" } },
      /\$filters.*JSONString must be text, not \{"state":"running"\}/,
    ],
    [LIST, { filters: 7 }, /\$filters.*JSONString must be text, not 7/],
    [HISTORY, { min: "two" }, /\$min.*Int64 must be a whole number.*not "two"/],
    [HISTORY, { min: 1.5 }, /\$min.*not 1\.5/],
    [HISTORY, { min: 2 ** 60 }, /\$min.*not 1152921504606847000/],
    [HISTORY, { min: true }, /\$min.*not true/],
  ])("%s with %j is an error that names it", async (query, variables, message) => {
    const server = await testServer();
    await logRun(server, "r");
    expect(await answerTo(server, query, variables)).toEqual({
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  test("may be digits where it is a number of 64 bits, in the query too", async () => {
    const server = await testServer();
    const lines = ['{"_step":1}', '{"_step":2}'];
    await logRun(server, "r", {}, { files: { "wandb-history.jsonl": { offset: 0, content: lines } } });
    const rows = async (min: unknown) => (await ask(server, HISTORY, { min })).project.run.history;
    expect([await rows("2"), await rows(2), await rows(null)]).toEqual([[lines[1]], [lines[1]], lines]);
    const literal = (min: string) => HISTORY.replace("query ($min: Int64)", "").replace("$min", min);
    for (const min of ["2", '"2"'])
      expect((await ask(server, literal(min))).project.run.history).toEqual([lines[1]]);
    await expect(ask(server, literal('"two"'))).rejects.toThrow(/Int64 must be a whole number/);
    await expect(ask(server, '{ project(name: "x") { runCount(filters: {a: 1}) } }')).rejects.toThrow(
      /JSONString must be text/,
    );
  });
});
