import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "@lazyruns/core";
import "@lazyruns/dataframes";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeRuns } from "../reading/write-runs.ts";
import { API_KEY } from "../support/python.ts";
import { type Answer, askPython, frameIn, type Question, rowsIn } from "./ask-python.ts";
import { expectAsPandas, expectExactly } from "./compare.ts";
import { type ExpectedColumn, expectedOf } from "./expected.ts";
import { LIBRARIES, type Library, type OurFrame, readFrame } from "./our-frame.ts";

/** Real training runs, which differ in what they log. */
const TRAINED = "local/digits";
const RUNS = fileURLToPath(new URL("../../apps/demo-notebooks/training/runs", import.meta.url));
/** More rows than a frame is made of in one piece. */
const BIG = "local/big";
const SIZE = { runs: 120, steps: 600 };
const whole = { samples: SIZE.steps };

const FIELDS = ["name", "state", "group", "tags", "createdAt"] as const;
const histories = (path: string, format: "default" | "pandas", options = {}): Question => ({
  kind: "histories",
  path,
  format,
  options,
});
const system = { stream: "system" } as const;
const QUESTIONS = {
  rows: histories(TRAINED, "default"),
  pandas: histories(TRAINED, "pandas"),
  machineRows: histories(TRAINED, "default", system),
  machinePandas: histories(TRAINED, "pandas", system),
  tableRows: { kind: "table", path: TRAINED, format: "default" } as Question,
  tablePandas: { kind: "table", path: TRAINED, format: "pandas" } as Question,
  bigRows: histories(BIG, "default", whole),
  bigPandas: histories(BIG, "pandas", whole),
};

let server: LocalServer;
let dataDir: string;
let api: Api;
let answers: { readonly [Name in keyof typeof QUESTIONS]: Answer };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "lazyruns-frames-"));
  server = await startServer({ dataDir, imports: [RUNS] });
  await writeRuns(server.url, BIG, SIZE);
  const all = await askPython(server.url, Object.values(QUESTIONS));
  answers = Object.fromEntries(
    Object.keys(QUESTIONS).map((name, index) => [name, all[index]]),
  ) as typeof answers;
  api = new Api({ apiKey: API_KEY, baseUrl: server.url });
});

afterAll(async () => {
  await api?.close();
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function ours(library: Library, path: string, options = {}): Promise<OurFrame> {
  return readFrame(library, await api.runs(path).histories({ ...options, format: library }));
}

describe.each(LIBRARIES)("a frame of %s", (library) => {
  it("of real training runs has what was logged, as pandas has it", async () => {
    const expected = expectedOf(rowsIn(answers.rows), false);
    const frame = await ours(library, TRAINED);
    expectExactly(library, frame, expected);
    expectAsPandas(frame, frameIn(answers.pandas), expected);
  });

  it("of the machine's metrics likewise", async () => {
    const expected = expectedOf(rowsIn(answers.machineRows), false);
    expect([...expected.keys()].filter((name) => name.startsWith("system."))).not.toEqual([]);
    const frame = await ours(library, TRAINED, system);
    expectExactly(library, frame, expected);
    expectAsPandas(frame, frameIn(answers.machinePandas), expected);
  });

  it("of a big project has every row", async () => {
    const expected = expectedOf(rowsIn(answers.bigRows), false);
    const frame = await ours(library, BIG, whole);
    expect(frame.numRows).toBe(SIZE.runs * SIZE.steps);
    expectExactly(library, frame, expected);
    expectAsPandas(frame, frameIn(answers.bigPandas), expected);
  });

  it("of a table of runs has what the runs have, as pandas has it", async () => {
    const { createdAt, ...rest } = Object.fromEntries(expectedOf(rowsIn(answers.tableRows), false));
    const names = ["run_id", ...FIELDS.filter((name) => name !== "createdAt")];
    const keys = Object.keys(rest).filter((name) => !names.includes(name));
    const expected = new Map([...names, ...keys.sort()].map((name) => [name, rest[name] as ExpectedColumn]));
    const frame = readFrame(library, await api.runs(TRAINED).table({ fields: FIELDS, format: library }));
    const times = frame.columns.get("createdAt");
    const others = {
      ...frame,
      columns: new Map([...frame.columns].filter(([name]) => name !== "createdAt")),
    };
    expectExactly(library, others, expected);
    const pandas = frameIn(answers.tablePandas);
    expectAsPandas(
      others,
      { ...pandas, columns: new Map([...pandas.columns].filter(([name]) => name !== "createdAt")) },
      expected,
    );
    expect(times?.dtype).toBe(library === "danfo" ? "string" : "Datetime");
    const ms = times?.cells.map((cell) => (typeof cell === "string" ? Date.parse(cell) : Number(cell)));
    expect(ms).toEqual(createdAt?.cells.map((text) => Date.parse(String(text))));
  });
});
