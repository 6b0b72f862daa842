import { InvalidArgumentError, RunTable } from "@lazyruns/core";
import { Series, toDateTime } from "danfojs-node";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { buildFrame } from "./build-frame.ts";
import { loadDanfo } from "./peer.ts";
import { type TestColumns, tableOf } from "./testing.ts";
import { toDanfo } from "./to-danfo.ts";

const ids = (rows: number, run = "r") => Array.from({ length: rows }, () => run);

/** A type's values, and what a frame shows for each. */
const KINDS = {
  float64: { values: fc.double(), cell: (value: unknown) => value },
  int64: {
    values: fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
    cell: (value: unknown) => Number(value),
  },
  bool: { values: fc.constantFrom(0, 1), cell: (value: unknown) => value === 1 },
  utf8: { values: fc.string({ unit: "grapheme" }), cell: (value: unknown) => value },
  json: { values: fc.json(), cell: (value: unknown) => value },
  datetime: {
    values: fc.date({ noInvalidDate: true }).map((date) => BigInt(date.getTime())),
    cell: (value: unknown) => new Date(Number(value)).toISOString(),
  },
  null: { values: fc.constant(null), cell: () => null },
} as const;

const someColumns = fc.integer({ min: 0, max: 40 }).chain((rows) =>
  fc.record({
    runIds: fc.array(fc.constantFrom("a", "b", "c"), { minLength: rows, maxLength: rows }),
    columns: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}\/x$/),
      fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])).chain((dtype) =>
        fc.record({
          dtype: fc.constant(dtype),
          values: fc.array(fc.option(KINDS[dtype].values as fc.Arbitrary<unknown>, { freq: 4 }), {
            minLength: rows,
            maxLength: rows,
          }),
        }),
      ),
    ),
  }),
);

test("a frame's rows are the table's: NaN, null, digits and all", async () => {
  await fc.assert(
    fc.asyncProperty(someColumns, async ({ runIds, columns }) => {
      const table = tableOf(runIds, columns);
      const warnings: string[] = [];
      const frame = await toDanfo(table, { onWarning: ({ message }) => warnings.push(message) });
      expect(warnings).toEqual([]);
      const names = ["run_id", ...Object.keys(columns).sort()];
      expect(frame.columns).toEqual(names);
      expect(frame.shape).toEqual([runIds.length, names.length]);
      expect(frame.values).toEqual(
        runIds.map((id, row) => [
          id,
          ...names.slice(1).map((name) => {
            const { dtype, values } = columns[name] as (typeof columns)[string];
            const value = values[row] ?? null;
            return value === null ? null : KINDS[dtype].cell(value);
          }),
        ]),
      );
    }),
  );
});

test("columns keep their digits, whatever danfo's labels say, and can be computed with", async () => {
  const columns: TestColumns = {
    acc: { dtype: "float64", values: [0.12345678901234568, Number.NaN, Infinity, null] },
    best: { dtype: "bool", values: [1, 0, null, 1] },
    big: { dtype: "int64", values: [2n ** 53n - 1n, 1n, null, 3n] },
    epochs: { dtype: "int64", values: [-1n, 0n, 1n, null] },
    note: { dtype: "utf8", values: ["", "ü", null, "x"] },
    nothing: { dtype: "null", values: [null, null, null, null] },
    picture: { dtype: "json", values: ['{"a":[1,NaN]}', "[]", null, "null"] },
    when: { dtype: "datetime", values: [0n, 1732583711250n, null, -1n] },
  };
  const frame = await toDanfo(tableOf(ids(4), columns));
  expect(Object.fromEntries(frame.columns.map((name, place) => [name, frame.dtypes[place]]))).toEqual({
    run_id: "string",
    acc: "float32",
    best: "boolean",
    big: "float32",
    epochs: "int32",
    note: "string",
    nothing: "float32",
    picture: "string",
    when: "string",
  });
  expect(frame.column("acc").values).toEqual([0.12345678901234568, Number.NaN, Infinity, null]);
  expect(frame.column("big").values).toEqual([9007199254740991, 1, null, 3]);
  expect(frame.column("best").values).toEqual([true, false, null, true]);
  expect(frame.column("picture").values).toEqual(['{"a":[1,NaN]}', "[]", null, "null"]);
  expect(frame.column("when").values).toEqual([
    "1970-01-01T00:00:00.000Z",
    "2024-11-26T01:15:11.250Z",
    null,
    "1969-12-31T23:59:59.999Z",
  ]);
  expect(frame.column("epochs").add(1).values).toEqual([0, 1, 2, 1]);
  expect(frame.column("epochs").sum()).toBe(0);
  expect(frame.nothing.values).toEqual([null, null, null, null]);
});

test("a tensor of a column beyond 32 bits isn't wrapped around", async () => {
  const columns: TestColumns = { n: { dtype: "int64", values: [5n, 2n ** 31n] } };
  const frame = await toDanfo(tableOf(ids(2), columns));
  expect([...frame.column("n").tensor.dataSync()]).toEqual([5, 2 ** 31]);
});

test("a column that is beyond 32 bits in one of several pieces is labelled so as a whole", () => {
  const big = 2n ** 31n;
  for (const values of [
    [big, 1n, 2n],
    [1n, big, 2n],
    [1n, 2n, big],
  ]) {
    const table = tableOf(["a", "b", "c"], { n: { dtype: "int64", values } });
    const frame = buildFrame(loadDanfo(), table, {}, 1);
    expect(frame.dtypes).toEqual(["string", "float32"]);
    expect([...frame.column("n").tensor.dataSync()]).toEqual(values.map(Number));
  }
});

test("whole numbers that were rounded are counted over all pieces", () => {
  const onWarning = vi.fn();
  const values = [2n ** 53n + 1n, 2n ** 53n + 3n, 5n];
  buildFrame(loadDanfo(), tableOf(["a", "b", "c"], { n: { dtype: "int64", values } }), { onWarning }, 1);
  expect(onWarning.mock.calls).toEqual([[{ message: expect.stringMatching(/: 2 whole numbers .* in "n"/) }]]);
});

test("pieces of any length make the frame that one piece makes", () => {
  fc.assert(
    fc.property(someColumns, fc.integer({ min: 1, max: 10 }), ({ runIds, columns }, rowsAtOnce) => {
      const table = tableOf(runIds, columns);
      const whole = buildFrame(loadDanfo(), table, {});
      const frame = buildFrame(loadDanfo(), table, {}, rowsAtOnce);
      expect(frame.values).toEqual(whole.values);
      expect([frame.columns, frame.dtypes]).toEqual([whole.columns, whole.dtypes]);
    }),
    { numRuns: 30 },
  );
});

test("dates that are asked for are ISO 8601, which danfo reads", async () => {
  const columns: TestColumns = {
    _timestamp: { dtype: "float64", values: [1732583711.25, Number.NaN, null] },
    day: { dtype: "utf8", values: ["2026-11-26", null, "soon"] },
  };
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => warnings.push(message);
  const table = tableOf(ids(3), columns);
  const frame = await toDanfo(table, { datetimes: ["_timestamp", "day"], onWarning });
  expect(frame.column("_timestamp").values).toEqual(["2024-11-26T01:15:11.250Z", null, null]);
  expect(frame.column("day").values).toEqual(["2026-11-26T00:00:00.000Z", null, null]);
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toContain('"_timestamp"');
  expect(warnings[1]).toContain('"day"');
  const first = new Series(frame.column("day").values.slice(0, 1));
  expect(toDateTime(first).dayOfMonth().values).toEqual([26]);
  expect((await toDanfo(table, { datetimes: true, onWarning })).column("day").values).toEqual([
    "2026-11-26",
    null,
    "soon",
  ]);
});

test("whole numbers that no double is equal to become the nearest, and one warning names their columns", async () => {
  const columns: TestColumns = {
    even: { dtype: "int64", values: [2n ** 60n, 1n] },
    odd: { dtype: "int64", values: [2n ** 53n + 1n, 1n] },
    seed: { dtype: "int64", values: [2n ** 63n - 1n, -(2n ** 63n) + 1n] },
  };
  const warnings: string[] = [];
  const frame = await toDanfo(tableOf(ids(2), columns), {
    onWarning: ({ message }) => warnings.push(message),
  });
  expect(frame.values).toEqual([
    ["r", 2 ** 60, 2 ** 53, 2 ** 63],
    ["r", 1, 1, -(2 ** 63)],
  ]);
  expect(warnings).toEqual([expect.stringMatching(/3 whole numbers .*"odd", "seed"/)]);
});

test("warnings go to the process when nobody listens", async () => {
  const emit = vi.spyOn(process, "emitWarning").mockReturnValue();
  await toDanfo(tableOf(["r"], { shape: { dtype: "float64", values: [1] } }));
  expect(emit.mock.calls).toEqual([[expect.stringContaining('"shape_"'), "LazyrunsWarning"]]);
  emit.mockRestore();
});

test("a table without rows is a frame without rows that has the columns", async () => {
  const columns: TestColumns = {
    loss: { dtype: "float64", values: [] },
    name: { dtype: "utf8", values: [] },
  };
  const frame = await toDanfo(tableOf([], columns));
  expect([frame.shape, frame.columns, frame.values, frame.index]).toEqual([
    [0, 3],
    ["run_id", "loss", "name"],
    [],
    [],
  ]);
  expect(frame.column("loss").values).toEqual([]);
  expect(frame.head().shape).toEqual([0, 3]);
  expect(frame.query(frame.column("loss").gt(1)).shape).toEqual([0, 3]);
  expect(frame.sortValues("loss").shape).toEqual([0, 3]);
  expect(frame.toJSON()).toEqual([]);
  expect(frame.toString()).toContain("loss");
});

test("a table with no column but the run's id is a frame of one column", async () => {
  const frame = await toDanfo(tableOf(["b", "a"], {}));
  expect(frame.shape).toEqual([2, 1]);
  expect(frame.column("run_id").values).toEqual(["b", "a"]);
  expect(frame.sortValues("run_id").values).toEqual([["a"], ["b"]]);
  expect(frame.toJSON()).toEqual([{ run_id: "b" }, { run_id: "a" }]);
  expect(frame.toString()).toContain("run_id");
});

test("a large table comes whole and in order, types by all of its runs", async () => {
  const rows = 150_000;
  const perRun = 1_000;
  const runIds = Array.from({ length: rows }, (_, row) => `run${Math.floor(row / perRun)}`);
  const columns: TestColumns = {
    _step: { dtype: "int64", values: runIds.map((_, row) => BigInt(row)) },
    late: { dtype: "int64", values: runIds.map((_, row) => (row < rows - perRun ? null : 2n ** 33n)) },
    loss: { dtype: "float64", values: runIds.map((_, row) => (row % 3 === 0 ? null : row / 7)) },
  };
  const frame = await toDanfo(tableOf(runIds, columns));
  expect(frame.shape).toEqual([rows, 4]);
  expect(frame.dtypes).toEqual(["string", "int32", "float32", "float32"]);
  const wrong = frame.values.findIndex((cells, row) => {
    const [id, step, late, loss] = cells as unknown[];
    const expected = [runIds[row], row, row < rows - perRun ? null : 2 ** 33, row % 3 === 0 ? null : row / 7];
    return ![id, step, late, loss].every((cell, place) => Object.is(cell, expected[place]));
  });
  expect(wrong).toBe(-1);
  expect(frame.index.length).toBe(rows);
  expect(frame.column("_step").sum()).toBe((rows * (rows - 1)) / 2);
  expect(frame.groupby(["run_id"]).col(["_step"]).max().shape).toEqual([rows / perRun, 2]);
});

test("a table of runs is a frame with a row a run", async () => {
  const table = new RunTable(
    new Map<string, readonly never[]>(
      Object.entries({
        run_id: ["a", "b"],
        createdAt: [new Date(1732583711250), null],
        "config.lr": [0.1, null],
        "config.layers": [3, 4],
        "summary.note": ["x", 1],
      }) as never,
    ),
    2,
  );
  const frame = await toDanfo(table);
  expect(frame.columns).toEqual(["run_id", "createdAt", "config.lr", "config.layers", "summary.note"]);
  expect(frame.values).toEqual([
    ["a", "2024-11-26T01:15:11.250Z", 0.1, 3, '"x"'],
    ["b", null, null, 4, "1"],
  ]);
});

test.each([
  { options: { nested: "struct" }, says: /nested is "struct", and danfo has no structs/ },
  { options: { nested: "rows" }, says: /nested is "rows"/ },
  { options: { datetimes: "_timestamp" }, says: /datetimes is "_timestamp"/ },
  { options: { onWarning: "log" }, says: /onWarning is "log"/ },
])("$options is refused", async ({ options, says }) => {
  const error = await toDanfo(tableOf(["r"], {}), options as never).catch((error) => error);
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(error.message).toMatch(says);
});
