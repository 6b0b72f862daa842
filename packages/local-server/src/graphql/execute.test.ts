import { expect, test } from "vitest";
import { ask, logRun, send, testServer } from "../testing.ts";

const LIST = `query Runs($n: Int) { project(name: "demo", entityName: "local") { runs(first: $n) { edges { node { name } } } } }`;
const NEST = "project { runs { edges { node {";

test.each([["x"], [3_000_000_000], [{}], [1.5]])("a variable of another type, %j, is named", async (n) => {
  const server = await testServer();
  const body = JSON.stringify({ query: LIST, variables: { n } });
  const answer = await send(`${server.url}/graphql`, { body });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatch(/Variable \\"\$n\\" got invalid value/);
});

test.each([
  ["to be read", `{${"viewer{".repeat(9_000)}`],
  [
    "to be carried out",
    `{ project(name: "demo") { runs { edges { node { ${NEST.repeat(1_200)} id ${"}".repeat(4 * 1_200)} } } } } }`,
  ],
])("a query that is nested too deeply %s is refused, and the server goes on", async (_, query) => {
  const server = await testServer();
  await logRun(server, "r");
  const answer = await send(`${server.url}/graphql`, { body: JSON.stringify({ query }) });
  expect(answer.status).toBeLessThanOrEqual(400);
  expect(JSON.parse(answer.body).errors[0].message).toMatch(
    /nested too deeply|Syntax Error|Cannot query field/,
  );
  expect(await ask(server, "{ viewer { id } }")).toMatchObject({ viewer: {} });
});
