import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ColumnData, HistoryTable, RunTable } from "@lazyruns/core";
import { writeParquet } from "@lazyruns/dataframes/parquet";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runPython } from "../support/python.ts";

const READERS = ["polars", "pandas", "duckdb"] as const;

/** A value with its type, as `read_parquet.py` prints it. */
type Cell = null | readonly [type: string, value: unknown];
interface Frame {
  readonly columns: string[];
  readonly types: string[];
  readonly rows: Cell[][];
}
type Answer = { readonly [reader in (typeof READERS)[number]]: Frame } & Layout;
interface Layout {
  readonly groups: number[];
  readonly compressions: string[];
}

const ROWS = 4;
const ALL = null;
const RUN_IDS = ["a", "a", "a", "b"];
const TEXTS = ["", "é😀 ​", 'quo"te\nline\0', "x".repeat(1_000_000)];
const NESTED = ['{"l1":1,"deep":{"x":[1,2]}}', '{"l1":2.5,"name":"é"}', '{"deep":{"x":[]}}', ""];

const COLUMNS: ColumnData[] = [
  { name: "", dtype: "float64", values: Float64Array.of(1, 2, 3, 4), validity: ALL },
  { name: "a.b/c", dtype: "bool", values: Uint8Array.of(1, 0, 0, 1), validity: bits(1, 1, 0, 1) },
  {
    name: "edges",
    dtype: "float64",
    values: Float64Array.of(5e-324, -0, 1.7976931348623157e308, 0.1),
    validity: ALL,
  },
  {
    name: "infinite",
    dtype: "float64",
    values: Float64Array.of(Infinity, -Infinity, NaN, 0),
    validity: bits(1, 1, 1, 0),
  },
  {
    name: "long",
    dtype: "int64",
    values: BigInt64Array.of(2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n, 0n),
    validity: bits(1, 1, 1, 0),
  },
  { name: "nan", dtype: "float64", values: Float64Array.of(NaN, NaN, 0, 0), validity: bits(1, 0, 1, 0) },
  { name: "nested", dtype: "json", values: NESTED, validity: bits(1, 1, 1, 0) },
  { name: "nothing", dtype: "null", values: new Uint8Array(ROWS), validity: bits(0, 0, 0, 0) },
  { name: "text", dtype: "utf8", values: TEXTS, validity: ALL },
  { name: "texts", dtype: "utf8", values: ["x", "", "", "NaN"], validity: bits(1, 0, 1, 1) },
  {
    name: "time",
    dtype: "datetime",
    values: BigInt64Array.of(0n, 1_700_000_000_123n, -1n, 0n),
    validity: bits(1, 1, 1, 0),
  },
  { name: "ü😀", dtype: "int64", values: BigInt64Array.of(1n, 1n, 1n, 1n), validity: ALL },
];

/** What the three engines call these types. */
const TYPES = {
  int64: ["Int64", "int64[pyarrow]", "BIGINT"],
  float64: ["Float64", "double[pyarrow]", "DOUBLE"],
  bool: ["Boolean", "bool[pyarrow]", "BOOLEAN"],
  utf8: ["String", "string[pyarrow]", "VARCHAR"],
  json: ["String", "string[pyarrow]", "VARCHAR"],
  datetime: [
    "Datetime(time_unit='ms', time_zone='UTC')",
    "timestamp[ms, tz=UTC][pyarrow]",
    "TIMESTAMP WITH TIME ZONE",
  ],
  null: ["Null", "null[pyarrow]", '"NULL"'],
} as const;

let folder: string;
let answers: Map<string, Answer>;
let long: { readonly [reader in (typeof READERS)[number]]: readonly [rows: number, right: number] } & Layout;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lazyruns-parquet-"));
  const table = HistoryTable.fromColumns(RUN_IDS, COLUMNS);
  await writeParquet(table, join(folder, "table.parquet"));
  await writeParquet(table, join(folder, "struct.parquet"), { nested: "struct", compression: "none" });
  await writeParquet(runTable(), join(folder, "runs.parquet"), { compression: "snappy" });
  await writeParquet(HistoryTable.fromColumns([], []), join(folder, "empty.parquet"));
  await writeParquet(longTable(), join(folder, "long.parquet"));
  const files = ["table", "struct", "runs", "empty", "long"];
  const questions = files.map((file) => ({ path: join(folder, `${file}.parquet`), long: file === "long" }));
  const output = await runPython(new URL("read_parquet.py", import.meta.url), {
    baseUrl: "http://127.0.0.1:9", // it reads files only
    input: JSON.stringify(questions),
  });
  const read = JSON.parse(output) as Answer[];
  answers = new Map(files.map((file, index) => [file, read[index] as Answer]));
  long = answers.get("long") as unknown as typeof long;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(READERS.map((reader, index) => [reader, index] as const))("Python's %s", (reader, index) => {
  const frame = (file: string) => (answers.get(file) as Answer)[reader];

  test("reads every value of a table as it is", () => {
    const { columns, types, rows } = frame("table");
    // DuckDB gives a name to a column that has none.
    const names = COLUMNS.map(({ name }) => (reader === "duckdb" && name === "" ? "C1" : name));
    expect(columns).toEqual(["run_id", ...names]);
    expect(types).toEqual(
      ["utf8", ...COLUMNS.map(({ dtype }) => dtype)].map(
        (dtype) => TYPES[dtype as keyof typeof TYPES][index],
      ),
    );
    for (let row = 0; row < ROWS; row++) {
      expect(rows[row]).toEqual([["text", RUN_IDS[row]], ...COLUMNS.map((column) => cellOf(column, row))]);
    }
    expect(rows).toHaveLength(ROWS);
  });

  test("reads nested values as structs and lists", () => {
    const { columns, rows } = frame("struct");
    const at = columns.indexOf("nested");
    const struct = (deep: Cell, l1: Cell, name: Cell): Cell => ["struct", { deep, l1, name }];
    const deep = (...items: Cell[]): Cell => ["struct", { x: ["list", items] }];
    expect(rows.map((row) => row[at])).toEqual([
      struct(deep(["int", "1"], ["int", "2"]), ["float", "0x1.0000000000000p+0"], null),
      struct(null, ["float", "0x1.4000000000000p+1"], ["text", "é"]),
      struct(deep(), null, null),
      null,
    ]);
  });

  test("reads a table of runs", () => {
    expect(frame("runs").columns).toEqual(["run_id", "createdAt", "tags", "config.lr"]);
    expect(frame("runs").rows).toEqual([
      [
        ["text", "a"],
        ["time", "1700000000123"],
        ["text", '["x","y"]'],
        ["float", "0x1.0000000000000p-1"],
      ],
      [["text", "b"], null, ["text", "[]"], null],
    ]);
  });

  test("reads a table without rows", () => {
    expect(frame("empty")).toMatchObject({ columns: ["run_id"], rows: [] });
  });

  test("reads a long table, row by row in order", () => {
    expect(long[reader]).toEqual([300_000, 300_000]);
  });
});

test("the values are packed as asked, zstd unless said, and a long table has more groups than one", () => {
  const packed = ["table", "runs", "struct"].map((file) => answers.get(file)?.compressions);
  expect(packed).toEqual([["ZSTD"], ["SNAPPY"], ["UNCOMPRESSED"]]);
  expect(long.groups).toEqual([131_072, 131_072, 37_856]);
  expect(long.compressions).toEqual(["ZSTD"]);
});

test("a process that is killed midway leaves the file that was there, and none that looks whole", async () => {
  const place = await mkdtemp(join(folder, "killed-"));
  const target = join(place, "out.parquet");
  await writeFile(target, "what was there");
  const program = fileURLToPath(new URL("write-parquet-forever.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, target], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  const others = async () => (await readdir(place)).filter((name) => name !== "out.parquet");
  await vi.waitFor(
    async () => {
      const [temporary] = await others();
      expect(temporary).toMatch(/^\.lazyruns-.*\.tmp$/);
      expect((await stat(join(place, temporary as string))).size).toBeGreaterThan(100_000);
    },
    { timeout: 60_000 },
  );
  child.kill("SIGKILL");
  await ended;
  expect(await readFile(target, "utf8")).toBe("what was there");
  expect(await others()).toHaveLength(1);
});

function runTable(): RunTable {
  const columns = new Map<string, (string | number | Date | null | string[])[]>([
    ["run_id", ["a", "b"]],
    ["createdAt", [new Date(1_700_000_000_123), null]],
    ["tags", [["x", "y"], []]],
    ["config.lr", [0.5, null]],
  ]);
  return new RunTable(columns, 2);
}

/** 300 runs of 1000 rows. */
function longTable(): HistoryTable {
  const ids = Array.from({ length: 300_000 }, (_, row) => `run${Math.floor(row / 1000)}`);
  return HistoryTable.fromColumns(ids, [
    {
      name: "_step",
      dtype: "int64",
      values: BigInt64Array.from(ids, (_, row) => BigInt(row)),
      validity: null,
    },
    { name: "half", dtype: "float64", values: Float64Array.from(ids, (_, row) => row / 2), validity: null },
  ]);
}

/** A bitmap, the first row's bit lowest. */
function bits(...flags: readonly number[]): Uint8Array {
  return Uint8Array.of(flags.reduce((byte, flag, row) => byte | (flag << row), 0));
}

function cellOf({ dtype, values, validity }: ColumnData, row: number): Cell {
  if (dtype === "null" || (validity !== null && (((validity[0] as number) >> row) & 1) === 0)) return null;
  const value = values[row] as number | bigint | string;
  switch (dtype) {
    case "int64":
      return ["int", String(value)];
    case "float64":
      return ["float", Number.isFinite(value) ? hex(value as number) : String(value)];
    case "bool":
      return ["bool", value === 1];
    case "datetime":
      return ["time", String(value)];
    default:
      return ["text", value];
  }
}

/** A double's bits, as Python's `float.hex` writes them. */
function hex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const all = view.getBigUint64(0);
  const sign = all >> 63n ? "-" : "";
  const exponent = Number((all >> 52n) & 0x7ffn);
  const fraction = (all & 0xfffffffffffffn).toString(16).padStart(13, "0");
  if (value === 0) return `${sign}0x0.0p+0`;
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? "-" : "+"}${Math.abs(power)}`;
}
