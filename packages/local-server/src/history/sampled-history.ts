import { type Json, type JsonObject, parse, stringify } from "@lazyruns/json";
import { isObject } from "../is-object.ts";
import { QueryError } from "../query/query-error.ts";
import { rawAt, sortedKeys, strictJson } from "./row.ts";
import { rowMembers } from "./row-members.ts";
import { sampleRows } from "./sample.ts";

/** What `sampledHistory(specs:)` is asked for. */
export interface HistorySpec {
  readonly keys: readonly string[];
  /** Default 500. */
  readonly samples: number;
  readonly minStep: number;
  /** The last step that is taken. */
  readonly maxStep: number;
}

/** @throws QueryError when the text is no spec */
export function parseSpec(text: string): HistorySpec {
  let spec: Json = null;
  try {
    spec = parse(text);
  } catch {
    // told below
  }
  if (!isObject(spec)) {
    throw new QueryError(`A history spec must be a JSON object, not ${text.slice(0, 80)}`);
  }
  const { keys } = spec;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((key) => typeof key === "string")) {
    throw new QueryError("A history spec's keys must be a list of metric names");
  }
  const samples = whole(spec, "samples") ?? 500;
  if (samples < 1) throw new QueryError(`A history spec's samples must be at least 1, not ${samples}`);
  return {
    keys: [...new Set(keys as string[])],
    samples,
    minStep: whole(spec, "minStep") ?? Number.NEGATIVE_INFINITY,
    maxStep: whole(spec, "maxStep") ?? Number.POSITIVE_INFINITY,
  };
}

function whole(spec: JsonObject, name: string): number | undefined {
  const value = spec[name] ?? undefined;
  if (value === undefined || (typeof value === "number" && Number.isInteger(value))) return value;
  throw new QueryError(
    `A history spec's ${name} must be a whole number, not ${stringify(value).slice(0, 80)}`,
  );
}

/** Whether a spec asks for the rows of a range of steps. */
export function hasSteps({ minStep, maxStep }: HistorySpec): boolean {
  return minStep !== Number.NEGATIVE_INFINITY || maxStep !== Number.POSITIVE_INFINITY;
}

/** Whether a row holds all keys of a spec. */
export function holdsKeys(row: ReadonlyMap<string, string>, { keys }: HistorySpec): boolean {
  return keys.every((key) => rawAt(row, key) !== undefined);
}

/**
 * What a spec asks for of the lines in its range, as the text of a JSON list: rows that hold all of the keys, with only
 * these, in the spec's order; sampled after that. A null counts as held: it was logged. Values are as they were logged,
 * to the letter, but strict JSON (NaN and the infinities are the text of their names) and with nested keys in order.
 */
export function sampledHistory(lines: readonly string[], { keys, samples }: HistorySpec): string {
  const heads = keys.map((key) => `${JSON.stringify(key)}:`);
  const rows: string[][] = [];
  for (const line of lines) {
    const row = rowMembers(line);
    const values: string[] = [];
    for (const key of keys) {
      const raw = rawAt(row, key);
      if (raw === undefined) break;
      values.push(raw);
    }
    if (values.length === keys.length) rows.push(values);
  }
  const texts = sampleRows(rows, samples).map(
    (values) => `{${values.map((raw, index) => heads[index] + strictJson(sortedKeys(raw))).join(",")}}`,
  );
  return `[${texts.join(",")}]`;
}
