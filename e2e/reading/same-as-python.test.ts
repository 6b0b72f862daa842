import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Api,
  type Filters,
  type FullRun,
  type HistoriesOptions,
  type Order,
  type RunsOptions,
} from "@lazyruns/core";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY, runPython } from "../support/python.ts";
import { askPython, type Question } from "./ask-python.ts";
import { BUILT } from "./built-filters.ts";

const PATH = "local/awkward";

type Rows = Record<string, unknown>[];

const FILTERS: readonly Filters[] = [
  {},
  { name: "long" },
  { name: { $in: ["long", "empty", "nobody"] } },
  { name: { $nin: ["long", "empty"] } },
  { displayName: { $regex: "^(?i)TWO|sweep$" } },
  { display_name: { $ne: "no history" } },
  { state: "failed" },
  { state: { $ne: "failed" }, group: "g0" },
  { tags: "best" },
  { tags: { $in: ["v1", "é😀"] } },
  { tags: { $ne: "best" } },
  { group: null },
  { group: { $exists: true } },
  { jobType: { $in: ["train", "eval"] } },
  { username: "local" },
  { sweep: { $exists: true } },
  { createdAt: { $gt: "2020-01-01" } },
  { createdAt: { $lt: "2020-01-01T00:00:00" } },
  { "config.lr": 0.01 },
  { "config.lr.value": { $gte: 0.01, $lt: 0.5 } },
  { "config.lr": { $gt: 0 } },
  { "config.lr": "adaptive" },
  { "config.opt.name": "adam" },
  { "config.opt.value.betas": 0.999 },
  { "config.weird.key": 1 },
  { "config.a/b": { $lte: 2 } },
  { "config.nothing": null },
  { "config.flag": true },
  { "summary_metrics.accuracy": { $gt: 0.5 } },
  { "summary_metrics.accuracy": { $exists: false } },
  { "summary_metrics.val/loss": { $lt: 1 } },
  { "summary_metrics.loss": { $gte: 0 } },
  { "summary_metrics.loss": { $lt: 0 } },
  { $or: [{ "config.lr": 1 }, { "summary_metrics.rare": { $gte: 0 } }] },
  { $and: [{ tags: "v1" }, { jobType: "train" }] },
  { $nor: [{ tags: "best" }, { group: "g0" }, { state: "failed" }] },
];

const ORDERS: readonly Order[] = [
  "+created_at",
  "-created_at",
  "createdAt",
  "-heartbeat_at",
  "heartbeatAt",
  "+name",
  "-display_name",
  "+config.lr.value",
  "-config.lr.value",
  "+summary_metrics.accuracy",
  "-summary_metrics.accuracy",
  "-summary_metrics.val/loss",
  "+summary_metrics.loss",
  "-summary_metrics.loss",
  "config.lr",
  "-jobType",
];

/** Ours and Python's way to ask for the same histories. */
const HISTORIES: readonly {
  ours: HistoriesOptions;
  python: (Question & { kind: "histories" })["options"];
}[] = [
  { ours: {}, python: {} },
  { ours: { samples: 7 }, python: { samples: 7 } },
  { ours: { samples: 1 }, python: { samples: 1 } },
  { ours: { samples: 5000 }, python: { samples: 5000 } },
  ...[
    ["loss"],
    ["loss", "val/loss"],
    ["val.acc"],
    ["a.b.c"],
    ["a.b.c", "a.list"],
    ["words", "flag"],
    ["none"],
    ["big", "negative"],
    ["nested", "text"],
    ["nested.inner"],
    ["rare"],
    ["never logged"],
    ["constructor"],
    ["_runtime", "_timestamp"],
    ["loss", "loss", "_step"],
  ].map((keys) => ({ ours: { keys }, python: { keys } })),
  { ours: { keys: ["loss"], samples: 3 }, python: { keys: ["loss"], samples: 3 } },
  { ours: { keys: ["loss"], xAxis: "_timestamp" }, python: { keys: ["loss"], x_axis: "_timestamp" } },
  { ours: { keys: ["loss"], xAxis: "rare" }, python: { keys: ["loss"], x_axis: "rare" } },
  { ours: { stream: "system" }, python: { stream: "system" } },
  { ours: { stream: "system", samples: 2 }, python: { stream: "system", samples: 2 } },
];

const questions: Question[] = [
  ...FILTERS.map((filters): Question => ({ kind: "ids", filters: filters })),
  ...BUILT.map(({ python }): Question => ({ kind: "ids", filters: python })),
  ...ORDERS.map((order): Question => ({ kind: "ids", order })),
  ...HISTORIES.map(({ python }): Question => ({ kind: "histories", options: python })),
  { kind: "facts" },
  { kind: "histories", filters: { tags: "best" }, order: "-config.lr.value", options: { keys: ["loss"] } },
];

let server: LocalServer;
let dataDir: string;
let api: Api;
const answers = new Map<string, unknown>();

/** What Python said; a question that it was not asked is a mistake here. */
function python<T>(question: Question): T {
  const key = JSON.stringify(question);
  if (!answers.has(key)) throw new Error(`Python was not asked ${key}`);
  return answers.get(key) as T;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "lazyruns-reading-"));
  server = await startServer({ dataDir });
  await runPython(new URL("log_project.py", import.meta.url), { baseUrl: server.url, args: ["awkward"] });
  const replies = await askPython(server.url, PATH, questions);
  for (const [index, question] of questions.entries()) answers.set(JSON.stringify(question), replies[index]);
  api = new Api({ apiKey: API_KEY, baseUrl: server.url });
});

afterAll(async () => {
  await api?.close();
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function idsOf(options: Pick<RunsOptions, "filters" | "order">): Promise<string[]> {
  const ids: string[] = [];
  for await (const run of api.runs(PATH, { ...options, perPage: 3 })) ids.push(run.id);
  return ids;
}

describe("runs are the same as Python's", () => {
  it("knows of runs and rows to compare", () => {
    const rows = HISTORIES.map(({ python: options }) => python<Rows>({ kind: "histories", options }).length);
    expect(rows.filter((count) => count === 0)).toHaveLength(1); // "never logged"
  });

  it("finds what was logged", async () => {
    expect(await idsOf({})).toEqual([
      "cadences",
      "nonfinite",
      "integers",
      "nested",
      "hostile",
      "empty",
      "long",
      "failed",
      "swept",
      "measured",
    ]);
  });

  it.each(FILTERS.map((filters) => [JSON.stringify(filters), filters] as const))(
    "filters %s",
    async (_, filters) => {
      const expected = python<string[]>({ kind: "ids", filters: filters });
      expect(await idsOf({ filters })).toEqual(expected);
      expect(await api.runs(PATH, { filters }).length).toBe(expected.length);
    },
  );

  it.each(BUILT.map((both) => [JSON.stringify(both.ours), both] as const))(
    "filters as Python has them not: %s",
    async (_, { ours, python: filters }) => {
      expect(await idsOf({ filters: ours })).toEqual(python({ kind: "ids", filters }));
    },
  );

  it("filters tell runs apart: each leaves some out or takes some", () => {
    const sizesOf = (all: readonly object[]) =>
      all.map((filters) => python<string[]>({ kind: "ids", filters }).length);
    const apart = (sizes: readonly number[]) => sizes.filter((size) => size > 0 && size < 10).length;
    expect(apart(sizesOf(FILTERS))).toBeGreaterThan(25);
    expect(apart(sizesOf(BUILT.map(({ python: filters }) => filters)))).toBeGreaterThan(20);
  });

  it.each(ORDERS)("order %s", async (order) => {
    expect(await idsOf({ order })).toEqual(python({ kind: "ids", order }));
  });

  it("every field, and config, summary and system metrics, however they are loaded", async () => {
    const expected = python<Record<string, unknown>[]>({ kind: "facts" });
    const full = await api.runs(PATH, { lazy: false }).toArray();
    expect(full.map(factsOf)).toEqual(expected);

    const upgraded = api.runs(PATH, { perPage: 4 });
    await upgraded.at(0);
    expect((await (await upgraded.upgradeToFull()).toArray()).map(factsOf)).toEqual(expected);

    const loaded: FullRun[] = [];
    for await (const run of api.runs(PATH)) loaded.push(await run.load());
    expect(loaded.map(factsOf)).toEqual(expected);
  });

  it("filters tell integers beyond 2^53 apart", async () => {
    expect(await idsOf({ filters: { "config.seed": 2n ** 53n + 1n } })).toEqual(["integers"]);
    expect(await idsOf({ filters: { "config.seed": 2n ** 53n } })).toEqual([]);
  });

  it("has a run's sweep, with its configuration", async () => {
    const [run] = await api.runs(PATH, { filters: { name: "swept" } }).toArray();
    expect(run?.sweep).toMatchObject({
      name: "the sweep",
      config: { method: "grid", parameters: { lr: { values: [0.5] } } },
    });
  });
});

describe("histories are the same as Python's, except that NaN and the infinities are numbers with keys too", () => {
  it.each(HISTORIES.map((both) => [JSON.stringify(both.ours), both] as const))(
    "%s",
    async (_, { ours, python: options }) => {
      const expected = python<Rows>({ kind: "histories", options });
      expect(await api.runs(PATH).histories(ours)).toEqual(options.keys ? expected.map(asNumbers) : expected);
    },
  );

  it("of chosen runs in another order", async () => {
    const question: Question = {
      kind: "histories",
      filters: { tags: "best" },
      order: "-config.lr.value",
      options: { keys: ["loss"] },
    };
    const runs = api.runs(PATH, { filters: { tags: "best" }, order: "-config.lr.value" });
    const rows = await runs.histories({ keys: ["loss"] });
    expect(rows).toEqual(python(question));
    expect([...new Set(rows.map((row) => row.run_id))]).toEqual(["long", "cadences"]);
  });

  it("hold the hard values as they were logged", async () => {
    const rows = await api.runs(PATH).histories({ samples: 5000 });
    const metric = (run: string, key: string) =>
      rows.filter((row) => row.run_id === run && key in row).map((row) => row[key]);
    expect(metric("integers", "big")).toEqual([0n, 1n, 2n, 3n].map((step) => 2n ** 53n + 1n + step));
    expect(metric("nonfinite", "loss")).toEqual([
      1.5,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      2,
      Number.NaN,
    ]);
    const [diverged] = await api.runs(PATH, { filters: { name: "nonfinite" }, lazy: false }).toArray();
    expect(diverged?.summary.loss).toBeNaN();
    expect(metric("nested", "words")).toEqual(Array(6).fill('quote " \\ é😀\n</script>'));
    expect(metric("long", "loss")).toHaveLength(1300);
    expect(metric("empty", "_step")).toEqual([]);
    expect(rows.find((row) => row.run_id === "hostile" && Object.hasOwn(row, "__proto__"))?._step).toBe(0);
  });

  it("keep the first and the last row of a sample", async () => {
    const rows = await api.runs(PATH, { filters: { name: "long" } }).histories({ samples: 500 });
    expect(rows).toHaveLength(500);
    expect([rows[0]?._step, rows.at(-1)?._step]).toEqual([10, 10 + 3 * 1299]);
  });

  it("system stream has machine metrics; with keys it is filtered, where Python gives nothing and an error", async () => {
    const all = python<Rows>({ kind: "histories", options: { stream: "system" } });
    const key = Object.keys(all[0] ?? {}).find((name) => name.startsWith("system.")) ?? "";
    expect(key).not.toBe("");
    const rows = await api.runs(PATH).histories({ stream: "system", keys: [key] });
    expect(rows).toEqual(
      all
        .filter((row) => Object.hasOwn(row, key) && Object.hasOwn(row, "_runtime"))
        .map((row) => ({ _runtime: row._runtime, [key]: row[key], run_id: row.run_id })),
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it("xAxis without keys orders the rows and leaves out those without it, where Python ignores it", async () => {
    const all = python<Rows>({ kind: "histories", options: {} });
    const rows = await api.runs(PATH).histories({ xAxis: "rare" });
    expect(rows).toEqual(all.filter((row) => Object.hasOwn(row, "rare")));
    expect(rows.length).toBeGreaterThan(0);
  });
});

function factsOf(run: FullRun): Record<string, unknown> {
  const { id, name, state, tags, group, jobType, notes, sweepName, config, summary, systemMetrics } = run;
  return {
    id,
    name,
    state,
    tags,
    group,
    jobType,
    notes,
    // Python gives times as the server's text
    createdAt: run.createdAt?.toISOString(),
    heartbeatAt: run.heartbeatAt?.toISOString(),
    sweepName,
    config,
    summary,
    systemMetrics,
  };
}

const NON_FINITE = new Map<unknown, number>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * sampledHistory is strict JSON: NaN comes as text, which Python passes on and core makes a number again, except
 * inside nested values. No metric here is such a word itself.
 */
function asNumbers(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, NON_FINITE.get(value) ?? value]));
}
