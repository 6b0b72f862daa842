import { expect, test } from "vitest";
import { ServerError } from "../errors.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { Runs } from "./runs.ts";

const AT = "2026-01-02T03:04:05.678Z";

/** A project of 1500 runs on a server whose runs lack some fields. */
async function project(lacking: readonly string[], { status = 200, words = "Cannot query field" } = {}) {
  const answer = ({ query, variables }: FaultRequest) => {
    const start = variables.after === null ? 0 : Number(variables.after) + 1;
    const ids = Array.from(
      { length: Math.min(Number(variables.first), 1500 - start) },
      (_, at) => start + at,
    );
    const edges = ids.map((id) => ({
      cursor: String(id),
      node: {
        ...{ id: `r${id}`, name: `r${id}`, createdAt: AT, historyLineCount: id },
        ...(query.includes("updatedAt") && { updatedAt: AT }),
        ...(query.includes("eventsLineCount") && { eventsLineCount: id + 1 }),
      },
    }));
    const hasNextPage = start + ids.length < 1500;
    return { project: { runCount: 1500, runs: { edges, pageInfo: { endCursor: null, hasNextPage } } } };
  };
  const { service, requests } = await faultServer((request, response) => {
    const errors = lacking
      .filter((field) => request.query.includes(field))
      .map((field) => ({ message: `${words} "${field}" on type "Run". Did you mean "createdAt"?` }));
    if (errors.length === 0) return answer(request);
    response.statusCode = status;
    response.end(JSON.stringify({ errors, data: null }));
    return undefined;
  });
  return { requests, runs: new Runs(service, "team", "digits", { includeSweeps: false }) };
}

async function all(runs: Runs) {
  const revisions = [];
  for await (const page of runs.revisions()) revisions.push(...page);
  return revisions;
}

test("revisions come with the runs, 1000 a request", async () => {
  const { runs, requests } = await project([]);
  const revisions = await all(runs);
  expect(requests.map(({ variables }) => variables.first)).toEqual([1000, 1000]);
  expect(revisions.map(({ run }) => run.historyLineCount)).toEqual([...Array(1500).keys()]);
  expect(revisions[1234]).toMatchObject({ updatedAt: AT, eventsLineCount: 1235 });
  expect(runs.peek().fetched).toEqual([]);
});

test.each([
  [["updatedAt"], 200, { updatedAt: null, eventsLineCount: 8 }, 3],
  [["eventsLineCount"], 400, { updatedAt: AT, eventsLineCount: null }, 3],
  [["updatedAt", "eventsLineCount"], 400, { updatedAt: null, eventsLineCount: null }, 3],
])("a server without %j (HTTP %i) is asked without, from then on", async (lacking, status, said, asked) => {
  const { runs, requests } = await project(lacking, { status });
  const revisions = await all(runs);
  expect(revisions).toHaveLength(1500);
  expect(revisions[7]).toMatchObject(said);
  expect(requests).toHaveLength(asked);
});

test("what else a server refuses is an error", async () => {
  const { runs } = await project(["updatedAt"], { words: "May not be read:" });
  await expect(all(runs)).rejects.toThrow(ServerError);
});
