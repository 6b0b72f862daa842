import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "@lazyruns/core";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY, runPython } from "../support/python.ts";

const PATH = "local/digits";
const RUNS = fileURLToPath(new URL("../../apps/demo-notebooks/training/runs", import.meta.url));
/** Runs that log the same metrics, of the same types: polars stacks the runs' tables, and takes no others. */
const ALIKE = { group: "baselines" };

type Row = Record<string, unknown>;
interface Table {
  readonly columns: string[];
  readonly rows: Row[];
  readonly error?: string;
}

const ASKED = [
  ["of every key", {}, ALIKE],
  ["of a key", { keys: ["train/loss"] }, ALIKE],
  ["of a key that holds objects", { keys: ["norms"] }, ALIKE],
  ["of a histogram", { keys: ["gradients"] }, ALIKE],
  ["of the machine", { stream: "system" }, ALIKE],
  ["of one metric of all runs, alike or not", { keys: ["val/accuracy"] }, {}],
] as const;
const FORMATS = ["default", "pandas", "polars"] as const;

let server: LocalServer;
let dataDir: string;
let api: Api;
const tables = new Map<string, Table>();
let mixed: Table[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "lazyruns-formats-"));
  server = await startServer({ dataDir, imports: [RUNS] });
  api = new Api({ apiKey: API_KEY, baseUrl: server.url });
  const questions = [
    ...ASKED.flatMap(([, options, filters]) => FORMATS.map((format) => ({ format, options, filters }))),
    ...FORMATS.map((format) => ({ format, options: { keys: ["train/loss"] }, filters: {} })),
  ];
  const output = await runPython(new URL("read_formats.py", import.meta.url), {
    baseUrl: server.url,
    args: [PATH],
    input: JSON.stringify(questions),
  });
  const answers = JSON.parse(output.slice(output.indexOf("[{"))) as Table[];
  for (const [what] of ASKED)
    for (const format of FORMATS) tables.set(`${what} ${format}`, answers.shift() as Table);
  mixed = answers;
});

afterAll(async () => {
  await api?.close();
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("the real client's histories", () => {
  for (const [what, options, filters] of ASKED) {
    it(`${what} are the same in every format, and the same as ours`, async () => {
      const [rows, pandas, polars] = FORMATS.map((format) => tables.get(`${what} ${format}`));
      expect([rows?.error, pandas?.error, polars?.error]).toEqual([undefined, undefined, undefined]);
      expect(rows?.rows.length).toBeGreaterThan(20);
      expect(pandas?.columns).toEqual(rows?.columns);
      expect(polars?.columns).toEqual(rows?.columns);
      expect(pandas?.rows.map(filled)).toEqual(rows?.rows.map(filled));
      expect(polars?.rows.map(filled)).toEqual(rows?.rows.map(filled));
      const ours = await api.runs(PATH, { filters }).histories(options);
      expect(ours.map(filled)).toEqual(rows?.rows.map(filled));
    });
  }

  it("of a metric that diverged in one run: NaN is text on the wire, which polars refuses among numbers", () => {
    const [rows, pandas, polars] = mixed;
    const texts = (table: Table | undefined) =>
      table?.rows.filter((row) => row["train/loss"] === "NaN").length;
    expect(texts(rows)).toBeGreaterThan(0);
    expect(texts(pandas)).toBe(texts(rows));
    expect(polars?.error).toMatch(/type String is incompatible with expected type Float64/);
  });
});

it("the real client lists the same runs when it isn't lazy, and counts them", async () => {
  const output = await runPython(new URL("read_full.py", import.meta.url), {
    baseUrl: server.url,
    args: [PATH],
  });
  const expected = JSON.parse(
    output.slice(output.indexOf("answer ") + "answer ".length).replace(/\bNaN\b/g, "null"),
  );
  const ours = await api.runs(PATH, { lazy: false }).toArray();
  expect(expected.length).toBe(ours.length);
  expect(expected.filtered).toBe(await api.runs(PATH, { filters: ALIKE }).length);
  const facts = ours.map(({ id, config, summary }) => [id, config, summary]);
  expect(JSON.parse(JSON.stringify(facts))).toEqual(expected.runs);
});

/** A row without the cells that a table leaves empty. */
function filled(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== "nan"),
  );
}
