import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, type RunsOptions } from "@lazyruns/core";
import type { FrameOptions } from "@lazyruns/dataframes";
import "@lazyruns/dataframes";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY, runPython } from "../support/python.ts";
import { type Answer, askPython, frameIn, framesIn, type Question, rowsIn } from "./ask-python.ts";
import { ASKED, type Asked } from "./asked.ts";
import { asStructs, type Expected, expectAsPandas, expectAsPolars, expectExactly } from "./compare.ts";
import { expectedOf } from "./expected.ts";
import { LIBRARIES, type Library, type OurFrame, readFrame } from "./our-frame.ts";
import { loosen, parseJson, type Value } from "./values.ts";

const PATH = "local/frames";
const FORMATS = ["default", "pandas", "polars"] as const;

const filtersOf = (group: string) => ({ filters: { group } });
const questionOf = ({ filters, python }: Asked, format: (typeof FORMATS)[number]): Question => ({
  kind: "histories",
  path: PATH,
  filters,
  format,
  options: python,
});
const ragged = { path: PATH, ...filtersOf("ragged") };
const NAMES: Question = {
  kind: "histories",
  path: PATH,
  ...filtersOf("names"),
  format: "default",
  options: {},
};
const DESCRIBED: Question = { kind: "described", ...ragged, options: { keys: ["loss"] } };
const JOINED: Question = { kind: "joined", ...ragged, keys: ["loss", "acc"] };
const SOME = { filters: { group: { $in: ["ragged", "types", "nested"] } } };
const EACH: Question = { kind: "history", path: PATH, ...SOME, options: {} };
const TIMES: Question = { kind: "timestamps", path: PATH, ...filtersOf("alike") };

let server: LocalServer;
let dataDir: string;
let api: Api;
const answers = new Map<string, Answer>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "lazyruns-frames-"));
  server = await startServer({ dataDir });
  await runPython(new URL("log_runs.py", import.meta.url), { baseUrl: server.url, args: ["frames"] });
  const questions = [
    ...ASKED.flatMap((asked) => FORMATS.map((format) => questionOf(asked, format))),
    ...[NAMES, DESCRIBED, JOINED, EACH, TIMES],
  ];
  const all = await askPython(server.url, questions);
  for (const [index, question] of questions.entries()) {
    answers.set(JSON.stringify(question), all[index] as Answer);
  }
  api = new Api({ apiKey: API_KEY, baseUrl: server.url });
});

afterAll(async () => {
  await api?.close();
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** What Python said; a question that it was not asked is a mistake here. */
function python(question: Question): Answer {
  const answer = answers.get(JSON.stringify(question));
  if (answer === undefined) throw new Error(`Python was not asked ${JSON.stringify(question)}`);
  return answer;
}

async function ours(
  library: Library,
  options: Asked["ours"] & FrameOptions,
  of: RunsOptions,
): Promise<OurFrame> {
  return readFrame(library, await api.runs(PATH, of).histories({ ...options, format: library }));
}

/** What is asked of a group's runs, of all keys or of these. */
function askedOf(group: string, keys?: readonly string[]): Asked {
  const found = ASKED.find(
    (asked) => asked.filters.group === group && asked.python.keys?.join() === keys?.join(),
  );
  if (found === undefined) throw new Error(`Nothing is asked of group ${group}`);
  return found;
}

function expectedFor(asked: Asked): Expected {
  return expectedOf(rowsIn(python(questionOf(asked, "default"))), asked.python.keys !== undefined);
}

describe.each(ASKED.map((asked) => [asked.what, asked] as const))("%s", (_, asked) => {
  it.each(LIBRARIES)("a frame of %s has what was logged, as pandas has it", async (library) => {
    const expected = expectedFor(asked);
    const frame = await ours(library, asked.ours, asked);
    expect(frame.numRows).toBeGreaterThan(0);
    expectExactly(library, frame, expected);
    expectAsPandas(frame, frameIn(python(questionOf(asked, "pandas"))), expected);
  });

  const { polars } = asked;
  if (polars === "same") {
    it("Python's polars has the same, nested values as structs", async () => {
      const frame = await ours("polars", { ...asked.ours, nested: "struct" }, asked);
      expectAsPolars(frame, frameIn(python(questionOf(asked, "polars"))));
    });
  } else if (polars !== "loses") {
    it(`Python's polars fails: ${polars}`, () => {
      expect(python(questionOf(asked, "polars"))).toEqual({ error: expect.stringMatching(polars) });
    });
  }
});

it("what comes after row 100 is there, where Python's polars drops a metric and rounds a number", async () => {
  const asked = askedOf("late");
  const theirs = frameIn(python(questionOf(asked, "polars")));
  expect([...theirs.columns.keys()]).not.toContain("late");
  expect(theirs.columns.get("drift")?.cells[140]).toBe(2n);
  const { columns } = await ours("polars", asked.ours, asked);
  expect(columns.get("late")?.cells.filter((cell) => cell !== null)).toHaveLength(30);
  expect(columns.get("drift")?.cells[140]).toBe(2.5);
});

it("numbers that aren't finite stay numbers, where pandas has words among them and Python's polars words only", async () => {
  const asked = askedOf("nonfinite", ["loss"]);
  const loss = (format: "pandas" | "polars") =>
    frameIn(python(questionOf(asked, format))).columns.get("loss");
  expect(loss("pandas")?.dtype).toBe("object");
  expect(loss("pandas")?.cells.slice(0, 5)).toEqual([1.5, "Infinity", "-Infinity", 2n, "NaN"]);
  expect(loss("polars")?.cells.slice(0, 5)).toEqual(["1.5", "Infinity", "-Infinity", "2", "NaN"]);
  for (const library of LIBRARIES) {
    const { columns } = await ours(library, asked.ours, asked);
    const [infinity, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
    expect(columns.get("loss")?.cells).toEqual([1.5, infinity, -infinity, 2, nan, null, nan, 0.5]);
  }
});

describe("nested values as structs", () => {
  it.each(["polars", "arrow"] as const)(
    "%s: objects with their fields, lists with their items",
    async (library) => {
      const expected = expectedFor(askedOf("nested"));
      const { columns } = await ours(library, { nested: "struct" }, filtersOf("nested"));
      for (const name of ["norms", "histogram", "page", "list"]) {
        expect(columns.get(name)?.dtype).toBe(name === "list" ? "List" : "Struct");
        const cells = expected.get(name)?.cells ?? [];
        expect(columns.get(name)?.cells.map(loosen), name).toEqual(asStructs(cells).map(loosen));
      }
    },
  );

  it.each(["polars", "arrow"] as const)("%s: objects of other fields are united", async (library) => {
    const expected = asStructs(expectedFor(askedOf("uneven")).get("v")?.cells ?? []);
    const { columns } = await ours(library, { nested: "struct" }, filtersOf("uneven"));
    const field = (name: string) => (cell: Value) => (cell instanceof Map ? cell.get(name) : cell);
    expect(columns.get("v")?.dtype).toBe("Struct");
    const toDouble = (value: Value) => (typeof value === "bigint" ? Number(value) : value);
    for (const name of ["a", "b", "big"]) {
      // A whole number that meets others is a double, and so is every one that a series of polars gives.
      const asRead = library === "polars" || name === "a" ? toDouble : (value: Value) => value;
      expect(columns.get("v")?.cells.map(field(name)), name).toEqual(expected.map(field(name)).map(asRead));
    }
    // The items of a list of a number and an object have no type in common.
    const items = columns.get("v")?.cells.map(field("c"))[2] as string[];
    expect(items.map(parseJson)).toEqual([1n, new Map([["d", Number.NaN]])]);
  });
});

describe("metrics whose names a frame has members of", () => {
  const rows = () => rowsIn(python(NAMES));

  it.each(LIBRARIES)("%s", async (library) => {
    const warnings: string[] = [];
    const of = {
      ...filtersOf("names"),
      onWarning: ({ message }: { message: string }) => warnings.push(message),
    };
    const frame = await ours(library, {}, of);
    const expected = expectedOf(rows(), false);
    const renamed = [...expected.keys()].filter((name) => !frame.columns.has(name));
    expectExactly(
      library,
      frame,
      new Map([...expected].map(([name, column]) => [renamed.includes(name) ? `${name}_` : name, column])),
    );
    for (const name of renamed) expect(warnings.join("\n")).toContain(JSON.stringify(name));
    if (library === "arrow") expect(renamed).toEqual([]);
    else expect(renamed).toEqual(expect.arrayContaining(["columns", "shape"]));
    if (library === "danfo") expect(renamed).toContain("$data");
  });
});

it("facts of the runs stand beside their rows, as pandas merges them", async () => {
  const theirs = frameIn(python(DESCRIBED));
  const columns = ["name", "state", "group", "tags", "config.lr"] as const;
  for (const library of LIBRARIES) {
    const frame = await ours(library, { keys: ["loss"], columns }, filtersOf("ragged"));
    expect([...frame.columns.keys()]).toEqual(["run_id", ...columns, "_step", "loss"]);
    for (const name of ["run_id", "name", "state", "group", "_step", "loss"]) {
      const expected = theirs.columns.get(name)?.cells.map(loosen);
      expect(frame.columns.get(name)?.cells.map(loosen), name).toEqual(expected);
    }
    expect(new Set(frame.columns.get("tags")?.cells)).toEqual(new Set(["[]"]));
    // A number in one run and text in another.
    expect(new Set(frame.columns.get("config.lr")?.cells)).toEqual(new Set(["0.1", '"auto"']));
    expect(new Set(theirs.columns.get("config.lr")?.cells)).toEqual(new Set([0.1, "auto"]));
  }
});

it('metrics of other steps come together by match: "any", as pandas joins a frame a key', async () => {
  const { columns } = frameIn(python(JOINED));
  const order = [...(columns.get("run_id")?.cells ?? []).keys()];
  const ids = columns.get("run_id")?.cells as string[];
  const steps = columns.get("_step")?.cells as bigint[];
  order.sort(
    (a, b) => String(ids[a]).localeCompare(String(ids[b])) || Number((steps[a] ?? 0n) - (steps[b] ?? 0n)),
  );
  for (const library of LIBRARIES) {
    const frame = await ours(library, { keys: ["loss", "acc"], match: "any" }, filtersOf("ragged"));
    expect(frame.numRows).toBe(14);
    for (const [name, { cells }] of columns) {
      const view = (cell: Value) => (cell === null ? Number.NaN : loosen(cell));
      expect(frame.columns.get(name)?.cells.map(view), name).toEqual(
        order.map((row) => view(cells[row] ?? null)),
      );
    }
  }
});

it.each(LIBRARIES)(
  "a run's own %s frame, by history() and by historyStream(), has pandas' rows",
  async (library) => {
    const theirs = framesIn(python(EACH));
    expect(theirs.filter(([, { numRows }]) => numRows > 0).length).toBeGreaterThan(10);
    const streamed: [string, OurFrame][] = [];
    for await (const { run, history } of api.runs(PATH, SOME).historyStream({ format: library })) {
      streamed.push([run.id, readFrame(library, history)]);
    }
    expect(streamed.map(([id]) => id)).toEqual(theirs.map(([id]) => id));
    for (const [index, [id, pandas]] of theirs.entries()) {
      const run = await api.run(`${PATH}/${id}`);
      const frame = readFrame(library, await run.history({ format: library }));
      expect(frame).toEqual(streamed[index]?.[1]);
      expect(frame.numRows).toBe(pandas.numRows);
      expect([...frame.columns.keys()].filter((name) => name !== "run_id").sort()).toEqual(
        [...pandas.columns.keys()].sort(),
      );
      expect(new Set(frame.columns.get("run_id")?.cells)).toEqual(new Set(pandas.numRows > 0 ? [id] : []));
    }
  },
);

it("timestamps become datetimes when asked, to the millisecond of pandas'", async () => {
  const theirs = frameIn(python(TIMES)).columns.get("at")?.cells as bigint[];
  for (const library of ["polars", "arrow"] as const) {
    const { columns } = await ours(library, { datetimes: true }, filtersOf("alike"));
    const column = columns.get("_timestamp");
    expect(column?.dtype).toBe("Datetime");
    const apart = column?.cells.map((cell, row) =>
      Number(BigInt(cell as bigint) * 1_000_000n - (theirs[row] ?? 0n)),
    );
    expect(apart?.length).toBe(theirs.length);
    expect(Math.max(...(apart ?? []).map(Math.abs))).toBeLessThanOrEqual(500_000);
  }
  const { columns } = await ours("danfo", { datetimes: true }, filtersOf("alike"));
  const texts = columns.get("_timestamp")?.cells as string[];
  const apart = texts.map((text, row) =>
    Math.abs(Date.parse(text) - Number((theirs[row] ?? 0n) / 1_000_000n)),
  );
  expect(Math.max(...apart)).toBeLessThanOrEqual(1);
});

describe("nothing to show is an empty frame with the columns that were asked for", () => {
  const NOTHING = [
    ["no runs", { filters: { group: "nobody" } }, {}, ["run_id"]],
    ["no runs, with keys", { filters: { group: "nobody" } }, { keys: ["loss"] }, ["run_id", "_step", "loss"]],
    ["runs without the key", filtersOf("ragged"), { keys: ["never"] }, ["run_id", "_step", "never"]],
    ["a run without rows", { filters: { name: "ragged-3" } }, {}, ["run_id"]],
    [
      "columns of runs",
      { filters: { group: "nobody" } },
      { keys: ["loss"], columns: ["name", "config.lr"] },
      ["run_id", "name", "config.lr", "_step", "loss"],
    ],
  ] as const;

  it.each(NOTHING)("%s", async (_, of, options, columns) => {
    for (const library of LIBRARIES) {
      const frame = await ours(library, options, of);
      expect([frame.numRows, [...frame.columns.keys()]], library).toEqual([0, columns]);
      expect(frame.columns.get("run_id")?.dtype).toBe(library === "danfo" ? "string" : "String");
    }
  });

  it("a table of no runs", async () => {
    for (const library of LIBRARIES) {
      const runs = api.runs(PATH, filtersOf("nobody"));
      const options = { fields: ["name", "createdAt"], config: ["lr"], format: library } as const;
      const frame = readFrame(library, await runs.table(options));
      expect([frame.numRows, [...frame.columns.keys()]], library).toEqual([
        0,
        ["run_id", "name", "createdAt", "config.lr"],
      ]);
    }
  });
});
