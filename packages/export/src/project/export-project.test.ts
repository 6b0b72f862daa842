import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { logRuns } from "../testing/log-runs.ts";
import { readTable, withoutNulls } from "../testing/read-dataset.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { readManifest } from "./dataset/read-manifest.ts";
import { exportProject } from "./export-project.ts";
import { verifyExport } from "./verify/verify-export.ts";

const STEPS = 20;

function rowsOf(run: number): object[] {
  return Array.from({ length: STEPS }, (_, step) => ({
    loss: run + 1 / (step + 1),
    n: run === 1 ? 1.5 : step,
  }));
}

function demo(count: number) {
  return Array.from({ length: count }, (_, run) => ({
    id: `run${run}`,
    rows: rowsOf(run),
    system: [{ cpu: run }, { cpu: 2.5 }],
    config: { lr: run / 10, optimizer: { name: "adam" } },
    summary: { loss: 0.05 },
  }));
}

test("exports runs, what they logged and their machines' metrics, each table sorted by run", async () => {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", demo(5).reverse());
  const out = join(temporaryFolder(), "dataset");
  const result = await exportProject("local/demo", { out, api });
  expect(result).toMatchObject({
    runs: 5,
    rows: 100,
    systemRows: 10,
    fetchedRuns: 5,
    unchangedRuns: 0,
    changed: true,
  });
  expect((await readdir(out)).sort()).toEqual([".lazyruns", "history", "manifest.json", "runs", "system"]);
  const history = await readTable(out, "history");
  expect(history.map(withoutNulls)).toEqual(
    demo(5).flatMap(({ id, rows }) => rows.map((row, _step) => ({ run_id: id, _step, ...row }))),
  );
  const runs = await readTable(out, "runs");
  expect(
    runs.map((run) => [run.run_id, run["config.lr"], run["config.optimizer.name"], run["summary.loss"]]),
  ).toEqual([0, 1, 2, 3, 4].map((run) => [`run${run}`, run / 10, "adam", 0.05]));
  expect(runs[2]).toMatchObject({ config_json: { lr: 0.2, optimizer: { name: "adam" } }, state: "finished" });
  expect((await readTable(out, "system")).map(({ cpu }) => cpu)).toEqual([
    0, 2.5, 1, 2.5, 2, 2.5, 3, 2.5, 4, 2.5,
  ]);
  expect(await verifyExport(out, { api })).toMatchObject({
    ok: true,
    problems: [],
    ...{ runs: 5, rows: 100, systemRows: 10, files: 3, behind: [], vanished: [] },
  });
  const manifest = await readManifest(out);
  expect(manifest?.tables.history).toMatchObject({
    rows: 100,
    files: [{ path: "history/part-00000.parquet" }],
  });
});

test("a second call changes nothing; a third fetches what changed, alone", async () => {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", demo(5));
  const out = temporaryFolder();
  await exportProject("local/demo", { out, api });
  const again = await exportProject("local/demo", { out, api });
  expect(again).toMatchObject({ runs: 5, rows: 100, fetchedRuns: 0, unchangedRuns: 5, changed: false });
  await logRuns(server.url, "demo", [
    { id: "run3", offset: STEPS, rows: [{ loss: 3, extra: "new" }] },
    { id: "new", rows: [] },
  ]);
  const third = await exportProject("local/demo", { out, api });
  expect(third).toMatchObject({
    runs: 6,
    rows: 101,
    systemRows: 10,
    fetchedRuns: 2,
    unchangedRuns: 4,
    changed: true,
  });
  const history = (await readTable(out, "history")).map(withoutNulls);
  expect(history.filter(({ run_id }) => run_id === "run3").at(-1)).toEqual({
    run_id: "run3",
    _step: STEPS,
    loss: 3,
    extra: "new",
  });
  expect(history).toHaveLength(101);
  expect((await readTable(out, "runs")).map(({ run_id }) => run_id)).toEqual([
    "new",
    "run0",
    "run1",
    "run2",
    "run3",
    "run4",
  ]);
});
