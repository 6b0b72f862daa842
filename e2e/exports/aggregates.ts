import type { AnyColumn, HistoryTable } from "@lazyruns/core";
import { expect } from "vitest";

/**
 * What is asked of a run's part of a column. Whole numbers are written out, so that none loses digits; `sum`, `least`,
 * `most` and `mean` are of the finite numbers, and of text `sum` is how many characters (code points) there are.
 */
export interface Aggregate {
  /** How many rows have a value; NaN is one. */
  readonly values: number;
  readonly nan?: number;
  readonly positiveInfinity?: number;
  readonly negativeInfinity?: number;
  readonly sum?: string | number | null;
  readonly least?: string | number | null;
  readonly most?: string | number | null;
  readonly mean?: number | null;
}

/** How an engine takes a column. Of the last it is asked only how many values there are. */
export type Kind = "int" | "float" | "text" | "bool" | "other";

/** A table of a dataset as an engine sees it. */
export interface Aggregates {
  readonly kinds: { readonly [column: string]: Kind };
  readonly runs: { readonly [run: string]: RunAggregates };
}

export interface RunAggregates {
  readonly rows: number;
  readonly columns: { readonly [column: string]: Aggregate };
}

const KINDS = {
  int64: "int",
  float64: "float",
  bool: "bool",
  utf8: "text",
  json: "text",
  datetime: "other",
  null: "float", // a column in which no run has a value
} as const;

/** What engines are asked of a column of each kind, in this order. */
export const ASKED = {
  int: ["values", "sum", "least", "most", "mean"],
  float: ["values", "nan", "positiveInfinity", "negativeInfinity", "sum", "least", "most", "mean"],
  text: ["values", "sum", "least", "most"],
  bool: ["values", "sum"],
  other: ["values"],
} as const satisfies { readonly [K in Kind]: readonly (keyof Aggregate)[] };

/** An engine's answer: of each run its id, how many rows it has, and what was asked of each column but `run_id`. */
export interface Answer {
  readonly kinds: readonly (readonly [column: string, kind: Kind])[];
  readonly runs: readonly (readonly [id: string, rows: number, ...values: readonly unknown[]])[];
}

export function aggregatesIn({ kinds, runs }: Answer): Aggregates {
  return {
    kinds: Object.fromEntries(kinds),
    runs: Object.fromEntries(
      runs.map(([id, rows, ...values]) => [id, { rows, columns: columnsIn(kinds, values) }]),
    ),
  };
}

function columnsIn(kinds: Answer["kinds"], values: readonly unknown[]): RunAggregates["columns"] {
  let at = 0;
  return Object.fromEntries(
    kinds.map(([name, kind]) => [
      name,
      Object.fromEntries(
        ASKED[kind].map((word) => [word, positiveZero(values[at++])]),
      ) as unknown as Aggregate,
    ]),
  );
}

/** Engines differ in which of the two zeros is the lesser. */
function positiveZero<T>(value: T): T | 0 {
  return value === 0 ? 0 : value;
}

/** The same of a table of core's. @param renamed - columns that have another name in the dataset */
export function aggregatesOf(
  table: HistoryTable,
  renamed: ReadonlyMap<string, string> = new Map(),
): Aggregates {
  const names = table.columnNames.filter((name) => name !== "run_id");
  const columns = names.map((name) => [renamed.get(name) ?? name, table.column(name)] as const);
  const rowsOf = new Map<string, number[]>();
  for (const [row, id] of [...table.column("run_id")].entries()) {
    const rows = rowsOf.get(id as string);
    if (rows === undefined) rowsOf.set(id as string, [row]);
    else rows.push(row);
  }
  return {
    kinds: Object.fromEntries(columns.map(([name, { dtype }]) => [name, KINDS[dtype]])),
    runs: Object.fromEntries(
      [...rowsOf].map(([id, rows]) => [
        id,
        {
          rows: rows.length,
          columns: Object.fromEntries(columns.map(([name, column]) => [name, aggregateOf(column, rows)])),
        },
      ]),
    ),
  };
}

function aggregateOf(column: AnyColumn, rows: readonly number[]): Aggregate {
  const { validity } = column;
  const valid = rows.filter((row) => validity === null || ((validity[row >>> 3] as number) >> (row & 7)) & 1);
  const values = valid.length;
  switch (column.dtype) {
    case "int64": {
      const numbers = valid.map((row) => column.values[row] as bigint);
      const sum = numbers.reduce((total, number) => total + number, 0n);
      const text = (number: bigint | null) => (number === null ? null : String(number));
      const mean = values === 0 ? null : Number(sum) / values;
      return { values, sum: values === 0 ? null : String(sum), ...ends(numbers, text), mean };
    }
    case "null":
    case "float64": {
      const numbers = valid.map((row) => column.values[row] as number);
      const finite = numbers.filter(Number.isFinite);
      const sum = finite.length === 0 ? null : finite.reduce((total, number) => total + number, 0);
      const count = (searched: number) => numbers.filter((number) => Object.is(number, searched)).length;
      return {
        values,
        nan: count(Number.NaN),
        positiveInfinity: count(Number.POSITIVE_INFINITY),
        negativeInfinity: count(Number.NEGATIVE_INFINITY),
        sum,
        ...ends(finite, positiveZero),
        mean: sum === null ? null : sum / finite.length,
      };
    }
    case "bool":
      return { values, sum: valid.filter((row) => column.values[row] === 1).length };
    case "utf8":
    case "json": {
      const texts = valid.map((row) => column.values[row] as string);
      const characters = texts.reduce((total, text) => total + [...text].length, 0);
      return { values, sum: values === 0 ? null : characters, ...ends(texts, (text) => text, byBytes) };
    }
    default:
      return { values };
  }
}

function ends<T, R>(
  values: readonly T[],
  show: (value: T | null) => R,
  compare = (a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0),
): { least: R; most: R } {
  const pick = (side: number) =>
    values.reduce<T | null>(
      (best, value) => (best === null || compare(value, best) * side > 0 ? value : best),
      null,
    );
  return { least: show(pick(-1)), most: show(pick(1)) };
}

/** The order of text in engines: by the bytes of UTF-8. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Sums and means depend on the order in which doubles are added. */
const CLOSE = 1e-9;

/** An engine sees the same columns and runs, and finds the same of each. Shows the first few that differ. */
export function expectSame(found: Aggregates, expected: Aggregates): void {
  expect(found.kinds).toEqual(expected.kinds);
  expect(Object.keys(found.runs).sort()).toEqual(Object.keys(expected.runs).sort());
  for (const [id, run] of Object.entries(expected.runs)) expectSameRun(found.runs[id], run, id);
}

export function expectSameRun(found: RunAggregates | undefined, expected: RunAggregates, id: string): void {
  expect(found?.rows, `the rows of ${id}`).toBe(expected.rows);
  for (const [name, aggregate] of Object.entries(expected.columns)) {
    const { sum, mean, ...rest } = aggregate;
    const { sum: foundSum, mean: foundMean, ...foundRest } = found?.columns[name] ?? { values: -1 };
    const where = `${name} of ${id}`;
    expect(foundRest, where).toEqual(rest);
    expectClose(foundSum, sum, `the sum of ${where}`);
    expectClose(foundMean, mean, `the mean of ${where}`);
  }
}

function expectClose(found: unknown, expected: unknown, what: string): void {
  if (typeof expected !== "number" || typeof found !== "number") expect(found, what).toEqual(expected);
  else expect(Math.abs(found - expected), what).toBeLessThanOrEqual(CLOSE * Math.max(1, Math.abs(expected)));
}
