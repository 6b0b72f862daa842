import { describe, expect, test } from "vitest";
import { runPython } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";
import { askHistory, beginRun, logLines, type Question, type Row } from "./server-support.ts";

const PATH = "local/exports/r";

/** Steps with gaps, metrics that come now and then, and a nested one. */
const rowAt = (index: number): Row => ({
  _step: index * 2,
  loss: 1 / (index + 1),
  count: index,
  ...(index % 3 === 0 && { sometimes: index / 4 + 0.125 }),
  ...(index % 5 === 0 && { "val/acc": index % 7 === 0 ? Number.NaN : index + 0.5 }),
  text: `s${index}`,
  nested: { a: { b: index } },
});
const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, index) => rowAt(from + index));
/** As the logging client writes it: NaN is a bare word. */
const lineOf = (row: Row): string =>
  Number.isNaN(row["val/acc"])
    ? JSON.stringify(row).replace('"val/acc":null', '"val/acc":NaN')
    : JSON.stringify(row);
const linesOf = (from: number, to: number): string[] => rows(from, to).map(lineOf);

/** The run is exported up to a row, and goes on after it. */
const BOUNDARY = 1300;
const END = 2400;

/** A file has all columns in all rows: what a row doesn't hold is null there. */
const withoutNulls = (row: unknown): Row =>
  Object.fromEntries(Object.entries(row as Row).filter(([, value]) => value !== null));

const scan = (options: object = {}): Question => ({ scan: options });
const chosen = (all: readonly Row[], keys: readonly string[]) =>
  all
    .filter((row) => keys.every((key) => key in row))
    .map((row) => Object.fromEntries(["_step", ...keys].map((key) => [key, row[key]])));
const inSteps = (all: readonly Row[], min: number, max: number) =>
  all.filter(({ _step }) => (_step as number) >= min && (_step as number) < max);

const around = BOUNDARY * 2;
const WINDOWS = [
  { min_step: around - 10, max_step: around + 10, page_size: 7 },
  { min_step: around - 1, max_step: around + 3 },
  { min_step: around },
  { max_step: around },
  { min_step: 0, max_step: END * 2, page_size: 999 },
];

async function expectEveryRow(baseUrl: string, all: readonly Row[], home?: string): Promise<void> {
  const questions = [
    scan(),
    ...WINDOWS.map(scan),
    scan({ keys: ["loss"] }),
    scan({ keys: ["loss", "text"], ...WINDOWS[0] }),
  ];
  const [whole, ...parts] = (await askHistory(baseUrl, PATH, questions, home)) as Row[][];
  expect(whole?.map(withoutNulls)).toEqual(all);
  for (const [index, { min_step = 0, max_step = Number.POSITIVE_INFINITY }] of WINDOWS.entries())
    expect(parts[index]?.map(withoutNulls)).toEqual(inSteps(all, min_step, max_step));
  expect(parts[WINDOWS.length]).toEqual(chosen(all, ["loss"]));
  expect(parts[WINDOWS.length + 1]).toEqual(chosen(inSteps(all, around - 10, around + 10), ["loss", "text"]));
}

describe.each([true, false])("with parquet: %s, the real client's scans", (parquet) => {
  test("give every row once, before, while and after a run goes on", async () => {
    const { server } = await testServer({ parquet });
    const { url } = server;
    await beginRun(url, "r");
    await logLines(url, "r", { lines: linesOf(0, BOUNDARY), ends: true });
    await expectEveryRow(url, rows(0, BOUNDARY));
    await beginRun(url, "r");
    await logLines(url, "r", { offset: BOUNDARY, lines: linesOf(BOUNDARY, 2000) });
    await expectEveryRow(url, rows(0, 2000));
    await logLines(url, "r", { offset: 2000, lines: linesOf(2000, END), ends: true });
    await expectEveryRow(url, rows(0, END));
  });

  test("are right for a client that has the first file of a run that went on", async () => {
    const { server } = await testServer({ parquet });
    const { url } = server;
    const home = temporaryFolder();
    await beginRun(url, "r");
    await logLines(url, "r", { lines: linesOf(0, BOUNDARY), ends: true });
    await expectEveryRow(url, rows(0, BOUNDARY), home);
    await beginRun(url, "r");
    await logLines(url, "r", { offset: BOUNDARY, lines: linesOf(BOUNDARY, 2000) });
    await expectEveryRow(url, rows(0, 2000), home);
    await logLines(url, "r", { offset: 2000, lines: linesOf(2000, END), ends: true });
    await expectEveryRow(url, rows(0, END), home);
    await expectEveryRow(url, rows(0, END));
  });

  test("of sparse keys give the rows that have them", async () => {
    const { server } = await testServer({ parquet });
    await beginRun(server.url, "r");
    await logLines(server.url, "r", { lines: linesOf(0, 50), ends: true });
    const [sparse, several] = (await askHistory(server.url, PATH, [
      scan({ keys: ["sometimes"] }),
      scan({ keys: ["_step", "val/acc", "sometimes"] }),
    ])) as [Row[], Row[]];
    // Pages of chosen keys are strict JSON, and the client leaves the name of NaN as it is.
    const nan = parquet ? Number.NaN : "NaN";
    const all = rows(0, 50).map((row) => (Number.isNaN(row["val/acc"]) ? { ...row, "val/acc": nan } : row));
    // From files the client gives rows that lack the keys too, with None, as it does for W&B's own files.
    const held = (row: Row) => Object.values(row).every((value) => value !== null);
    if (parquet) expect([sparse.length, several.length]).toEqual([50, 50]);
    expect(sparse.filter(held)).toEqual(chosen(all, ["sometimes"]));
    expect(several.filter(held)).toEqual(chosen(all, ["val/acc", "sometimes"]));
  });

  test("of a run that the real client logged and resumed", async () => {
    const { server } = await testServer({ parquet });
    const log = new URL("../logging/log.py", import.meta.url);
    for (const kind of ["whole", "resumed", "reused"])
      await runPython(log, { baseUrl: server.url, args: [kind, kind] });
    for (const kind of ["resumed", "reused"]) {
      const [found, exported] = await askHistory(server.url, `local/logged/${kind}`, [
        scan(),
        { download: false },
      ]);
      const steps = (found as Row[]).map(({ _step }) => _step);
      const values = (found as Row[]).map(({ x }) => x as number).sort((a, b) => a - b);
      if (kind === "resumed") expect([steps, values]).toEqual([upTo(10), upTo(10)]);
      // Of pages the client asks for as many rows as they have steps, and a sample comes where steps came twice.
      else if (parquet) expect([steps, values]).toEqual([[0, 0, 1, 1, 2, 2, 3, 3, 4, 4], upTo(10)]);
      expect(exported).toMatchObject({ live: !parquet, errors: 0 });
    }
    const [whole] = (await askHistory(server.url, "local/logged/whole", [scan()])) as [Row[]];
    expect(whole).toHaveLength(30);
    expect(withoutNulls(whole[8])).toMatchObject({
      _step: 8,
      loss: 1 / 9,
      nested: { a: { b: 8 } },
      text: "s8",
      huge: 2n ** 60n + 8n,
      "sometimes nan": -0.5,
    });
    expect(whole[6]?.["sometimes nan"]).toBeNaN();
    expect(whole[7]).toMatchObject({
      hist: { _type: "histogram" },
      "sometimes nan": Number.POSITIVE_INFINITY,
    });
  });
});

test("a run that was logged offline and imported has a file too", async () => {
  const home = temporaryFolder();
  const log = new URL("../logging/log.py", import.meta.url);
  // Offline, the address is asked for nothing.
  const offline = { baseUrl: "http://127.0.0.1:9", home, env: { WANDB_MODE: "offline" } };
  await runPython(log, { ...offline, args: ["resumed", "imported"] });
  const { server } = await testServer({ parquet: true, imports: [home] });
  const [found, exported] = await askHistory(server.url, "local/logged/imported", [
    scan(),
    { download: true },
  ]);
  expect((found as Row[]).map(({ x }) => x)).toEqual(upTo(10));
  expect(exported).toMatchObject({ live: false, steps: [upTo(10)] });
});

const upTo = (end: number): number[] => [...Array(end).keys()];
