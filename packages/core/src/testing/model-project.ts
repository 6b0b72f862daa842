import { stringify } from "@lazyruns/json";
import type { RunValue } from "../values.ts";
import type { FaultRequest } from "./fault-server.ts";

/** A row as it was logged. */
export type ModelRow = Readonly<Record<string, RunValue>>;

/** A run of a model project. */
export interface ModelRun {
  readonly id: string;
  readonly history: readonly ModelRow[];
  readonly events?: readonly ModelRow[];
  /** Other fields of the run, as the wire has them: `config` and `summaryMetrics` are JSON text. */
  readonly fields?: Readonly<Record<string, RunValue>>;
}

/** What a model server does otherwise than it should. */
export interface ModelOptions {
  /** The most runs it gives in one page, whatever it is asked for. */
  readonly mostRuns?: number;
  /** Whether answers say if more runs follow. Default true. */
  readonly pageInfo?: boolean;
}

/** The rows a server gives of a longer history: evenly spread, with the first and the last. */
export function sampleOf<T>(rows: readonly T[], samples: number): T[] {
  if (rows.length <= samples) return [...rows];
  if (samples === 1) return rows.slice(0, 1);
  const step = (rows.length - 1) / (samples - 1);
  return Array.from({ length: samples }, (_, index) => rows[Math.round(index * step)] as T);
}

/** The sampled rows that hold all keys, with these keys alone. */
export function sampledRows(rows: readonly ModelRow[], keys: readonly string[], samples: number): ModelRow[] {
  const complete = rows.filter((row) => keys.every((key) => Object.hasOwn(row, key)));
  return sampleOf(complete, samples).map((row) =>
    Object.fromEntries(keys.map((key) => [key, row[key] ?? null])),
  );
}

/**
 * Answers listings by offset, in the order of the runs or the other way round, and histories of chosen runs, as W&B's server does. The text is made here, since rows
 * may hold what JSON.stringify has no form for.
 */
export function modelAnswer(
  { query, variables }: Pick<FaultRequest, "query" | "variables">,
  runs: readonly ModelRun[],
  { mostRuns = 1000, pageInfo = true }: ModelOptions = {},
): string {
  const {
    first,
    after,
    filters,
    order,
    samples = 500,
    specs,
  } = variables as {
    first: number;
    after?: string | null;
    filters?: string;
    order?: string | null;
    samples?: number;
    specs?: readonly string[];
  };
  const historyOf = ({ history, events = [] }: ModelRun) => ({
    ...(query.includes(" history(") && { history: sampleOf(history, samples).map((row) => stringify(row)) }),
    ...(query.includes(" events(") && { events: sampleOf(events, samples).map((row) => stringify(row)) }),
    ...(specs && {
      sampledHistory: specs.map((spec) => {
        const { keys, samples } = JSON.parse(spec) as { keys: string[]; samples: number };
        return sampledRows(history, keys, samples);
      }),
    }),
  });
  const light = ({ id, fields }: ModelRun) => ({
    name: id,
    displayName: `run ${id}`,
    state: "finished",
    ...fields,
  });
  const chosen = (JSON.parse(filters ?? "{}") as { name?: { $in: string[] } }).name?.$in;
  const ordered = order?.startsWith("-") ? [...runs].reverse() : runs;
  const matching = chosen === undefined ? ordered : ordered.filter(({ id }) => chosen.includes(id));
  const start = after ? Number(after) + 1 : 0;
  const page = matching.slice(start, start + Math.min(first, mostRuns));
  const edges = page.map((run, index) => ({
    cursor: String(start + index),
    node: { ...light(run), ...(chosen && historyOf(run)) },
  }));
  const project = {
    runCount: matching.length,
    runs: {
      edges,
      ...(pageInfo && { pageInfo: { endCursor: null, hasNextPage: start + page.length < matching.length } }),
    },
    ...(query.includes("firstRun:") && {
      firstRun: {
        edges: matching
          .slice(start, start + 1)
          .map((run) => ({ node: { ...light(run), ...historyOf(run) } })),
      },
    }),
  };
  return stringify({ data: { project } }, { nonFinite: "string" });
}
