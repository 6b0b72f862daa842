import { readdirSync } from "node:fs";
import { join } from "node:path";
import { LazyrunsError } from "@lazyruns/core";
import { expect, test } from "vitest";
import { deleteRun, type LoggedRun, logRuns } from "../testing/log-runs.ts";
import { readTable, withoutNulls } from "../testing/read-dataset.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { readManifest } from "./dataset/read-manifest.ts";
import { exportProject } from "./export-project.ts";
import type { ExportOptions } from "./options.ts";
import { verifyExport } from "./verify/verify-export.ts";

/** Exports runs, and gives the connection and the folder. */
async function exported(runs: readonly LoggedRun[], options: Partial<ExportOptions> = {}) {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", runs.length === 0 ? [{ id: "gone" }] : runs);
  const out = join(temporaryFolder(), "dataset");
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => void warnings.push(message);
  const given = { out, api, onWarning, ...options };
  const result = await exportProject("local/demo", given);
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [] });
  return { server, api, out, result, warnings };
}

test("values are as they were logged", async () => {
  const { out } = await exported([
    {
      id: "a",
      rows: [
        { x: Number.NaN, big: 9007199254740993n, flag: true, text: "é 🙂\n", nested: { list: [1, 2] } },
        { x: Number.POSITIVE_INFINITY, big: -5, flag: false, text: "" },
        { x: null, when: "2026-01-01" },
      ],
    },
    {
      id: "b",
      rows: [
        { x: 2, mixed: 1 },
        { x: -0.5, mixed: "one" },
      ],
    },
    { id: "c", rows: [{ flag: 3, mixed: true }] },
  ]);
  const rows = (await readTable(out, "history")).map(withoutNulls);
  expect(rows).toEqual(
    [
      {
        run_id: "a",
        _step: 0,
        x: Number.NaN,
        big: 9007199254740993n,
        flag: true,
        text: "é 🙂\n",
        "nested.list": [1, 2],
      },
      { run_id: "a", _step: 1, x: Number.POSITIVE_INFINITY, big: -5, flag: false, text: "" },
      { run_id: "a", _step: 2, when: "2026-01-01" },
      { run_id: "b", _step: 0, x: 2, mixed: 1 },
      { run_id: "b", _step: 1, x: -0.5, mixed: "one" },
      { run_id: "c", _step: 0, flag: 3, mixed: true },
    ].map((row) =>
      "nested.list" in row ? expect.objectContaining({ run_id: "a", big: 9007199254740993n }) : row,
    ),
  );
});

test("whole numbers that no column holds exactly are told of in the manifest", async () => {
  const beyond = 2n ** 70n + 1n;
  const { out } = await exported([
    { id: "a", rows: [{ mixed: 9007199254740993n, beyond, exact: 3 }] },
    { id: "b", rows: [{ mixed: 0.5, beyond: 1, exact: 0.5 }] },
  ]);
  const columns = (await readManifest(out))?.tables.history?.columns;
  expect(columns).toEqual([
    { name: "run_id", dtype: "utf8", exact: true },
    { name: "_step", dtype: "int64", exact: true },
    { name: "beyond", dtype: "float64", exact: false },
    { name: "exact", dtype: "float64", exact: true },
    { name: "mixed", dtype: "float64", exact: false },
  ]);
  expect((await readTable(out, "history"))[0]).toMatchObject({ mixed: 2 ** 53, beyond: 2 ** 70 });
});

test("metrics may be called anything; what case alone tells apart is renamed, and stays so", async () => {
  const names = ["Loss", "loss", "LOSS", "a.b", "a/b", 'say "hi"', "line\nbreak", "__proto__", "Run_ID", "é"];
  const row = Object.fromEntries(names.map((name, index) => [name, index + 0.5]));
  Object.defineProperty(row, "__proto__", { value: 7.5, enumerable: true });
  const { server, api, out, warnings } = await exported([{ id: "a", rows: [row] }]);
  const manifest = await readManifest(out);
  const renamed = manifest?.tables.history?.columns.filter(({ source }) => source !== undefined);
  expect(renamed).toEqual([
    { name: "Loss_2", dtype: "float64", source: "Loss", exact: true },
    { name: "Run_ID_2", dtype: "float64", source: "Run_ID", exact: true },
    { name: "loss_3", dtype: "float64", source: "loss", exact: true },
  ]);
  expect(warnings).toContain('Column "loss" of history is called "loss_3".');
  const [read] = await readTable(out, "history");
  const nameOf = new Map(renamed?.map(({ name, source }) => [source, name]));
  for (const name of names) expect(read?.[nameOf.get(name) ?? name], name).toBe(row[name]);
  await logRuns(server.url, "demo", [{ id: "b", rows: [{ LOSs: 1.5 }] }]);
  await exportProject("local/demo", { out, api });
  const columns = (await readManifest(out))?.tables.history?.columns.map(({ name, source = name }) => [
    source,
    name,
  ]);
  expect(columns?.filter(([source]) => source?.toLowerCase() === "loss")).toEqual([
    ["LOSS", "LOSS"],
    ["LOSs", "LOSs_4"],
    ["Loss", "Loss_2"],
    ["loss", "loss_3"],
  ]);
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true });
});

test("a run that logged run_id can't be exported: it is named, and the others are there", async () => {
  const { server, api } = await testServer();
  const ids = await logRuns(server.url, "demo", [
    { id: "a", rows: [{ loss: 1 }] },
    { id: "b", rows: [{ run_id: "mine" }] },
    { id: "c", rows: [{ loss: 3 }] },
  ]);
  const out = join(temporaryFolder(), "dataset");
  const error: LazyrunsError = await exportProject("local/demo", { out, api }).catch((error) => error);
  expect(error).toBeInstanceOf(LazyrunsError);
  expect(error.message).toMatch(/Rows of 1 of local\/demo's runs could not be exported: b\. .*run_id/);
  expect(error.missing).toEqual(["b"]);
  expect(error.partial).toMatchObject({ runs: 3, rows: 2 });
  expect((await readTable(out, "history")).map(({ run_id }) => run_id)).toEqual(["a", "c"]);
  expect((await readTable(out, "runs")).map(({ run_id }) => run_id)).toEqual(["a", "b", "c"]);
  const missing = [{ run: "b", message: expect.stringMatching(/^Rows of run b are missing: /) }];
  expect(await verifyExport(out, { api })).toMatchObject({ ok: false, problems: missing });
  await deleteRun(server.url, ids.get("b") as string);
  await exportProject("local/demo", { out, api }); // it stays, and so does what is missing of it
  expect(await verifyExport(out, { api })).toMatchObject({ ok: false, problems: missing, vanished: ["b"] });
});

test("a project whose runs logged nothing has a table without rows, that engines can read", async () => {
  const { out, result } = await exported([{ id: "a" }, { id: "b" }]);
  expect(result).toMatchObject({ runs: 2, rows: 0, systemRows: 0 });
  expect(readdirSync(join(out, "history"))).toEqual(["part-00000.parquet"]);
  expect(await readTable(out, "history")).toEqual([]);
  expect(await readTable(out, "runs")).toHaveLength(2);
});

test("a project without runs that match has tables without rows", async () => {
  const { out, result } = await exported([], { filters: { id: "nobody" } });
  expect(result).toMatchObject({ runs: 0, rows: 0 });
  for (const table of ["runs", "history", "system"]) expect(await readTable(out, table)).toEqual([]);
});

test("keys take rows that hold any of them", async () => {
  const runs = [
    { id: "a", rows: [{ loss: 1, other: 2 }, { other: 3 }, { acc: 0.5 }] },
    { id: "b", rows: [{ other: 1 }] },
  ];
  const { api, out, result } = await exported(runs, { keys: ["loss", "acc"], streams: ["history"] });
  expect(result).toMatchObject({ runs: 2, rows: 2, systemRows: 0 });
  expect((await readTable(out, "history")).map(withoutNulls)).toEqual([
    { run_id: "a", _step: 0, loss: 1 },
    { run_id: "a", _step: 2, acc: 0.5 },
  ]);
  expect(readdirSync(out).sort()).toEqual([".lazyruns", "history", "manifest.json", "runs"]);
  const again = { out, api, keys: ["acc", "loss", "acc"], streams: ["history"] as const };
  expect(await exportProject("local/demo", again)).toMatchObject({ changed: false });
});

test("the streams may be none: the runs alone", async () => {
  const { out, result } = await exported([{ id: "a", rows: [{ loss: 1 }] }], { streams: [] });
  expect(result).toMatchObject({ runs: 1, rows: 0 });
  expect(readdirSync(out).sort()).toEqual([".lazyruns", "manifest.json", "runs"]);
});

test("configs with very many different keys get as many columns as engines stand; the JSON has all", {
  timeout: 30_000,
}, async () => {
  const runs = Array.from({ length: 50 }, (_, run) => ({
    id: `run${String(run).padStart(2, "0")}`,
    config: {
      lr: run,
      ...Object.fromEntries(Array.from({ length: 30 }, (_, key) => [`own_${run}_${key}`, key])),
    },
  }));
  const { out, warnings } = await exported(runs);
  const columns = (await readManifest(out))?.tables.runs?.columns.map(({ name }) => name) ?? [];
  expect(columns.filter((name) => name.startsWith("config."))).toHaveLength(1000);
  expect(columns).toContain("config.lr");
  expect(warnings.join()).toMatch(/501 more keys in configs and summaries than the 1000 that got columns/);
  const rows = await readTable(out, "runs");
  expect(Object.keys(rows[49]?.config_json as object)).toHaveLength(31);
});
