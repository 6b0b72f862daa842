import type { HistoryTable } from "@lazyruns/core";
import { byInterest, isMetric, type Rows } from "@lazyruns/curves";
import { numbersOf } from "./numbers.ts";

/** Rows that follow one another and are of one run. */
export interface Segment extends Rows {
  readonly id: string;
}

/** What curves are drawn of: a table of histories, or a data frame. */
export interface CurveSource {
  readonly numRows: number;
  /** Without `run_id`. */
  readonly columnNames: readonly string[];
  readonly segments: readonly Segment[];
  /** A column as doubles, NaN where there is no number; undefined for one that holds none. */
  numbers(name: string): Float64Array | undefined;
  /** Whether a column is of moments, which are milliseconds since 1970. */
  isTime(name: string): boolean;
  /** A row's value. */
  cell(name: string, row: number): unknown;
}

/** The source that a table of histories is. */
export function tableSource(table: HistoryTable): CurveSource {
  const segments: Segment[] = [];
  let start = 0;
  for (const { runId, numRows } of table.runLengths()) {
    if (numRows > 0) segments.push({ id: runId, start, end: start + numRows });
    start += numRows;
  }
  return {
    numRows: table.numRows,
    columnNames: table.columnNames.filter((name) => name !== "run_id"),
    segments,
    numbers: remembered((name) => numbersOf(table.column(name))),
    isTime: (name) => table.column(name).dtype === "datetime",
    cell: (name, row) => table.column(name).get(row),
  };
}

/** The rows of some runs, without a copy. */
export function ofRuns(source: CurveSource, ids: { has(id: string): boolean }): CurveSource {
  const segments = source.segments.filter(({ id }) => ids.has(id));
  return { ...source, segments, numRows: segments.reduce((sum, { start, end }) => sum + end - start, 0) };
}

/** Made once for each name. */
function remembered<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (!known.has(name)) known.set(name, make(name));
    return known.get(name) as T;
  };
}

/** The columns along which histories go, the usual one first. */
const X = ["_step", "_runtime", "_timestamp"];

/** The column along which curves go when nobody says; undefined where there is none. */
export function usualX({ columnNames }: CurveSource): string | undefined {
  return X.find((name) => columnNames.includes(name));
}

/**
 * The metrics that can be drawn: first those that change in most of the runs that have them; of these those with the most
 * values. What changes in no run, as a column of its config, is among them only where nothing else is.
 */
export function metricsOf(source: CurveSource, x: string | undefined): string[] {
  const names = source.columnNames.filter((name) => name !== x && isMetric(name) && !source.isTime(name));
  return byInterest(
    names.map((name) => ({ name, values: source.numbers(name) })),
    source.segments,
  );
}
