import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { answer } from "./answer.mjs";
import { QueryError } from "./query.mjs";

function ask(fields: string, variables: object = {}, size = 120) {
  const query = `query Q($filters: JSONString, $after: String, $yes: Boolean = true, $specs: [JSONString!]) {
    project(name: "runs-${size}", entityName: "bench") { ${fields} }
  }`;
  const { gzip, cost } = answer(query, variables as Record<string, unknown>);
  return { project: JSON.parse(gunzipSync(gzip).toString()).data.project, cost };
}

const names = (connection: { edges: { node: { name: string } }[] }) =>
  connection.edges.map(({ node }) => Number.parseInt(node.name, 36));

it("pages through a project by cursors, 50 a page unless told otherwise, 1000 at most", () => {
  const page =
    "runs(after: $after) { edges { cursor node { name } } pageInfo { endCursor hasNextPage } } runCount";
  const seen: number[] = [];
  let after: string | null = null;
  for (const [count, more] of [
    [50, true],
    [50, true],
    [20, false],
  ]) {
    const { project } = ask(page, { after });
    expect(project.runCount).toBe(120);
    expect(project.runs.edges).toHaveLength(Number(count));
    expect(project.runs.pageInfo.hasNextPage).toBe(more);
    expect(project.runs.edges.at(-1).cursor).toBe(project.runs.pageInfo.endCursor);
    seen.push(...names(project.runs));
    after = project.runs.pageInfo.endCursor;
  }
  expect(seen).toEqual([...Array(120).keys()]);
  expect(ask("runs(first: 5000) { totalCount edges { cursor } }", {}, 3000).project.runs.edges).toHaveLength(
    1000,
  );
});

it("gives chosen runs, those that exist, in the listing's order", () => {
  const filters = JSON.stringify({ name: { $in: ["0000000z", "00000003", "0000zzzz", "nonsense"] } });
  const { project } = ask("runCount(filters: $filters) runs(filters: $filters) { edges { node { name } } }", {
    filters,
  });
  expect(project.runCount).toBe(2);
  expect(names(project.runs)).toEqual([3, 35]);
  expect(() => ask("runCount(filters: $filters)", { filters: '{"state":"finished"}' })).toThrow(QueryError);
});

it("answers aliases with selections of their own, fragments, @include and @skip", () => {
  const { project } = ask(`
    ids: runs(first: 3) { edges { node { name } } }
    first: runs(first: 1) { edges { node { ...Light ... on Run { user { username } } state @skip(if: $yes) tags @include(if: $yes) } } }
    run(name: "00000001") { __typename displayName sweep { name } }
    gone: run(name: "0000zzzz") { name }
  } }
  fragment Light on Run { name user { name } historyLineCount }
  query Other { project(name: "runs-1") { name`);
  expect(project).toEqual({
    ids: { edges: ["00000000", "00000001", "00000002"].map((name) => ({ node: { name } })) },
    first: {
      edges: [
        {
          node: {
            name: "00000000",
            user: { name: "Trainer 0", username: "trainer-0" },
            historyLineCount: 500,
            tags: ["baseline", "v0"],
          },
        },
      ],
    },
    run: { __typename: "Run", displayName: "sgd-adam-1", sweep: null },
    gone: null,
  });
});

it("gives histories as the real server does, and counts what they would cost it", () => {
  const specs = [
    ["_step", "lr"],
    ["_step", "lr", "nowhere"],
  ].map((keys) => JSON.stringify({ keys, samples: 3 }));
  const { project, cost } = ask(
    `runs(first: 2) { edges { node { sampledHistory(specs: $specs) history(samples: 500) events(samples: 10)
      config(keys: ["lr", "nowhere"]) summaryMetrics } } }`,
    { specs },
  );
  const { sampledHistory, history, events, config, summaryMetrics } = project.runs.edges[1].node;
  const rows = history.map((row: string) => JSON.parse(row));
  expect(rows).toHaveLength(500);
  expect(Object.keys(rows[0])).toEqual(Object.keys(rows[0]).sort());
  expect(Object.keys(rows[0])).toHaveLength(11);
  expect(sampledHistory).toEqual([
    [rows[0], rows[250], rows[499]].map(({ _step, lr }) => ({ _step, lr })),
    [],
  ]);
  expect(events).toHaveLength(10);
  expect(JSON.parse(config)).toEqual({ lr: { value: expect.any(Number) } });
  expect(Object.keys(JSON.parse(summaryMetrics))).toHaveLength(40);
  expect(cost).toMatchObject({ histories: 2 * 4, heavyRuns: 2 });
  expect(ask('run(name: "00000000") { config }').project.run.config).toContain("model/option_10");
});

it("gives runs beyond 2,000 the heavy parts of others, under ids of their own", () => {
  const runOf = (name: string) => ask(`run(name: "${name}") { id name config }`, {}, 20_000).project.run;
  const [one, other] = [
    runOf((7).toString(36).padStart(8, "0")),
    runOf((2007).toString(36).padStart(8, "0")),
  ];
  expect(other.config).toBe(one.config);
  expect(other.id).not.toBe(one.id);
});

it.each([
  ["{ project(name: 1) { secrets } }", 'Cannot query field "secrets" on type "Project".'],
  ["mutation { deleteEverything }", "queries only"],
  ["{ viewer { ...Nowhere } }", "Unknown fragment"],
  ["{ viewer { id", "Syntax Error"],
])("refuses %s", (query, message) => {
  expect(() => answer(query.replace("name: 1", 'name: "runs-1"'), {})).toThrow(message);
});
