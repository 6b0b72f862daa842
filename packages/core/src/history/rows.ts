import { type Json, parse } from "@lazyruns/json";
import { InvalidArgumentError, ProtocolError } from "../errors.ts";
import type { Run, RunValue } from "../runs/run.ts";
import type { HistoryQuestion } from "./options.ts";

/** One logged row of a run. A metric that the row doesn't hold is absent. */
export interface HistoryRow {
  /** The run's id. */
  readonly run_id: string;
  readonly [metric: string]: RunValue;
}

type Row = { [metric: string]: Json };

/** A run's part of an answer: rows as JSON values (`sampledHistory`), or as one JSON text each. */
export interface WireHistory {
  readonly sampledHistory?: Json;
  readonly history?: readonly string[] | null;
  readonly events?: readonly string[] | null;
}

/**
 * Makes a run's rows from its part of an answer.
 *
 * @throws ProtocolError when they aren't rows, InvalidArgumentError for a metric that is itself called `run_id`.
 */
export function readRows(run: Run, wire: WireHistory, question: HistoryQuestion): HistoryRow[] {
  const { stream, keys } = question;
  const rows =
    stream === "system"
      ? textRows(run, wire.events)
      : keys === undefined
        ? textRows(run, wire.history)
        : sampledRows(run, wire.sampledHistory);
  return chooseRows(rows, question).map((row) => withRunId(run, row));
}

/** One list of rows a spec, and one spec was asked for. */
function sampledRows(run: Run, lists: Json | undefined): Row[] {
  const rows = Array.isArray(lists) ? (lists[0] ?? []) : lists === null ? [] : undefined;
  if (!Array.isArray(rows) || !rows.every(isRow)) throw notRows(run);
  return restoreNonFinite(rows);
}

function textRows(run: Run, texts: readonly string[] | null | undefined): Row[] {
  if (texts === undefined) throw notRows(run);
  return (texts ?? []).map((text) => {
    let row: Json | undefined;
    let cause: unknown;
    try {
      row = parse(text);
    } catch (error) {
      cause = error;
    }
    if (isRow(row)) return row;
    throw notRows(run, cause);
  });
}

/** What the server leaves to do: it takes no keys for machine metrics, and no x axis without keys. */
function chooseRows(rows: Row[], { stream, keys, xAxis }: HistoryQuestion): Row[] {
  if (keys !== undefined) {
    if (stream === "default") return rows;
    const wanted = xAxis === undefined ? keys : [...new Set([xAxis, ...keys])];
    return rows
      .filter((row) => wanted.every((key) => Object.hasOwn(row, key)))
      .map((row) => Object.fromEntries(wanted.map((key) => [key, row[key] as Json])));
  }
  if (xAxis === undefined) return rows;
  return rows
    .filter((row) => isNumber(row[xAxis]))
    .sort((a, b) => compare(a[xAxis] as number, b[xAxis] as number));
}

const NON_FINITE = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * `sampledHistory` is strict JSON, so the server writes NaN and the infinities as text. They become numbers again
 * where all of a metric's texts are such words; where it also holds other text, they may be text themselves.
 */
function restoreNonFinite(rows: Row[]): Row[] {
  const numeric = new Map<string, boolean>();
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      if (typeof value === "string") numeric.set(key, (numeric.get(key) ?? true) && NON_FINITE.has(value));
    }
  }
  for (const [key, isNumeric] of numeric) {
    if (!isNumeric) continue;
    for (const row of rows) {
      const value = row[key];
      if (typeof value === "string") row[key] = NON_FINITE.get(value) ?? value;
    }
  }
  return rows;
}

function withRunId(run: Run, row: Row): HistoryRow {
  if (Object.hasOwn(row, "run_id")) {
    throw new InvalidArgumentError(
      `Run ${run.id} of ${run.entity}/${run.project} logged a metric called "run_id", which is the record's own field ` +
        "for the run's id. Name the metrics you want by { keys: [...] }.",
      { operation: "reading histories", entity: run.entity, project: run.project, run: run.id },
    );
  }
  // Not by a spread: a metric may be called __proto__.
  return Object.defineProperty(row, "run_id", {
    value: run.id,
    enumerable: true,
    writable: true,
  }) as unknown as HistoryRow;
}

function notRows({ id, entity, project }: Run, cause?: unknown): ProtocolError {
  return new ProtocolError(
    `The history of run ${id} of ${entity}/${project} came in a form that is not rows.`,
    {
      operation: "reading histories",
      entity,
      project,
      run: id,
      cause,
    },
  );
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number | bigint {
  return (typeof value === "number" && !Number.isNaN(value)) || typeof value === "bigint";
}

function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
