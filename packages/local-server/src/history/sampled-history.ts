import { type Json, parse } from "@lazyruns/json";
import { QueryError } from "../query/query-error.ts";
import { rawAt, rowMembers, stepOf, strictJson } from "./row.ts";
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
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new QueryError(`A history spec must be a JSON object, not ${text.slice(0, 80)}`);
  }
  const { keys, samples = 500, minStep, maxStep } = spec;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((key) => typeof key === "string")) {
    throw new QueryError("A history spec's keys must be a list of metric names");
  }
  if (typeof samples !== "number" || !Number.isInteger(samples) || samples < 1) {
    throw new QueryError("A history spec's samples must be a whole number of at least 1");
  }
  return {
    keys: [...new Set(keys as string[])],
    samples,
    minStep: typeof minStep === "number" ? minStep : Number.NEGATIVE_INFINITY,
    maxStep: typeof maxStep === "number" ? maxStep : Number.POSITIVE_INFINITY,
  };
}

/**
 * The rows that a spec asks for, as the text of a JSON list: rows that hold all of the keys (a null counts as held),
 * with only these, in the spec's order; sampled after that. Values are as they were logged, but strict JSON.
 */
export function sampledHistory(lines: readonly string[], spec: HistorySpec): string {
  const { keys, samples, minStep, maxStep } = spec;
  const bounded = minStep !== Number.NEGATIVE_INFINITY || maxStep !== Number.POSITIVE_INFINITY;
  const heads = keys.map((key) => `${JSON.stringify(key)}:`);
  const rows: string[][] = [];
  for (const line of lines) {
    const row = rowMembers(line);
    if (bounded) {
      const step = stepOf(row);
      if (step === undefined || step < minStep || step > maxStep) continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const raw = rawAt(row, key);
      if (raw === undefined) break;
      values.push(raw);
    }
    if (values.length === keys.length) rows.push(values);
  }
  const texts = sampleRows(rows, samples).map(
    (values) => `{${values.map((raw, index) => heads[index] + strictJson(raw)).join(",")}}`,
  );
  return `[${texts.join(",")}]`;
}
