import { stringify } from "@lazyruns/json";
import type { RunValue } from "../values.ts";
import type { FaultRequest } from "./fault-server.ts";
import { type ModelRow, modelAnswer, sampledRows, sampleOf } from "./model-project.ts";

/** A run whose whole history is read. */
export interface ScanModelRun {
  readonly id: string;
  readonly history: readonly ModelRow[];
  readonly events?: readonly ModelRow[];
  /** Rows that are in files on the server, and where; the others are live. */
  readonly exported?: readonly ModelRow[];
  readonly urls?: readonly string[];
  /** Fields of the run that are other than the rows say: `historyLineCount`, `historyKeys`, ... */
  readonly fields?: Readonly<Record<string, RunValue>>;
}

/** What such a server does in a way of its own. */
export interface ScanHabits {
  /** The most rows it gives of a run, whatever is asked for. */
  readonly mostRows?: number;
  /** The most steps that it bears in a request: it breaks off at more, with HTTP 413. */
  readonly mostSteps?: number;
  /** Whether exported rows come in pages, too. Default false. */
  readonly repeats?: boolean;
  /** Whether it knows of exports at all. Default true. */
  readonly knowsExports?: boolean;
}

/** Answers what is asked about runs that are read whole, as W&B's server does. */
export function scanAnswer(
  { query, variables }: Pick<FaultRequest, "query" | "variables">,
  runs: readonly ScanModelRun[],
  habits: ScanHabits = {},
): string {
  if (habits.knowsExports === false && query.includes("parquetHistory")) {
    const message = 'Cannot query field "parquetHistory" on type "Run".';
    return stringify({ errors: [{ message }] });
  }
  const { name } = variables as { name?: string };
  if (name === undefined) {
    const models = runs.map((run) => ({
      id: run.id,
      history: capped(run.history, habits),
      events: run.events ?? [],
      fields: fieldsOf(run),
    }));
    return modelAnswer({ query, variables }, models);
  }
  const run = runs.find(({ id }) => id === name);
  const answered = run === undefined ? null : runAnswer(run, { query, variables }, habits);
  return stringify({ data: { project: { run: answered } } }, { nonFinite: "string" });
}

function runAnswer(
  run: ScanModelRun,
  { query, variables }: Pick<FaultRequest, "query" | "variables">,
  habits: ScanHabits,
): Record<string, RunValue> {
  const { minStep, maxStep, samples, specs } = variables as {
    minStep?: number | null;
    maxStep?: number | null;
    samples?: number;
    specs?: readonly string[];
  };
  const most = habits.mostRows ?? Number.POSITIVE_INFINITY;
  const take = (rows: readonly ModelRow[], samples = 500) => sampleOf(rows, Math.min(samples, most));
  const live = habits.repeats ? run.history : liveRows(run);
  const paged = (from: number | null | undefined, to: number | null | undefined) =>
    typeof from !== "number" && typeof to !== "number"
      ? run.history
      : live.filter(({ _step: step }) => isIn(step, from ?? 0, to ?? Number.POSITIVE_INFINITY));
  return {
    name: run.id,
    ...fieldsOf(run),
    ...(query.includes("parquetHistory") && {
      parquetHistory: run.fields?.parquetHistory ?? exportsOf(run),
    }),
    ...(query.includes(" history(") && {
      history: take(paged(minStep, maxStep), samples).map((row) => stringify(row)),
    }),
    ...(query.includes(" events(") && {
      events: take(run.events ?? [], samples).map((row) => stringify(row)),
    }),
    ...(specs && {
      sampledHistory: specs.map((text) => {
        const spec = JSON.parse(text) as {
          keys: string[];
          samples: number;
          minStep?: number;
          maxStep?: number;
        };
        const to = spec.maxStep === undefined ? undefined : spec.maxStep + Number.MIN_VALUE;
        const rows = paged(spec.minStep, to === undefined ? undefined : nextUp(to));
        return sampledRows(rows, [...new Set(spec.keys)], Math.min(spec.samples, most));
      }) as RunValue,
    }),
  };
}

/** The least number above one that is whole and safe, or the number itself beyond that. */
function nextUp(value: number): number {
  return value + Math.max(Number.EPSILON, Math.abs(value) * Number.EPSILON);
}

const known = new WeakMap<ScanModelRun, Record<string, RunValue>>();

function fieldsOf(run: ScanModelRun): Record<string, RunValue> {
  const fields = known.get(run) ?? makeFields(run);
  known.set(run, fields);
  return fields;
}

function makeFields(run: ScanModelRun): Record<string, RunValue> {
  const steps = run.history.map(({ _step }) => Number(_step)).filter((step) => !Number.isNaN(step));
  const keys = new Map<string, number>();
  for (const row of run.history) for (const key of Object.keys(row)) keys.set(key, (keys.get(key) ?? 0) + 1);
  return {
    historyLineCount: run.history.length,
    eventsLineCount: run.events?.length ?? 0,
    historyKeys:
      run.history.length === 0
        ? null
        : {
            lastStep: steps.reduce((last, step) => Math.max(last, step), -1),
            keys: Object.fromEntries(
              [...keys].map(([key, count]) => [key, { typeCounts: [{ type: "number", count }] }]),
            ),
          },
    ...run.fields,
  };
}

/** Where the run's rows are now: they may move while they are read. */
function exportsOf(run: ScanModelRun): RunValue {
  const liveSteps = liveRows(run).flatMap(({ _step }) => (_step === undefined ? [] : [{ _step }]));
  return { parquetUrls: [...(run.urls ?? [])], liveData: liveSteps.slice(0, 1) };
}

function liveRows({ history, exported = [] }: ScanModelRun): readonly ModelRow[] {
  const inFiles = new Set(exported);
  return history.filter((row) => !inFiles.has(row));
}

function isIn(step: RunValue | undefined, from: number, to: number): boolean {
  return (typeof step === "number" || typeof step === "bigint") && step >= from && step < to;
}

function capped(rows: readonly ModelRow[], { mostRows }: ScanHabits): readonly ModelRow[] {
  return mostRows === undefined ? rows : sampleOf(rows, mostRows);
}
