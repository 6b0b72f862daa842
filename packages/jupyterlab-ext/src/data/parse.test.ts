import { nullTranslator } from "@jupyterlab/translation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demoJson, HISTORY, RUNS } from "../testing/demo-outputs.ts";
import { historyOutput, mutated, runsOutput } from "../testing/output-arbitraries.ts";
import { isValid } from "../testing/schemas.ts";
import type { HistoryData } from "./history-data.ts";
import { parseHistory } from "./parse-history.ts";
import { parseRuns } from "./parse-runs.ts";
import type { RunsData } from "./runs-data.ts";
import { runPage } from "./web-page.ts";

const trans = nullTranslator.load("jupyterlab_lazyruns");

const RUNS_JSON = {
  version: 1,
  of: "runs",
  entity: "team",
  project: "digits",
  url: "https://wandb.ai/team/digits",
  total: 9,
  loaded: 2,
  full: 2,
  madeAt: "2026-11-26T03:21:11.937Z",
  ids: ["a", "b"],
  columns: [
    {
      kind: "field",
      name: "createdAt",
      dtype: "datetime",
      values: ["2026-11-26T03:21:11.937Z", null],
      shown: true,
    },
    { kind: "config", name: "lr", dtype: "float64", values: [0.1, "NaN"], shown: true },
    {
      kind: "summary",
      name: "lr",
      dtype: "int64",
      values: ["9007199254740993", "7"],
      shown: false,
      shortened: 1,
    },
  ],
  columnsLeftOut: 3,
} as const;

const HISTORY_JSON = {
  version: 1,
  of: "history",
  numRows: 4,
  totalRows: 8,
  columnsLeftOut: 0,
  runsLeftOut: 0,
  rows: "sampled",
  runs: [
    { id: "a", name: "first", numRows: 3, totalRows: 6 },
    { id: "b", numRows: 1, totalRows: 2 },
  ],
  x: "_step",
  columns: [
    { name: "_step", dtype: "int64", values: [0, 1, 2, 0] },
    { name: "loss", dtype: "float64", values: [1, null, "Infinity", 0.5] },
    { name: "note", dtype: "utf8", values: ["x", null, null, null] },
  ],
} as const;

function runs(json: unknown): { data: RunsData; notes: readonly string[] } {
  const parsed = parseRuns(json, trans);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed;
}

function history(json: unknown): { data: HistoryData; notes: readonly string[] } {
  const parsed = parseHistory(json, trans);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed;
}

describe("runs", () => {
  it("become what they are, and nothing is to be said of them", () => {
    const { data, notes } = runs(RUNS_JSON);
    expect(notes).toEqual([]);
    expect(data).toMatchObject({
      of: "runs",
      total: 9,
      loaded: 2,
      full: 2,
      ids: ["a", "b"],
      columnsLeftOut: 3,
    });
    expect(data.madeAt).toBe(Date.UTC(2026, 10, 26, 3, 21, 11, 937));
    expect(data.columns.map(({ key }) => key)).toEqual(["field:createdAt", "config:lr", "summary:lr"]);
    expect(data.columns.map(({ values }) => values)).toEqual([
      [data.madeAt, null],
      [0.1, Number.NaN],
      [9007199254740993n, 7],
    ]);
    expect(data.columns.map(({ isShown, shortened }) => [isShown, shortened])).toEqual([
      [true, 0],
      [true, 0],
      [false, 1],
    ]);
    expect(data.histories).toBeUndefined();
    expect(runPage(data, 1)).toBe("https://wandb.ai/team/digits/runs/b");
  });

  it("have the curves that come with them", () => {
    const { data, notes } = runs({ ...RUNS_JSON, histories: HISTORY_JSON });
    expect(notes).toEqual([]);
    expect(data.histories?.runs.map(({ id, name, start, end }) => [id, name, start, end])).toEqual([
      ["a", "first", 0, 3],
      ["b", "b", 3, 4],
    ]);
  });

  it("are shown where their curves are broken, and it is said", () => {
    for (const histories of [null, [], { version: 2 }, { version: 1 }]) {
      const { data, notes } = runs({ ...RUNS_JSON, histories });
      expect(data.columns).toHaveLength(3);
      expect(data.histories).toBeUndefined();
      expect(notes).toEqual([expect.stringMatching(/^Its curves can't be drawn\. /)]);
    }
  });

  it("that have the same id get keys of their own, and keep their pages", () => {
    const ids = ["a", "a (2)", "a", "a", 7];
    const { data, notes } = runs({ ...RUNS_JSON, ids, columns: [] });
    expect(data.ids).toEqual(["a", "a (2)", "a (3)", "a (4)", "7"]);
    expect(new Set(data.ids).size).toBe(5);
    expect(runPage(data, 2)).toBe("https://wandb.ai/team/digits/runs/a");
    expect(notes).toEqual(["1 run has an id that isn't text.", "2 rows have the ids of runs above them."]);
  });

  it("have columns that are filled up, cut, or left out, and it is said of which", () => {
    const { data, notes } = runs({
      ...RUNS_JSON,
      columns: [
        { kind: "config", name: "short", dtype: "int64", values: [1], shown: true },
        { kind: "config", name: "long", dtype: "int64", values: [1, 2, 3], shown: true },
        { kind: "config", name: "none", dtype: "int64", shown: true },
        null,
        { kind: "what", name: "new", dtype: "complex128", values: [{ re: 1 }, "2"] },
        { kind: "config", name: "mixed", dtype: "float64", values: [1, "one"], shown: true },
        { kind: "config", name: "short", dtype: "bool", values: [true, null], shown: true },
        { kind: "field", name: "createdAt", dtype: "datetime", values: ["2026-11-26", "soon"], shown: true },
      ],
    });
    expect(data.columns.map(({ key, dtype, values }) => [key, dtype, values])).toEqual([
      ["config:short", "int64", [1, null]],
      ["config:long", "int64", [1, 2]],
      ["other:new", "utf8", ['{"re":1}', "2"]],
      ["config:mixed", "json", [1, "one"]],
      ["config:short#2", "bool", [true, null]],
      ["field:createdAt", "utf8", ["2026-11-26", "soon"]],
    ]);
    expect(notes).toEqual([
      "Fewer values than rows, so the last rows are empty there: columns “short”.",
      "More values than rows, and the surplus is left out: columns “long”.",
      "Left out, because they can't be read: columns “none”, “”.",
      "Of a type that isn't known here, and shown as text: columns “new”.",
      "With values that aren't of the column's type, shown as they are: columns “mixed”, “createdAt”.",
      "There more than once: columns “short”.",
    ]);
  });

  it("have one line for what is wrong with many columns, of a length that can be read", () => {
    const columns = Array.from({ length: 300 }, (_, at) => ({
      name: `${at}${"x".repeat(9999)}`,
      dtype: "utf8",
      values: [],
    }));
    const { notes } = runs({ ...RUNS_JSON, columns });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/ and 295 more\.$/);
    expect(notes[0]?.length).toBeLessThan(400);
  });

  it("are linked to pages of the web only", () => {
    for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "", 7, null]) {
      expect(runs({ ...RUNS_JSON, url }).data.url).toBeUndefined();
    }
  });

  it("are linked to without slashes at the end, and not by addresses that no browser would take", () => {
    const { data } = runs({ ...RUNS_JSON, url: "https://wandb.ai/team/digits///" });
    expect(data.url).toBe("https://wandb.ai/team/digits");
    expect(runPage(data, 0)).toBe("https://wandb.ai/team/digits/runs/a");
    const long = `https://wandb.ai/${"/".repeat(80_000)}a`;
    expect(runs({ ...RUNS_JSON, url: long }).data.url).toBeUndefined();
    const ids = ["a".repeat(3000), "\ud800", "", "b/2"];
    const { data: hostile } = runs({ ...RUNS_JSON, ids, columns: [] });
    expect(ids.map((_, row) => runPage(hostile, row))).toEqual([
      undefined,
      undefined,
      undefined,
      "https://wandb.ai/team/digits/runs/b%2F2",
    ]);
  });

  it("have moments where text says one, and only there", () => {
    const column = (values: unknown[]) =>
      runs({ ...RUNS_JSON, columns: [{ kind: "field", name: "t", dtype: "datetime", values }] }).data
        .columns[0];
    expect(column(["2026-11-26T03:21:11Z", "+002026-11-26T05:21:11.5+02:00"])).toMatchObject({
      dtype: "datetime",
      values: [Date.UTC(2026, 10, 26, 3, 21, 11), Date.UTC(2026, 10, 26, 3, 21, 11, 500)],
    });
    for (const text of ["run 7", "1", "lr 0.1 12", "2026-11-26T03:21:11", "2026-13-26T03:21:11Z"]) {
      expect(column([text, null])).toMatchObject({ dtype: "utf8", values: [text, null] });
    }
    expect(runs({ ...RUNS_JSON, madeAt: "run 7" }).data.madeAt).toBeUndefined();
    const columns = [{ name: "t", dtype: "datetime", values: ["run 7", "v 3"] }];
    const { data } = history({ ...HISTORY_JSON, x: null, numRows: 2, columns });
    expect([...(data.metrics[0]?.values ?? [])]).toEqual([Number.NaN, Number.NaN]);
  });

  it("do without everything that needn't be there", () => {
    const { data, notes } = runs({
      version: 1,
      ids: ["__proto__"],
      columns: [{ name: "__proto__", values: [1], dtype: "int64" }],
    });
    expect(notes).toEqual([]);
    expect(data).toMatchObject({
      of: "runs",
      entity: null,
      total: null,
      loaded: 1,
      full: 0,
      madeAt: undefined,
    });
    expect(data.columns[0]).toMatchObject({ key: "other:__proto__", name: "__proto__", values: [1] });
  });
});

describe("histories", () => {
  it("become what they are", () => {
    const { data, notes } = history(HISTORY_JSON);
    expect(notes).toEqual([]);
    expect(data).toMatchObject({
      of: "history",
      numRows: 4,
      totalRows: 8,
      rows: "sampled",
      head: 0,
      x: "_step",
    });
    expect(data.metrics.map(({ name, values }) => [name, [...values]])).toEqual([
      ["_step", [0, 1, 2, 0]],
      ["loss", [1, Number.NaN, Number.POSITIVE_INFINITY, 0.5]],
    ]);
    expect(data.columns[1]?.values).toEqual([1, null, Number.POSITIVE_INFINITY, 0.5]);
  });

  it("have every row once, whatever is said of whose they are", () => {
    const doesNotAddUp = ["What it says of which rows are whose doesn't add up."];
    for (const [lengths, ranges] of [
      [
        [9, 1],
        ["0-4", "4-4"],
      ],
      [[1], ["0-1", "1-4"]],
      [
        [-1, 4],
        ["0-0", "0-4"],
      ],
    ] as const) {
      const { data, notes } = history({
        ...HISTORY_JSON,
        runs: lengths.map((numRows) => ({ id: "a", numRows })),
      });
      expect(data.runs.map(({ start, end }) => `${start}-${end}`)).toEqual(ranges);
      expect(notes).toEqual(doesNotAddUp);
    }
    expect(history({ ...HISTORY_JSON, runs: null }).notes).toEqual(doesNotAddUp);
  });

  it("don't take room for rows that aren't there", () => {
    const { data, notes } = history({ ...HISTORY_JSON, numRows: Number.MAX_SAFE_INTEGER });
    expect(data.numRows).toBe(4);
    expect(notes).toEqual(["It says it has 9,007,199,254,740,991 rows, and has 4."]);
  });

  it("count rows where there is no column of numbers to go along", () => {
    for (const x of ["note", "gone", "__proto__"]) {
      const { data, notes } = history({ ...HISTORY_JSON, x });
      expect(data.x).toBeNull();
      expect(notes).toHaveLength(1);
    }
  });

  it("draw what are numbers in a column where not all are", () => {
    const columns = [
      { name: "n", dtype: "int64", values: [1, "?", null, "9007199254740993"] },
      { name: "t", dtype: "datetime", values: ["2026-11-26T00:00:00.000Z", "?", null, null] },
    ];
    const { data } = history({ ...HISTORY_JSON, x: null, columns });
    expect(data.columns.map(({ dtype, values }) => [dtype, values])).toEqual([
      ["json", [1, "?", null, 9007199254740993n]],
      ["utf8", ["2026-11-26T00:00:00.000Z", "?", null, null]],
    ]);
    expect([...(data.metrics[0]?.values ?? [])]).toEqual([1, Number.NaN, Number.NaN, 2 ** 53]);
    expect(data.metrics[1]?.values[0]).toBe(Date.UTC(2026, 10, 26));
  });

  it("of a plot are drawn as they were asked for, as far as that makes sense", () => {
    const plot = { y: ["loss", 7], groupBy: "model", smooth: 1, logY: "yes" };
    expect(history({ ...HISTORY_JSON, of: "plot", plot }).data.plot).toEqual({
      y: ["loss"],
      groupBy: "model",
      smooth: 0,
      logY: false,
    });
    expect(history({ ...HISTORY_JSON, of: "plot" }).notes).toEqual([
      "It doesn't say how the plot was asked for.",
    ]);
  });
});

describe.each([
  ["runs", parseRuns],
  ["histories", parseHistory],
] as const)("%s that can't be read", (_, parse) => {
  it.each([
    [null, /null/],
    [undefined, /null/],
    [[], /a list/],
    ["text", /text/],
    [7, /a number/],
    [true, /true or false/],
    [{}, /empty/],
    [{ of: "runs" }, /doesn't say its version/],
    [{ version: 1 }, /has no list/],
    [JSON.parse('{"__proto__":{"version":1,"ids":[],"columns":[]}}'), /doesn't say its version/],
  ])("have a reason: %j", (json, reason) => {
    expect(parse(json, trans)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    [2, /newer version of Lazyruns/],
    [9, /newer version of Lazyruns/],
    ["1", /isn't one/],
    [0, /isn't one/],
    [null, /isn't one/],
    [1.5, /isn't one/],
  ])("are of another version: %j", (version, reason) => {
    expect(parse({ ...RUNS_JSON, ...HISTORY_JSON, version }, trans)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });
});

describe("whatever the schema allows", () => {
  it("is read, every cell of it: runs", () => {
    fc.assert(
      fc.property(runsOutput, (json) => {
        expect(isValid(json, "runs")).toBe(true);
        const { data } = runs(json);
        const given = json as { ids: string[]; columns: { dtype: string }[]; histories?: unknown };
        expect(data.ids).toHaveLength(given.ids.length);
        expect(new Set(data.ids).size).toBe(given.ids.length);
        expect(data.runIds ?? data.ids).toEqual(given.ids);
        expect(data.columns).toHaveLength(given.columns.length);
        expect(new Set(data.columns.map(({ key }) => key)).size).toBe(given.columns.length);
        for (const column of data.columns) expect(column.values).toHaveLength(given.ids.length);
        expect(data.histories === undefined).toBe(given.histories === undefined);
      }),
    );
  });

  it("is read, every cell of it: histories", () => {
    fc.assert(
      fc.property(historyOutput, (json) => {
        expect(isValid(json, "history")).toBe(true);
        const { data } = history(json);
        const given = json as { numRows: number; runs: unknown[]; columns: { values: unknown[] }[] };
        expect(data.numRows).toBe(given.numRows);
        expect(data.runs).toHaveLength(given.runs.length);
        expect(data.runs.at(-1)?.end ?? 0).toBe(given.numRows);
        expect(data.columns).toHaveLength(given.columns.length);
        for (const { values } of [...data.columns, ...data.metrics])
          expect(values).toHaveLength(given.numRows);
        data.columns.forEach(({ values }, at) => {
          expect(values.map((value) => value === null)).toEqual(
            given.columns[at]?.values.map((value) => value === null),
          );
        });
      }),
    );
  });
});

describe("JSON in which anything may be anything", () => {
  it("never throws, and what is read adds up: runs", () => {
    fc.assert(
      fc.property(mutated(runsOutput), (json) => {
        const parsed = parseRuns(json, trans);
        if (!parsed.ok) {
          expect(parsed.reason).toMatch(/\.$/);
          return;
        }
        for (const { values } of parsed.data.columns) expect(values).toHaveLength(parsed.data.ids.length);
        for (const id of parsed.data.ids) expect(typeof id).toBe("string");
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, and what is read adds up: histories", () => {
    fc.assert(
      fc.property(mutated(historyOutput), (json) => {
        const parsed = parseHistory(json, trans);
        if (!parsed.ok) {
          expect(parsed.reason).toMatch(/\.$/);
          return;
        }
        const { data } = parsed;
        for (const { values } of [...data.columns, ...data.metrics])
          expect(values).toHaveLength(data.numRows);
        expect(data.runs.at(-1)?.end ?? 0).toBe(data.numRows);
        expect(data.runs.map(({ start }) => start)).toEqual(
          [0, ...data.runs.slice(0, -1).map(({ end }) => end)].slice(0, data.runs.length),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("the demo notebooks' outputs", () => {
  it("are read without a word", () => {
    const all = [
      ...demoJson(RUNS).map((json) => parseRuns(json, trans)),
      ...demoJson(HISTORY).map((json) => parseHistory(json, trans)),
    ];
    expect(all.length).toBeGreaterThan(10);
    for (const parsed of all) expect(parsed).toMatchObject({ ok: true, notes: [] });
  });
});

describe("20,000 columns of one name", () => {
  it("are read while nobody waits, each with a key of its own", () => {
    const columns = Array.from({ length: 20_000 }, () => ({
      kind: "config",
      name: "x",
      dtype: "int64",
      values: [1, 2],
    }));
    const start = performance.now();
    const { data, notes } = runs({ ...RUNS_JSON, columns });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(new Set(data.columns.map(({ key }) => key)).size).toBe(20_000);
    expect(data.columns.slice(0, 3).map(({ key }) => key)).toEqual(["config:x", "config:x#2", "config:x#3"]);
    expect(notes[0]).toMatch(/^There more than once: .* and 19,994 more\.$/);
  });
});

describe("50,000 runs", () => {
  it("are read while nobody waits", () => {
    const numRows = 50_000;
    const column = (at: number) => ({
      kind: "config",
      name: `column${at}`,
      dtype: at % 2 === 0 ? "float64" : "utf8",
      shown: true,
      values: Array.from({ length: numRows }, (_, row) => (at % 2 === 0 ? row / 7 : `value ${row}`)),
    });
    const json = {
      ...RUNS_JSON,
      ids: Array.from({ length: numRows }, (_, row) => `run${row % 40_000}`),
      columns: Array.from({ length: 20 }, (_, at) => column(at)),
    };
    const start = performance.now();
    const { data } = runs(json);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(new Set(data.ids).size).toBe(numRows);
  });
});
