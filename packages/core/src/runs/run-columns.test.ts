import { parse } from "graphql";
import { expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { faultServer } from "../testing/fault-server.ts";
import { type ModelRun, modelAnswer } from "../testing/model-project.ts";
import { Runs } from "./runs.ts";

const project: ModelRun[] = ["a", "b", "c"].map((id, index) => ({
  id,
  history: [{ _step: 0, loss: index / 2 }],
  fields: {
    group: index === 2 ? null : "g",
    tags: [`t${index}`],
    createdAt: "2026-01-02T03:04:05",
    config: JSON.stringify({ lr: { value: index / 10 }, opt: { value: { name: "sgd" } } }),
    summaryMetrics: JSON.stringify({ loss: index / 2 }),
  },
}));

async function open({ chooses = true }: { chooses?: boolean } = {}) {
  const { service, requests } = await faultServer(({ query, variables }, response) => {
    if (!chooses && query.includes("(keys")) {
      response.statusCode = 400;
      response.end('{"errors":[{"message":"Unknown argument \\"keys\\" on field \\"Run.config\\"."}]}');
    } else response.end(modelAnswer({ query, variables }, project));
    return undefined;
  });
  return { requests, service, runs: new Runs(service, "team", "digits") };
}

const wanted = [
  "name",
  "group",
  "tags",
  "createdAt",
  "config.lr",
  "config.opt.name",
  "summary.loss",
] as const;

const row = (index: number) => ({
  run_id: "abc"[index],
  name: `run ${"abc"[index]}`,
  group: index === 2 ? null : "g",
  tags: [`t${index}`],
  createdAt: "2026-01-02T03:04:05.000Z",
  "config.lr": index / 10,
  "config.opt.name": "sgd",
  "summary.loss": index / 2,
  _step: 0,
  loss: index / 2,
});

test("rows hold what of the run is asked for, and only that is sent", async () => {
  const { runs, requests } = await open();
  expect(await runs.histories({ keys: ["loss"], columns: wanted })).toEqual([0, 1, 2].map(row));
  for (const { query } of requests) {
    expect(query).toContain('config(keys: ["lr","opt","opt.name"]) summaryMetrics(keys: ["loss"])');
    expect(query).not.toMatch(/systemMetrics|notes/);
  }
});

test("columns can have names of their own", async () => {
  const { runs } = await open();
  const [first] = await runs.histories({ keys: ["loss"], columns: { run: "name", rate: "config.lr" } });
  expect(first).toEqual({ run_id: "a", run: "run a", rate: 0, _step: 0, loss: 0 });
});

test("a server that can't choose keys is asked for everything", async () => {
  const { runs, requests } = await open({ chooses: false });
  expect(await runs.histories({ keys: ["loss"], columns: wanted })).toEqual([0, 1, 2].map(row));
  expect(requests.filter(({ query }) => query.includes("(keys"))).toHaveLength(1);
  expect(requests.at(-1)?.query).toContain("config summaryMetrics");
});

test("a stream has them too, and its runs stay lazy", async () => {
  const { runs } = await open();
  const seen = [];
  for await (const { run, table } of runs.historyStream({ keys: ["loss"], columns: wanted })) {
    seen.push(...table.toRows());
    expect([run.isLoaded, run.group]).toEqual([false, table.toRows()[0]?.group]);
  }
  expect(seen).toEqual([0, 1, 2].map(row));
});

test("full runs' configs serve for both", async () => {
  const { service, requests } = await open();
  const full = new Runs(service, "team", "digits", { lazy: false });
  const seen = [];
  for await (const { run, table } of full.historyStream({ keys: ["loss"], columns: wanted })) {
    seen.push(...table.toRows());
    expect(run).toMatchObject({ isLoaded: true, config: { opt: { name: "sgd" } } });
  }
  expect(seen).toEqual([0, 1, 2].map(row));
  expect(requests.filter(({ query }) => query.includes("(keys"))).toEqual([]); // a field can't be asked for in two ways
});

test("runs that are listed already have them, and a single run", async () => {
  const { runs } = await open();
  const [first] = await runs.toArray();
  expect(await runs.histories({ keys: ["loss"], columns: wanted })).toEqual([0, 1, 2].map(row));
  expect(await first?.history({ keys: ["loss"], columns: wanted })).toEqual([row(0)]);
});

test("bad columns are refused before anything is sent", async () => {
  const { runs, requests } = await open();
  const refusal = async (columns: unknown, keys?: string[]) => {
    const error = await runs.histories({ columns: columns as [], keys }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    return (error as Error).message;
  };
  expect(await refusal(["nome"])).toMatch(
    /^columns\[0\] is "nome"; it must be "config\." or "summary\." with a key behind it, or "id", "name", /,
  );
  expect(await refusal(["config."])).toContain('columns[0] is "config."');
  expect(await refusal([null])).toContain("columns[0] is null");
  expect(await refusal(new Set(["name"]))).toContain("columns is {}; it must be a list");
  expect(await refusal(new Map())).toContain("columns is {}; it must be a list");
  expect(await refusal(["name", "name", 3])).toContain("columns[2] is 3");
  expect(await refusal("name")).toContain('columns is "name"; it must be a list');
  expect(await refusal({ run_id: "name" })).toBe(
    'columns["run_id"] would be a second column called "run_id". Give it another name: columns: { "run.run_id": "name" }.',
  );
  expect(await refusal(["name"], ["name"])).toContain('columns[0] would be a second column called "name"');
  expect(await refusal({ _step: "name" }, ["loss"])).toContain('a second column called "_step"');
  expect(requests).toEqual([]);
});

test("a column called as what samples are joined on is refused, too", async () => {
  const { runs, requests } = await open();
  const clash = runs.histories({
    keys: ["loss"],
    match: "any",
    xAxis: "epoch",
    columns: { _step: "config.lr" },
  });
  await expect(clash).rejects.toThrow('a second column called "_step"');
  expect(requests).toEqual([]);
});

test("a key may be any text", async () => {
  const { runs, requests } = await open();
  const key = 'config.a"]) { id } x(keys: ["\ud800\n\u2028' as const;
  expect((await runs.histories({ columns: [key] }))[0]).toMatchObject({ [key]: null });
  for (const { query } of requests) expect(() => parse(query)).not.toThrow();
});
