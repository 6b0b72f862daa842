import { HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import { expect, test } from "vitest";
import type { RunsOutput } from "../../mime.ts";
import { parsedHtml } from "../../testing/parsed-html.ts";
import { runsServer, type TestRun } from "../../testing/runs-server.ts";
import { expectValidJson } from "../../testing/schemas.ts";
import { bundleOf, type MimeBundle } from "../bundle.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";

const config = (values: object) =>
  JSON.stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])));

const THREE: TestRun[] = [
  {
    id: "r1",
    name: "first",
    tags: ["baseline"],
    config: config({ lr: 0.1, opt: { name: "sgd" }, same: 1 }),
    summary: '{"loss": NaN, "_runtime": 65.5, "_step": 9}',
  },
  {
    id: "r2",
    name: "second",
    state: "running",
    config: config({ lr: 0.01, opt: { name: "adam" }, same: 1 }),
    summary: '{"loss": 0.25}',
  },
  {
    id: "r3",
    name: "r3",
    state: "failed",
    config: config({ lr: 0.01, opt: { name: "sgd" }, same: 1 }),
    summary: '{"loss": 123456789012345678901}',
  },
];

function shown(bundle: MimeBundle | undefined) {
  if (bundle === undefined) throw new Error("nothing is shown");
  expectValidJson(bundle);
  const data = bundle[RUNS] as RunsOutput;
  const names = (kind: string) =>
    data.columns.flatMap((column) => (column.kind === kind && column.shown ? [column.name] : []));
  const html = bundle["text/html"] ?? "";
  return { ...parsedHtml(html), data, names, html, text: bundle["text/plain"] };
}

test("a collection of which nothing was asked says so, and asks nothing", async () => {
  const api = await runsServer(THREE);
  const runs = api.runs("team/digits");
  const { data, text, html } = shown(bundleOf(runs));
  expect(data).toMatchObject({
    of: "runs",
    entity: "team",
    project: "digits",
    total: null,
    loaded: 0,
    ids: [],
    full: 0,
  });
  for (const form of [text, html]) expect(form).toMatch(/not loaded yet[\s\S]*show\(runs\)/);
  expect(runs.peek().fetched).toEqual([]);
});

test("runs that aren't full are shown by their fields, and what to do for the rest", async () => {
  const api = await runsServer(THREE);
  const runs = api.runs("team/digits", { perPage: 2 });
  await runs.slice(0, 2);
  const { data, names, text, html } = shown(bundleOf(runs));
  expect(data).toMatchObject({ total: 3, loaded: 2, full: 0, ids: ["r1", "r2"] });
  expect(names("field")).toEqual(["name", "state", "createdAt", "runtime", "tags"]);
  expect(names("config")).toEqual([]);
  for (const form of [text, html]) {
    expect(form).toContain("2 of 3 runs loaded");
    expect(form).toContain("await runs.upgradeToFull()");
    expect(form).toContain("12m 5s");
  }
});

test("of full runs the keys that differ are shown, and all are in the JSON", async () => {
  const api = await runsServer(THREE);
  const runs = await api.runs("team/digits").upgradeToFull();
  await runs.slice(0, 3);
  const { data, names, cells, text } = shown(bundleOf(runs));
  expect(data).toMatchObject({ total: 3, loaded: 3, full: 3, columnsLeftOut: 0 });
  expect(names("config")).toEqual(["lr", "opt.name"]);
  expect(names("summary")).toEqual(["loss"]);
  const column = (name: string) => data.columns.find((one) => one.name === name);
  expect(column("same")).toMatchObject({ kind: "config", shown: false, dtype: "int64", values: [1, 1, 1] });
  expect(column("loss")).toMatchObject({ dtype: "float64", values: ["NaN", 0.25, "123456789012345678901"] });
  expect(column("runtime")?.values).toEqual([65.5, 725, 725]); // as logged, or from beginning to last sign of life
  expect(column("createdAt")).toMatchObject({
    dtype: "datetime",
    values: Array(3).fill("2026-11-20T10:00:00.000Z"),
  });
  expect(column("tags")?.values).toEqual([["baseline"], null, null]);
  expect(cells).toEqual(
    expect.arrayContaining(["first r1", "r3", "● running", "NaN", "0.25", "adam", "1m 6s"]),
  );
  expect(text).toMatch(/^r2 +second +running/m);
});

test("more runs and keys than a table has are said", async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({
    id: `r${at}`,
    config: config(Object.fromEntries(Array.from({ length: 12 }, (_, key) => [`k${key}`, at + key]))),
  }));
  const api = await runsServer(many);
  const runs = api.runs("team/digits", { lazy: false });
  await runs.slice(0, 60);
  const { data, names, html } = shown(bundleOf(runs));
  expect(data.ids).toHaveLength(50);
  expect(data.loaded).toBe(60);
  expect(names("config")).toHaveLength(8);
  expect(html).toContain("10 more runs loaded and not shown: show(runs, { maxRows: 60 }).");
  expect(html).toContain("4 more config keys differ: k8, k9, k10, k11.");
  expect(shown(bundleOf(runs, { maxRows: 60 })).data.ids).toHaveLength(60);
});

test("columns are chosen by name, in that order", async () => {
  const api = await runsServer(THREE);
  const runs = api.runs("team/digits", { lazy: false });
  await runs.slice(0, 3);
  const { data, text, html } = shown(
    bundleOf(runs, { columns: ["summary.loss", "state", "opt.name", "config.no"] }),
  );
  expect(data.columns.filter((column) => column.shown).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "field name",
    "summary loss",
    "field state",
    "config opt.name",
    "config no",
  ]);
  for (const form of [text, html]) expect(form).toContain("None of these runs has config.no.");
  expect(() => bundleOf(runs, { columns: "state" as never })).toThrow(InvalidArgumentError);
  expect(() => bundleOf(runs, { maxRows: 0 })).toThrow(
    /maxRows is 0; it must be a whole number of at least 1/,
  );
});

test("fields have one name each, whatever core calls them, and no other name is a field", async () => {
  const api = await runsServer(THREE);
  const runs = api.runs("team/digits");
  await runs.slice(0, 3);
  const { data } = shown(bundleOf(runs, { columns: ["sweepName", "sweep", "runtime"] }));
  const asked = data.columns.flatMap(({ kind, name, shown: isShown }) =>
    isShown ? [`${kind} ${name}`] : [],
  );
  expect(asked).toEqual(["field name", "field sweep", "field runtime"]);
  const [first, ...others] = data.columns;
  const wrong = { ...data, columns: [{ ...first, name: "sweepName" }, ...others] };
  expect(() => expectValidJson({ "text/plain": "", [RUNS]: wrong })).toThrow(/oneOf|const/);
});

test("histories of the shown runs are a curve each, and in the JSON", async () => {
  const api = await runsServer(THREE);
  const runs = api.runs("team/digits");
  await runs.slice(0, 2);
  const ids = ["r1", "r1", "gone", "r2"];
  const histories = HistoryTable.fromColumns(ids, [
    { name: "_step", dtype: "int64", values: BigInt64Array.of(0n, 1n, 0n, 0n), validity: null },
    { name: "loss", dtype: "float64", values: Float64Array.of(3, 2, 9, 1), validity: null },
  ]);
  const { data, html, text } = shown(bundleOf(runs, { histories }));
  expect(data.histories).toMatchObject({
    numRows: 3,
    totalRows: 3,
    rows: "all",
    x: "_step",
    runs: [
      { id: "r1", name: "first", numRows: 2, totalRows: 2 },
      { id: "r2", name: "second", numRows: 1 },
    ],
    columns: [
      { name: "_step", dtype: "int64", values: [0, 1, 0] },
      { name: "loss", dtype: "float64", values: [3, 2, 1] },
    ],
  });
  expect(html.match(/<svg /g)).toHaveLength(2);
  expect(html).toContain('aria-label="loss: 2 points, 3 to 2"');
  expect(text).toContain("█▁");
  expect(text).toMatch(/^Id +Name +loss +State /m);
});

test("a run shows all it has", async () => {
  const api = await runsServer(THREE);
  const [lazy] = await api.runs("team/digits").slice(0, 1);
  const before = shown(bundleOf(lazy));
  expect(before.html).toContain("await run.load()");
  await lazy?.load();
  const { data, text, cells } = shown(bundleOf(lazy));
  expect(data).toMatchObject({ of: "run", ids: ["r1"], total: 1, full: 1 });
  expect(cells).toEqual(expect.arrayContaining(["opt.name", "sgd", "same", "loss", "NaN"]));
  expect(cells).not.toContain("_step");
  expect(text).toMatch(/^Run team\/digits\/r1 "first"\n/);
  expect(text).toMatch(/^ {2}config\.opt\.name +sgd$/m);
});

test("what is none of ours is left alone", () => {
  for (const value of [
    undefined,
    null,
    1,
    "runs",
    {},
    [],
    new Map(),
    () => 1,
    new Date(),
    Promise.resolve(),
  ]) {
    expect(bundleOf(value)).toBeUndefined();
  }
});
