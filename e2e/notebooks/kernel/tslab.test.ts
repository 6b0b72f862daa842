import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Shown } from "../../frames/tslab-kernel.ts";
import { type CellsKernel, startCells } from "./kernel-of-cells.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";
const HISTORY = "application/vnd.lazyruns.history.v1+json";
const VEGA_LITE = "application/vnd.vegalite.v5+json";

let cells: CellsKernel;

beforeAll(async () => {
  const before = 'import * as pl from "nodejs-polars"; const early = pl.DataFrame({ a: [1, 2] });';
  cells = await startCells({ before });
});

afterEach(() => {
  cells.intercept = undefined;
});

afterAll(() => cells?.stop());

/** The one output of a cell, which must be whole. */
async function shown(code: string, mime: string): Promise<Shown> {
  const outputs = await cells.shows(code);
  expect(outputs).toHaveLength(1);
  const [output] = outputs as [Shown];
  expect(Object.keys(output.data)).toEqual(expect.arrayContaining(["text/plain", "text/html", mime]));
  return output;
}

it("a bare collection shows what is there, and its first page when that has come", async () => {
  const first = await shown('const bare = api.runs("local/cells");\nbare', RUNS);
  expect(first.data[RUNS]).toMatchObject({ loaded: 0, ids: [] });
  await cells.untilLast(({ updates }) => updates > 0);
  const last = cells.kernel.shown.at(-1) as Shown;
  expect(last.id).toBe(first.id);
  expect(last.data[RUNS]).toMatchObject({ loaded: 50, total: 60 });
  expect(last.data["text/plain"]).toContain("50 of 60");
  expect(cells.asked).toHaveLength(1);

  const again = await shown("bare", RUNS);
  expect(again.data[RUNS]).toMatchObject({ loaded: 50, total: 60 });
  await cells.prints("await null;");
  expect(again.updates).toBe(0);
  expect(cells.asked).toHaveLength(1);
});

it("a bare collection whose page can't be had says so in its output, and rejects nowhere", async () => {
  await shown('api.runs("local/no-such-project")', RUNS);
  await cells.untilLast(({ updates }) => updates > 0);
  const { data } = cells.kernel.shown.at(-1) as Shown;
  expect(data["text/plain"]).toContain("The runs could not be loaded. NotFoundError: There is no project");
  expect(data["text/html"]).toContain("The runs could not be loaded.");
  expect(await cells.prints("await null;")).toBe("");
});

it("runs, histories and tables show themselves as a cell's value", async () => {
  await shown("const one = await runs.at(0);\none", RUNS);
  await shown('const history = await runs.histories({ keys: ["loss"], format: "table" });\nhistory', HISTORY);
  await shown('const table = await runs.table({ config: ["index"], format: "table" });\ntable', RUNS);
});

it("plots show themselves as a cell's value", async () => {
  const { data } = await shown('lazyruns.plot(history, { y: "loss" })', HISTORY);
  expect(data[HISTORY]).toMatchObject({ of: "plot", plot: { y: ["loss"] } });
  expect(Object.keys(data)).toContain(VEGA_LITE);
  const [interactive] = (await cells.shows('lazyruns.plot(history, { y: "loss", interactive: true })')) as [
    Shown,
  ];
  expect(Object.keys(interactive.data).sort()).toEqual([HISTORY, VEGA_LITE, "text/plain"].sort());
  expect(await cells.prints('console.log(lazyruns.plot(history, { y: "loss" }))')).toContain("loss");
});

it("values of another copy of core show themselves too", async () => {
  await cells.prints('const esm = require("./esm.mjs") as { openRuns: () => typeof runs };');
  expect(await cells.prints("esm.openRuns() instanceof lazyruns.Runs")).toBe("false\n");
  await shown("esm.openRuns()", RUNS);
  await cells.untilLast(({ updates }) => updates > 0);
  expect((cells.kernel.shown.at(-1) as Shown).data[RUNS]).toMatchObject({ loaded: 50 });
});

it("frames of polars show themselves, however they were made", async () => {
  expect((await shown("early", HISTORY)).data[HISTORY]).toMatchObject({ of: "frame", totalRows: 2 });
  await cells.prints("const frame = pl.DataFrame({ a: [1, 2, 1] });");
  expect((await shown("frame", HISTORY)).data[HISTORY]).toMatchObject({ of: "frame", totalRows: 3 });
  const grouped = await shown('frame.groupBy("a").agg(pl.col("a").count().alias("n"))', HISTORY);
  expect(grouped.data[HISTORY]).toMatchObject({ of: "frame", totalRows: 2 });
  await shown('frame.lazy().filter(pl.col("a").gt(1)).collectSync()', HISTORY);
  await shown('await runs.histories({ keys: ["loss"], format: "polars" })', HISTORY);
});

it("frames of danfo show themselves, however they were made", async () => {
  await cells.prints(
    'import * as dfd from "danfojs-node"; const danfo = new dfd.DataFrame({ a: [1, 2, 1], b: [1, 2, 3] });',
  );
  expect((await shown("danfo", HISTORY)).data[HISTORY]).toMatchObject({ of: "frame", totalRows: 3 });
  const grouped = await shown('danfo.groupby(["a"]).mean()', HISTORY);
  expect(grouped.data[HISTORY]).toMatchObject({ of: "frame", totalRows: 2 });
});

it("what is printed, or lies in another value, stays text", async () => {
  for (const code of ["console.log(runs)", "[runs]", "({ inner: runs })"]) {
    expect(await cells.prints(code)).toMatch(/Runs local\/cells \(\d+ fetched so far\)/);
  }
  expect(await cells.prints("[one]")).toMatch(/^\[ Run run-0 .*\]\n$/);
  for (const code of ["console.log(frame)", "[frame]", "({ inner: frame })", "frame.toString()"]) {
    expect(await cells.prints(code)).toContain("shape: (3, 1)");
  }
  for (const code of ["console.log(danfo)", "[danfo]", "danfo.toString()"]) {
    expect(await cells.prints(code)).toContain("╔════");
  }
  expect(await cells.prints("await null; 5")).toBe("5\n");
});

it("show waits for what it shows, and gives nothing back", async () => {
  const { data } = await shown(
    'await lazyruns.show(api.runs("local/cells"), { keys: ["loss"], columns: ["config.index"], maxRows: 3 })',
    RUNS,
  );
  expect(data[RUNS]).toMatchObject({ loaded: 50, ids: ["run-0", "run-1", "run-2"] });
  expect(data[RUNS].histories).toMatchObject({ totalRows: 12 });
  expect(data[RUNS].columns).toContainEqual(
    expect.objectContaining({ kind: "config", name: "index", values: [0, 1, 2] }),
  );
  expect((await cells.shows("await lazyruns.show({ a: [1n] })"))[0]?.data).toEqual({
    "text/plain": "{ a: [ 1n ] }",
  });
});

it("an error in a cell is its message, without a stack", async () => {
  const { status, stderr } = await cells.kernel.run('await api.runs("local/none").toArray()');
  expect(status).toBe("error");
  expect(stderr).toMatch(/^NotFoundError: There is no project local\/none .*\n$/);
  await afterError();
  expect(await cells.prints('await api.runs("a/b").at(0).catch((e) => e.stack.includes("\\n    at "))')).toBe(
    "true\n",
  );
});

it("a long call shows one line, which becomes its result, unless that is switched off", async () => {
  await cells.prints("lazyruns.progress(true);");
  let release: () => void = () => undefined;
  const held = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  cells.intercept = () => held;
  const before = cells.kernel.shown.length;
  const running = cells.shows('await null; const rows = await runs.histories({ keys: ["loss"] });');
  const text = () => cells.kernel.shown[before]?.data["text/plain"];
  await Promise.race([running, vi.waitFor(() => expect(text()).toBeDefined(), 60_000)]);
  expect(text()).toBe("histories of local/cells ░░░░░░░░░░░░░░░░░░░░ asking");
  release();
  const [line, ...others] = await running;
  expect(others).toEqual([]);
  expect(line?.data).toEqual({
    "text/plain": expect.stringMatching(/^histories of local\/cells: 60 runs in [\d.]+s \(\d+\/s\)$/),
  });
});

/** tslab runs no cell for a moment after an error. */
async function afterError(): Promise<void> {
  const runs = async () => expect((await cells.kernel.run("console.log(1)")).stdout).toBe("1\n");
  await vi.waitFor(runs, { interval: 250, timeout: 10_000 });
}
