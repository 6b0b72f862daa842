import fc from "fast-check";
import { expect, test } from "vitest";
import { Runs } from "../runs/runs.ts";
import { faultServer } from "../testing/fault-server.ts";
import {
  type ModelRow,
  type ModelRun,
  modelAnswer,
  sampledRows,
  sampleOf,
} from "../testing/model-project.ts";
import type { RunValue } from "../values.ts";
import type { HistoryOptions } from "./options.ts";
import type { HistoryRow } from "./rows.ts";
import type { HistoryTable } from "./table/history-table.ts";

const value = fc.oneof(
  // A whole double beyond 2^53 is written as an integer, and read as a bigint.
  {
    weight: 6,
    arbitrary: fc
      .double()
      .filter((d) => !Number.isInteger(d) || Math.abs(d) < 2 ** 53 || Math.abs(d) >= 1e21),
  },
  { weight: 3, arbitrary: fc.integer() },
  fc
    .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
    .map((big) => (Number.isSafeInteger(Number(big)) ? Number(big) : big)),
  fc.string({ unit: "binary" }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom("NaN", "Infinity", "text"),
  fc.record({ a: fc.array(fc.integer(), { maxLength: 2 }) }),
);
/** What rows are put in order by: mostly numbers, of which many are the same. */
const x: fc.Arbitrary<RunValue> = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -2, max: 12 }) },
  fc.constantFrom<RunValue>(
    0.5,
    -0,
    2n ** 60n,
    2n ** 70n,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    null,
    "NaN",
    "x",
  ),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 8) => fc.option(arbitrary, { nil: undefined, freq });

const METRICS = ["loss", "acc", "val/loss", "__proto__", "a.b", "1", "\u0000\n", "\ud800"];
const metric = fc.constantFrom(...METRICS);
const row = fc
  .tuple(maybe(x, 15), maybe(x), maybe(x, 4), fc.array(fc.tuple(metric, value), { maxLength: 4 }))
  .map(([_step, _runtime, epoch, metrics]) => ({ own: { _step, _runtime, epoch }, metrics }));
/** Steps go up, as they do in a run that was logged in order; or they are any. */
const rows = fc.tuple(fc.boolean(), fc.array(row, { maxLength: 20 })).map(([ascending, rows]) =>
  rows.map(({ own, metrics }, step) => {
    const entries: [string, RunValue | undefined][] = Object.entries({
      ...own,
      ...(ascending && { _step: step }),
    });
    return Object.fromEntries(
      [...entries, ...metrics].filter(([, value]) => value !== undefined),
    ) as ModelRow;
  }),
);
const runs = fc.array(fc.record({ history: rows, events: rows }), { maxLength: 25 });

const question = fc.record({
  keys: maybe(
    fc.uniqueArray(fc.oneof({ weight: 6, arbitrary: metric }, fc.constantFrom("_step", "epoch")), {
      minLength: 1,
      maxLength: 3,
    }),
    3,
  ),
  samples: fc.integer({ min: 1, max: 25 }),
  match: fc.constantFrom(undefined, "all" as const, "any" as const),
  xAxis: fc.constantFrom(undefined, undefined, "_step", "_runtime", "epoch", "loss", "missing"),
  stream: fc.constantFrom(undefined, "default" as const, "system" as const),
});
const listing = fc.record({
  order: fc.constantFrom(undefined, "+created_at" as const, "-created_at" as const),
  perPage: maybe(fc.integer({ min: 1, max: 30 }), 1),
  start: maybe(fc.integer({ min: 0, max: 30 }), 1),
  limit: maybe(fc.integer({ min: 0, max: 30 }), 1),
});
const way = fc.record({
  form: fc.constantFrom("default" as const, "table" as const, "stream" as const),
  isListed: fc.boolean(),
  mostRuns: fc.integer({ min: 1, max: 30 }),
  faults: fc.array(fc.constantFrom(undefined, undefined, 0, 429, 503), { maxLength: 2 }),
});

test("any question about any project, in any form and through any faults, has a simple model's rows", async () => {
  let current: ModelRun[] = [];
  let mostRuns = 1000;
  let faults: (number | undefined)[] = [];
  const { service } = await faultServer(
    (request, response) => {
      const status = faults.shift();
      if (status === 0) response.destroy();
      else if (status !== undefined) response.writeHead(status, { "retry-after": "0" }).end("{}");
      else response.end(modelAnswer(request, current, { mostRuns }));
      return undefined;
    },
    { maxRetries: 5 },
  );
  await fc.assert(
    fc.asyncProperty(runs, question, listing, way, async (generated, question, listing, way) => {
      current = generated.map((run, index) => ({ id: `r${index}`, ...run }));
      mostRuns = way.mostRuns;
      faults = [...way.faults];
      const collection = new Runs(service, "team", "digits", listing);
      if (way.isListed) await collection.toArray();

      const ordered = listing.order?.startsWith("-") ? [...current].reverse() : current;
      const start = listing.start ?? 0;
      const chosen = ordered.slice(start, start + (listing.limit ?? ordered.length));
      const expected = chosen.flatMap((run) => modelRows(run, question));
      if (way.form === "default") expect(await collection.histories(question)).toEqual(expected);
      else if (way.form === "table") {
        expectTable(await collection.histories({ ...question, format: "table" }), expected);
      } else {
        const ids: string[] = [];
        for await (const { run, table } of collection.historyStream(question)) {
          const model = chosen[ids.push(run.id) - 1];
          expectTable(table, model === undefined ? [] : modelRows(model, question));
        }
        expect(ids).toEqual(chosen.map(({ id }) => id));
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);

/** The same rows, however they are read. */
function expectTable(table: HistoryTable, expected: readonly HistoryRow[]): void {
  expect(table.numRows).toBe(expected.length);
  expect(table.toRows()).toEqual(expected);
  expect([...table]).toEqual(expected);
  expect(table.columnNames).toEqual(expect.arrayContaining(expected.flatMap(Object.keys)));
  for (const name of table.columnNames) {
    const cells = expected.map((row) => (Object.hasOwn(row, name) ? row[name] : null));
    const column = table.column(name);
    expect([...column]).toEqual(cells);
    expect(column.nullCount).toBe(cells.filter((cell) => cell === null).length);
  }
}

/** The rows that a question has of a run, row by row, as simply as it can be said. */
function modelRows({ id, history, events = [] }: ModelRun, options: HistoryOptions): HistoryRow[] {
  const { keys, samples = 500, match, stream } = options;
  const usual = stream === "system" ? "_runtime" : "_step";
  const xAxis = options.xAxis ?? (keys ? usual : undefined);
  let rows: ModelRow[];
  if (!keys || stream === "system") {
    rows = sampleOf(stream === "system" ? events : history, samples);
    if (keys && match === "any") rows = unitedRows(rows, [xAxis as string, ...keys], keys);
    else if (keys) rows = sampledRows(rows, [xAxis as string, ...keys], Number.POSITIVE_INFINITY);
  } else if (match === "any") {
    const lists = keys.map((key) => sampledRows(history, ["_step", xAxis as string, key], samples));
    rows = joinedRows(lists.map(asSent), ["_step", xAxis as string, ...keys]);
  } else rows = asSent(sampledRows(history, [xAxis as string, ...keys], samples));
  if (xAxis !== undefined) {
    const at = (row: ModelRow) => row[xAxis] as number | bigint;
    rows = rows.filter((row) => isNumber(own(row, xAxis)));
    rows = rows.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
  }
  return rows.map((row) => ({ run_id: id, ...row }));
}

/** Rows that hold any of the keys, with a null for what they lack. */
function unitedRows(
  rows: readonly ModelRow[],
  names: readonly string[],
  keys: readonly string[],
): ModelRow[] {
  return rows
    .filter((row) => keys.some((key) => Object.hasOwn(row, key)))
    .map((row) => Object.fromEntries(names.map((name) => [name, own(row, name) ?? null])));
}

/** The first rows of a step in each list make one, the second ones another; the first value there is counts. */
function joinedRows(lists: readonly (readonly ModelRow[])[], names: readonly string[]): ModelRow[] {
  const joined: { step: RunValue; nth: number; parts: ModelRow[] }[] = [];
  for (const list of lists) {
    for (const [index, row] of list.entries()) {
      const step = row._step as RunValue;
      if (!isNumber(step)) continue;
      const nth = list.slice(0, index).filter(({ _step }) => _step === step).length;
      const known = joined.find((one) => one.step === step && one.nth === nth);
      if (known) known.parts.push(row);
      else joined.push({ step, nth, parts: [row] });
    }
  }
  const firstOf = (parts: readonly ModelRow[], name: string) =>
    parts.map((part) => own(part, name) ?? null).find((value) => value !== null) ?? null;
  return joined.map(({ parts }) => Object.fromEntries(names.map((name) => [name, firstOf(parts, name)])));
}

/** Strict JSON has no NaN: it comes as text, and is a number again where a metric holds no other text. */
function asSent(rows: readonly ModelRow[]): ModelRow[] {
  const words = ["NaN", "Infinity", "-Infinity"];
  const texts = rows.map((row) => mapped(row, (value) => (isLost(value) ? String(value) : value)));
  const isNumeric = (name: string) =>
    texts.every((row) => typeof own(row, name) !== "string" || words.includes(own(row, name) as string));
  return texts.map((row) =>
    mapped(row, (value, name) => (typeof value === "string" && isNumeric(name) ? Number(value) : value)),
  );
}

const isLost = (value: RunValue) => typeof value === "number" && !Number.isFinite(value);
const isNumber = (value: unknown) =>
  typeof value === "bigint" || (typeof value === "number" && !Number.isNaN(value));
const own = (row: ModelRow, name: string) => (Object.hasOwn(row, name) ? row[name] : undefined);
const mapped = (row: ModelRow, to: (value: RunValue, name: string) => RunValue): ModelRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, to(value, name)]));
