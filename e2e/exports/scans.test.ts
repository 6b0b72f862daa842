import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "@lazyruns/core";
import "@lazyruns/export";
import { type LocalServer, type RequestInfo, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { untag, type Value } from "../frames/values.ts";
import { API_KEY } from "../support/python.ts";
import {
  askPython,
  expectRows,
  ourRows,
  type PrintedRow,
  pythonRows,
  type Question,
  type Row,
  rowsOf,
  type ScanOptions,
} from "./scanned.ts";
import { RUN_IDS, writeScannedProject } from "./scanned-project.ts";

const PATH = "engines/scanned";

/** Steps and pages, as they are put to Python and to ours. The last reach beyond the run's ends. */
const RANGES: readonly (readonly [run: string, options: ScanOptions])[] = [
  ["every-kind", { min_step: 999, max_step: 1001 }],
  ["every-kind", { min_step: 1990, page_size: 37 }],
  ["every-kind", { max_step: 3, page_size: 1 }],
  ["resumed", { min_step: 290, max_step: 310, page_size: 7 }],
  ["resumed-running", { min_step: 299, max_step: 301 }],
  ["resumed-running", { min_step: 300 }],
  ["running", { min_step: 1000, max_step: 5000 }],
  ["gaps", { min_step: 5, max_step: 12_002 }],
  ["late", { min_step: 60_000, max_step: 61_003 }],
  ["sparse", { min_step: 5000 }],
];

/** Keys that no row, every row, or a few rows have, at the same step or not. */
const KEYED: readonly (readonly [
  run: string,
  options: ScanOptions & { readonly keys: readonly string[] },
])[] = [
  ["every-kind", { keys: ["loss"] }],
  ["every-kind", { keys: ["loss", "rare"] }],
  ["every-kind", { keys: ["edge", "words", "flag"], min_step: 1500, max_step: 1600, page_size: 9 }],
  ["every-kind", { keys: ["val/loss", "list", "opt"], max_step: 20 }],
  ["every-kind", { keys: ["nothing"] }],
  ["every-kind", { keys: ["never logged"] }],
  ["sparse", { keys: ["rare"] }],
  ["sparse", { keys: ["rare", "loss"] }],
  ["resumed", { keys: ["count", "rare"] }],
  ["resumed-running", { keys: ["count", "rare"] }],
  ["running", { keys: ["rare"] }],
  ["late", { keys: ["loss"] }],
  ["empty", { keys: ["loss"] }],
];

const DOTTED = ["every-kind", { keys: ["opt.deep.n", "count"], max_step: 30 }] as const;
const BIG = ["every-kind", { keys: ["tokens"], max_step: 30 }] as const;

describe.each([
  { way: "by pages", parquet: false },
  { way: "by Parquet files and pages of what is in none", parquet: true },
])("$way", ({ parquet }) => {
  const requests: RequestInfo[] = [];
  let dataDir: string;
  let server: LocalServer;
  let api: Api;
  const python = new Map<string, unknown>();
  const ask = (question: Question) => python.get(JSON.stringify(question));
  const scan = (run: string, options: ScanOptions = {}): Question => ({
    kind: "scan",
    path: PATH,
    run,
    options,
  });
  const files = (run: string): Question => ({ kind: "files", path: PATH, run });
  const project: Question = { kind: "project", path: PATH };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "lazyruns-scans-"));
    process.env.LAZYRUNS_CACHE_DIR = join(dataDir, "cache");
    server = await startServer({ dataDir, parquet, onRequest: (request) => requests.push(request) });
    api = new Api({ baseUrl: server.url, apiKey: API_KEY });
    await writeScannedProject(server.url, PATH);
    const scans = [...RANGES, ...KEYED, DOTTED, BIG].map(([run, options]) => scan(run, options));
    const questions = [project, ...scans, ...RUN_IDS.map(files)];
    const answers = await askPython(server.url, questions);
    for (const [index, question] of questions.entries()) python.set(JSON.stringify(question), answers[index]);
  });

  afterAll(async () => {
    delete process.env.LAZYRUNS_CACHE_DIR;
    await api.close();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ours(
    id: string,
    { keys, min_step: minStep, max_step: maxStep }: ScanOptions = {},
  ): Promise<Row[]> {
    const run = await api.run(`${PATH}/${id}`);
    return ourRows(run.scanHistory({ keys, minStep, maxStep }));
  }

  const whole = () =>
    new Map((ask(project) as [string, unknown][]).map(([id, rows]) => [id, pythonRows(rows)]));

  test.each(RUN_IDS)("the whole history of %s", async (id) => {
    const rows = await ours(id);
    const expected = whole().get(id) as Row[];
    if (id === "steps-twice") {
      expect(rows).toHaveLength(60);
      // Python asks for as many rows as there are steps, and loses those for which there are none.
      expect(expected).toHaveLength(parquet ? 60 : 20);
      if (!parquet) return;
    }
    expectRows(rows, expected, id);
  });

  test.each(RANGES)("steps of %s %j", async (id, options) => {
    expectRows(await ours(id, options), pythonRows(ask(scan(id, options))), id);
  });

  test.each(KEYED)("keys of %s %j", async (id, options) => {
    const { keys, min_step = 0, max_step = Number.POSITIVE_INFINITY } = options;
    const rows = await ours(id, options);
    const answer = pythonRows(ask(scan(id, options)));
    const filed = (ask(files(id)) as unknown[]).flatMap((part) => pythonRows(part));
    const lastFiled = Math.max(-1, ...filed.map(stepOf));
    const fromFiles = answer.filter((row) => stepOf(row) <= lastFiled);
    const fromPages = answer.filter((row) => stepOf(row) > lastFiled);
    // Python gives every row of a file, whether or not it has the keys; and of a page numbers that aren't finite as words.
    const inRange = filed.filter((row) => stepOf(row) >= min_step && stepOf(row) < max_step);
    expect(fromFiles.map(stepOf)).toEqual(inRange.map(stepOf));
    expectRows(rows, [...withAll(fromFiles, keys), ...fromPages.map(withNumbers)], id);
  });

  test("keys that reach into nested values", async () => {
    const [id, options] = DOTTED;
    const rows = await ours(id, options);
    expect(rows).toHaveLength(30);
    expect(rows.map((row) => row.get("opt.deep.n"))).toEqual(Array.from({ length: 30 }, (_, step) => step));
    const answer = pythonRows(ask(scan(id, options)));
    if (parquet) {
      // From files Python has no such key.
      expect(answer.map((row) => [...row.keys()].sort())).toEqual(rows.map(() => ["_step", "count"]));
    } else expectRows(rows, answer, id);
  });

  test("whole numbers beyond 2^53 by key", async () => {
    const [id, options] = BIG;
    const rows = await ours(id, options);
    const exact = Array.from({ length: 30 }, (_, step) => 2n ** 60n + 1n + 2048n * BigInt(step));
    expect(rows.map((row) => row.get("tokens"))).toEqual(exact);
    const answer = ask(scan(id, options)) as PrintedRow[];
    const tokens = answer.map((row) => untag(row.find(([key]) => key === "tokens")?.[1] ?? ["plain", null]));
    // In pages by key Python has them as floats.
    expect(tokens).toEqual(parquet ? exact : exact.map(Number));
  });

  test.each(RUN_IDS)("the files of %s that Python downloads hold what isn't live", async (id) => {
    const parts = (ask(files(id)) as unknown[]).map((rows) => pythonRows(rows));
    const counts: { readonly [id: string]: readonly number[] } = {
      "every-kind": [2300],
      sparse: [1500],
      late: [40],
      gaps: [15],
      "steps-twice": [60],
      resumed: [300, 250],
      "resumed-running": [300],
    };
    expect(parts.map((rows) => rows.length)).toEqual(parquet ? (counts[id] ?? []) : []);
    const rows = parts.flat();
    expectRows((await ours(id)).slice(0, rows.length), rows, `the files of ${id}`);
  });

  test("every run of a collection, in the listing's order, as by itself and as Python's", async () => {
    const runs = api.runs(PATH, { order: "+name" });
    const found = new Map<string, Row[]>();
    const ended = new Set<string>();
    for await (const { run, table, isLast } of runs.scanHistories()) {
      expect(ended.has(run.id)).toBe(false);
      found.set(run.id, [...(found.get(run.id) ?? []), ...rowsOf(table)]);
      if (isLast) ended.add(run.id);
    }
    expect([...found.keys()]).toEqual(RUN_IDS);
    expect([...ended]).toEqual(RUN_IDS);
    const expected = whole();
    for (const [id, rows] of found) {
      expectRows(rows, await ours(id), id);
      if (parquet || id !== "steps-twice") expectRows(rows, expected.get(id) as Row[], id);
    }
  });

  test("every run of a collection by key, as by itself", async () => {
    const keys = ["count", "rare"];
    const found = new Map<string, Row[]>();
    for await (const { run, table } of api.runs(PATH, { order: "-name" }).scanHistories({ keys })) {
      found.set(run.id, [...(found.get(run.id) ?? []), ...rowsOf(table)]);
    }
    expect([...found.keys()]).toEqual([...RUN_IDS].reverse());
    for (const [id, rows] of found) expectRows(rows, await ours(id, { keys }), id);
  });

  test("the way is the one that is said", async () => {
    requests.length = 0;
    await ours("every-kind", { min_step: 100 });
    const downloads = requests.filter(({ method, operation }) => method === "GET" && operation === undefined);
    const pages = requests.filter(({ variables }) => variables !== undefined && "minStep" in variables);
    expect(parquet ? downloads.length + 1 : pages.length).toBeGreaterThan(0);
    expect(parquet ? pages : downloads).toEqual([]);
  });

  test("pages alone are refused where they lack rows that are in files", async () => {
    const run = await api.run(`${PATH}/every-kind`);
    const scanned = ourRows(run.scanHistory({ exports: "never" }));
    if (parquet) await expect(scanned).rejects.toThrow(/export/i);
    else expectRows(await scanned, whole().get("every-kind") as Row[], "every-kind");
  });
});

/** The rows that have a value for each of the keys. */
function withAll(rows: readonly Row[], keys: readonly string[]): Row[] {
  return rows.filter((row) => keys.every((key) => row.has(key)));
}

const stepOf = (row: Row) => row.get("_step") as number;

function withNumbers(row: Row): Row {
  const number = (value: Value) => NON_FINITE.get(value) ?? value;
  return new Map([...row].map(([key, value]) => [key, number(value)]));
}

const NON_FINITE = new Map<Value, number>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);
