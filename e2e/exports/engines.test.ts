import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "@lazyruns/core";
import { exportProject } from "@lazyruns/export";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_KEY, PYTHON } from "../support/python.ts";
import {
  type Aggregates,
  type Answer,
  aggregatesIn,
  aggregatesOf,
  expectSame,
  expectSameRun,
} from "./aggregates.ts";
import { writeAwkwardProject } from "./awkward-project.ts";
import { DuckDB, quote } from "./by-duckdb.ts";
import { polarsAggregates } from "./by-polars.ts";
import { askPolarsAndPandas, askSpark, type SparkAnswers } from "./dataset-answers.ts";
import { linkProgramsWithoutJava } from "./programs-without-java.ts";

const DEMO_RUNS = fileURLToPath(new URL("../../apps/demo-notebooks/training/runs", import.meta.url));
const AWKWARD = "engines/awkward";
/** More than any run has, so that nothing is sampled. */
const ALL = 1_000_000;
/** What is called otherwise in the dataset, since engines take it for the same as `Case`. */
const RENAMED = new Map([["case", "case_2"]]);
const STREAMS = { history: "default", system: "system" } as const;
type Stream = keyof typeof STREAMS;

/** A table of a dataset, what core's own rows say of it, and a run of it to read alone. */
interface Table {
  readonly folder: string;
  readonly files: string;
  readonly expected: Aggregates;
  readonly run: string;
}

/** Milliseconds for Spark's three processes beside whatever else runs. */
const PATIENCE = 400_000;

let scratch: string;
let server: LocalServer;
let api: Api;
let duckdb: DuckDB;
let spark: Promise<SparkAnswers>;
const tables = new Map<string, Table>();

/** The demo's runs as they were recorded, and runs that differ in whatever runs can differ in. */
const NAMES = ["demo history", "demo system", "awkward history", "awkward system"] as const;
const table = (name: string) => tables.get(name) as Table;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "lazyruns-engines-"));
  server = await startServer({ dataDir: join(scratch, "data"), imports: [DEMO_RUNS] });
  api = new Api({ baseUrl: server.url, apiKey: API_KEY });
  duckdb = await DuckDB.open();
  await writeAwkwardProject(server.url, AWKWARD);
  const projects = { demo: "local/digits", awkward: AWKWARD };
  for (const [name, path] of Object.entries(projects)) {
    await exportProject(path, { out: join(scratch, name), api });
    for (const stream of Object.keys(STREAMS) as Stream[]) {
      const folder = join(scratch, name, stream);
      const expected = aggregatesOf(
        await api.runs(path).histories({ format: "table", samples: ALL, stream: STREAMS[stream] }),
        RENAMED,
      );
      const run =
        name === "awkward" && stream === "history" ? "long-3" : (Object.keys(expected.runs)[0] as string);
      tables.set(`${name} ${stream}`, { folder, files: `${folder}/*.parquet`, expected, run });
    }
  }
  const bin = join(scratch, "bin");
  mkdirSync(bin);
  linkProgramsWithoutJava(bin);
  const questions = NAMES.map((name) => ({ folder: table(name).folder, runs: [table(name).run] }));
  spark = askSpark("local-cluster[2,1,1024]", questions, bin);
  spark.catch(() => undefined); // the tests of it tell
}, PATIENCE);

afterAll(async () => {
  await spark?.catch(() => undefined);
  await duckdb?.[Symbol.asyncDispose]();
  await api?.close();
  await server?.close();
  rmSync(scratch, { recursive: true, force: true });
}, PATIENCE);

/** An engine finds of one run what there is of it, and of no other. */
function expectOne(found: Aggregates, { expected, run }: Table): void {
  expect(Object.keys(found.runs)).toEqual([run]);
  expectSameRun(found.runs[run], expected.runs[run] as Aggregates["runs"][string], run);
}

describe.each(NAMES)("%s", (name) => {
  test("has every run that logged, and rows enough", () => {
    const { expected } = table(name);
    expect(Object.keys(expected.runs).length).toBeGreaterThan(1);
    expect(Object.keys(expected.kinds).length).toBeGreaterThan(3);
  });

  test("by DuckDB in Node", async () => {
    expectSame(await duckdb.aggregates(table(name).files), table(name).expected);
    expectOne(await duckdb.aggregates(table(name).files, table(name).run), table(name));
  });

  test("by polars in Node, lazily", async () => {
    expectSame(await polarsAggregates(table(name).files), table(name).expected);
    expectOne(await polarsAggregates(table(name).files, table(name).run), table(name));
  });

  test("by Python's polars, lazily, and by pandas", async () => {
    const { folder, expected, run } = table(name);
    const all = await askPolarsAndPandas(folder);
    const one = await askPolarsAndPandas(folder, run);
    for (const engine of ["polars", "pandas"] as const) {
      expectSame(aggregatesIn(all[engine]), expected);
      expectOne(aggregatesIn(one[engine]), table(name));
    }
  });

  test("by Apache Spark", { timeout: PATIENCE }, async () => {
    const answers = (await spark).tables[NAMES.indexOf(name)];
    const { expected, run } = table(name);
    expectSame(aggregatesIn(answers?.all as Answer), expected);
    expectOne(aggregatesIn(answers?.pruned[run] as Answer), table(name));
  });
});

test("Spark runs in a cluster of processes, on the Java of a wheel, where the machine has none", async () => {
  const { java, executors } = await spark;
  expect(executors).toBe(2);
  expect(java.startsWith(join(dirname(dirname(PYTHON)), "lib"))).toBe(true);
});

test("engines leave out the row groups of other runs", async () => {
  const { folder, files, expected, run } = table("awkward history");
  const groups = await duckdb.rows(
    `SELECT file_name, stats_min_value, stats_max_value, row_group_num_rows FROM parquet_metadata(${quote(files)})
     WHERE path_in_schema = 'run_id' ORDER BY file_name, row_group_id`,
  );
  expect(groups.length).toBeGreaterThan(1);
  // Sorted by run: where one group ends, at most one run goes on in the next.
  const bounds = groups.map(([, least, most]) => [least, most] as [string, string]);
  for (const [index, [least, most]] of bounds.entries()) {
    expect(least <= most).toBe(true);
    const next = bounds[index + 1];
    if (next !== undefined) expect(most <= next[0]).toBe(true);
  }
  const total = Object.values(expected.runs).reduce((sum, { rows }) => sum + rows, 0);
  const may = groups.filter(([, least, most]) => (least as string) <= run && run <= (most as string));
  const inGroups = may.reduce((sum, [, , , rows]) => sum + Number(rows), 0);
  expect(inGroups).toBeLessThan(total);
  const scanned = (await spark).tables[NAMES.indexOf("awkward history")]?.pruned[run]?.scanned;
  expect(scanned).toBeLessThanOrEqual(inGroups);
  expect(scanned).toBeGreaterThanOrEqual(expected.runs[run]?.rows as number);
  expect(folder).not.toBe("");
});

test("the table of runs has a row a run, with configs and summaries as columns and whole", async () => {
  const files = `${quote(join(scratch, "awkward/runs/*.parquet"))}`;
  const rows = await duckdb.rows(
    `SELECT run_id, "config.lr", "config.seed", "summary.tokens", config_json, summary_json FROM read_parquet(${files})`,
  );
  const ids = (await api.runs(AWKWARD).toArray()).map(({ id }) => id);
  expect(rows.map(([id]) => id).sort()).toEqual(ids.sort());
  const byId = new Map(rows.map(([id, ...cells]) => [id, cells]));
  expect(byId.get("doubles")?.[0]).toBe(0.125);
  expect(byId.get("big-numbers")?.slice(1, 3)).toEqual([2n ** 53n + 1n, 2n ** 60n + 1n]);
  expect(JSON.parse(byId.get("nested")?.[3] as string)).toEqual({
    opt: { name: "sgd", schedule: { warmup: 10 } },
  });
  expect(byId.get("not-finite")?.[4]).toContain("NaN");
});
