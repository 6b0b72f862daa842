import { HistoryTable, RunTable, type TableValue } from "@lazyruns/core";
import { expect, test } from "vitest";
import type { HistoryOutput, RunsOutput } from "../../mime.ts";
import { histories } from "../../testing/histories.ts";
import { parsedHtml } from "../../testing/parsed-html.ts";
import { expectValidJson } from "../../testing/schemas.ts";
import { type BundleOptions, bundleOf } from "../bundle.ts";

function shown(value: unknown, options?: BundleOptions) {
  const bundle = bundleOf(value, options);
  if (bundle === undefined) throw new Error("nothing is shown");
  expectValidJson(bundle);
  const data = bundle["application/vnd.lazyruns.history.v1+json"] as HistoryOutput;
  const html = bundle["text/html"] ?? "";
  return { ...parsedHtml(html), bundle, data, html, text: bundle["text/plain"] };
}

test("a history shows its shape, its first and last rows, and a chart a metric", () => {
  const { data, cells, text, html, attributes } = shown(histories(2, 30));
  expect(text).toMatch(/^History · 60 rows × 6 columns of 2 runs\n/);
  expect(text).toMatch(/^r1 +29 +0\.01 /m);
  expect(cells.slice(0, 6)).toEqual(["r0", "0", "0.1", "2.3", "run 0", "2.5"]);
  expect(html).toContain("50 rows between are not shown.");
  expect(attributes).toEqual(expect.arrayContaining(["loss, 2 curves", "val/loss, 2 curves"]));
  expect(attributes).not.toContain("config.lr, 2 curves"); // of the run, and not of its history
  expect(data).toMatchObject({
    of: "history",
    rows: "all",
    numRows: 60,
    totalRows: 60,
    x: "_step",
    runsLeftOut: 0,
  });
  expect(data.runs).toEqual([
    { id: "r0", name: "run 0", numRows: 30, totalRows: 30 },
    { id: "r1", name: "run 1", numRows: 30, totalRows: 30 },
  ]);
  const seldom = data.columns.find(({ name }) => name === "val/loss");
  expect(seldom?.values.slice(0, 3)).toEqual([2.5, null, null]);
});

test("long histories are sampled in the JSON, extremes kept, and that is said", () => {
  const table = histories(3, 5000);
  const { data, html } = shown(table);
  expect(data).toMatchObject({ rows: "sampled", totalRows: 15_000, runsLeftOut: 0 });
  const loss = data.columns.find(({ name }) => name === "loss")?.values as number[];
  let start = 0;
  for (const { id, numRows, totalRows } of data.runs) {
    expect(totalRows).toBe(5000);
    expect(numRows).toBeLessThanOrEqual(200);
    const all = [...table.forRun(id).column("loss")] as number[];
    const here = loss.slice(start, start + numRows);
    expect([here[0], here.at(-1)]).toEqual([all[0], all.at(-1)]);
    expect([Math.min(...here), Math.max(...here)]).toEqual([Math.min(...all), Math.max(...all)]);
    start += numRows;
  }
  expect(html).toMatch(/Curves have at most \d+ points here, their extremes among them\./);
  expect(shown(table, { maxPoints: 40 }).data.runs.every(({ numRows }) => numRows <= 40)).toBe(true);
});

test("of very many runs some are left out of the JSON, and counted", () => {
  const { data, html } = shown(histories(2000, 3));
  expect(data.runs.length + data.runsLeftOut).toBe(2000);
  expect(data.runsLeftOut).toBeGreaterThan(0);
  expect(html).toContain("1,970 more curves not drawn.");
});

test("the room for rows is used, and by many curves of several metrics too", () => {
  const runs = Array.from({ length: 24 * 190 }, (_, row) => `r${Math.floor(row / 190)}`);
  const table = HistoryTable.fromColumns(
    runs,
    ["_step", "a", "b", "c", "d", "e", "f", "g", "h", "i"].map((name, at) => ({
      name,
      dtype: "float64" as const,
      values: Float64Array.from(runs, (_, row) => (at === 0 ? row % 190 : Math.sin(row * (at + 1)))),
      validity: null,
    })),
  );
  expect(shown(table).data.runs.map(({ numRows }) => numRows)).toEqual(Array(24).fill(25));
  const a = shown(table).data.columns[1]?.values as number[];
  // The first metric's extremes are the curves' own, within the rows that there is room for.
  expect(Math.max(...a.slice(0, 25))).toBeCloseTo(1, 2);
  expect(Math.min(...a.slice(0, 25))).toBeCloseTo(-1, 2);
});

test("long texts share the room that they have", () => {
  const rows = Array(1000).fill("a");
  const texts = (length: number) =>
    HistoryTable.fromColumns(
      rows,
      Array.from({ length: 20 }, (_, at) => ({
        name: `text${at}`,
        dtype: "utf8" as const,
        values: rows.map(() => "x".repeat(length)),
        validity: null,
      })),
    );
  const long = shown(texts(500)).data;
  expect(JSON.stringify(long).length).toBeLessThan(200_000);
  expect(long.columns.map(({ shortened }) => shortened)).toEqual(Array(20).fill(long.numRows));
  const short = shown(texts(16)).data;
  expect(short.columns.every(({ shortened }) => shortened === undefined)).toBe(true);
});

test("numbers that JSON hasn't, nulls and whole numbers beyond 2^53 are told apart", () => {
  const table = HistoryTable.fromColumns(
    ["a", "a", "a"],
    [
      {
        name: "x",
        dtype: "float64",
        values: Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 0),
        validity: Uint8Array.of(0b011),
      },
      { name: "n", dtype: "int64", values: BigInt64Array.of(2n ** 53n + 1n, -1n, 0n), validity: null },
      { name: "j", dtype: "json", values: ['{"a": NaN}', "[1]", '"NaN"'], validity: null },
      { name: "t", dtype: "datetime", values: BigInt64Array.of(0n, 1n, -1n), validity: null },
      { name: "empty", dtype: "null", values: new Uint8Array(3), validity: Uint8Array.of(0) },
    ],
  );
  const { data, text } = shown(table);
  const values = Object.fromEntries(data.columns.map((column) => [column.name, column.values]));
  expect(values).toEqual({
    x: ["NaN", "-Infinity", null],
    n: ["9007199254740993", -1, 0],
    j: [{ a: "NaN" }, [1], "NaN"],
    t: ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.001Z", "1969-12-31T23:59:59.999Z"],
    empty: [null, null, null],
  });
  expect(text).toContain("9,007,199,254,740,993");
});

test("tables without rows or columns are shown too", () => {
  expect(shown(HistoryTable.fromColumns([], [])).text).toBe(
    "History · 0 rows × 1 column of 0 runs\nrun_id\n──────\nutf8",
  );
  const empty = new RunTable(new Map<string, TableValue[]>([["run_id", []]]), 0);
  const bundle = bundleOf(empty);
  expect(bundle?.["text/plain"]).toBe("Runs · 0 runs");
  expect(bundle?.["application/vnd.lazyruns.runs.v1+json"]).toMatchObject({ ids: [], total: 0 });
});

test("a table of runs shows the columns that its maker chose", () => {
  const table = new RunTable(
    new Map<string, readonly TableValue[]>([
      ["run_id", ["a", "b"]],
      ["state", ["finished", "running"]],
      ["user", [{ name: "Ada", username: "ada" }, null]],
      ["config.lr", [0.1, null]],
      ["sweepName", ["s1", null]],
      ["sweep", ["mine", "too"]],
      ["runtime", [1, 2]],
      ["mine", [1, 2]],
    ]),
    2,
  );
  const bundle = bundleOf(table);
  const data = bundle?.["application/vnd.lazyruns.runs.v1+json"] as RunsOutput;
  expect(data).toMatchObject({ of: "table", entity: null, total: 2, loaded: 2, ids: ["a", "b"] });
  expect(data.columns.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "field state",
    "field user",
    "config lr",
    "field sweep",
    "other sweep",
    "other runtime", // the caller's own: core has no such column
    "other mine",
  ]);
  expect(bundle?.["text/plain"]).toMatch(/^a {3}finished {2}ada +0\.1 +s1 +mine +1 +1$/m);
  // Without their names runs are told by their ids.
  expect(parsedHtml(String(bundle?.["text/html"])).cells.filter(Boolean).slice(0, 3)).toEqual([
    "a",
    "● finished",
    "ada",
  ]);
  expect(() => bundleOf(table, { columns: ["nope"] })).toThrow(
    /no column nope; it has state, user, config\.lr, sweepName, sweep, runtime, mine/,
  );
});

test("a handful of outputs of much data are less than 1 MB together", () => {
  const large = histories(500, 100);
  const table = (keys: number, cell: TableValue) =>
    new RunTable(
      new Map<string, readonly TableValue[]>([
        ["run_id", Array.from({ length: 1000 }, (_, at) => `r${at}`)],
        ...Array.from({ length: keys }, (_, key) => [`config.key${key}`, Array(1000).fill(cell)] as const),
      ]),
      1000,
    );
  const bundles = [large, histories(1, 50_000), table(300, 1 / 3)].map((value) => bundleOf(value));
  bundles.push(bundleOf(table(12, "adam"), { histories: large }));
  const sizes = bundles.map((bundle) => JSON.stringify(bundle).length);
  expect(
    sizes.reduce((sum, size) => sum + size, 0),
    String(sizes),
  ).toBeLessThan(1_000_000);
  // Even where every cell that is shown holds a long text.
  const long = bundleOf(table(300, "é".repeat(5000)));
  expect(Buffer.byteLength(JSON.stringify(long?.["application/vnd.lazyruns.runs.v1+json"]))).toBeLessThan(
    110_000,
  );
  expect(JSON.stringify(long).length).toBeLessThan(400_000);
});
