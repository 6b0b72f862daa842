import { orderedMap } from "../async/ordered-map.ts";
import { FULL_HISTORY, SAMPLED_HISTORY, SYSTEM_EVENTS } from "../graphql/documents.ts";
import { askRuns, type ProjectRef } from "../graphql/project.ts";
import type { Run } from "../runs/run.ts";
import { CONNECTIONS } from "../transport/http-client.ts";
import type { HistoryQuestion } from "./options.ts";
import { type HistoryRow, readRows, type WireHistory } from "./rows.ts";

/** A run's history; `rows` is absent when the run was gone. */
export interface RunHistory {
  readonly run: Run;
  readonly rows: HistoryRow[] | undefined;
}

/** Runs whose histories are asked for in one request. */
const BATCH = 50;

/**
 * Fetches the sampled histories of runs, a batch of runs a request and several requests at a time, and yields them
 * in the runs' order. Runs are asked for by id, so that one which stopped matching a filter meanwhile isn't lost.
 */
export async function* sampleHistories(
  ref: ProjectRef,
  runs: AsyncIterable<Run>,
  question: HistoryQuestion,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunHistory, void, undefined> {
  const { query, variables } = documentFor(question);
  const fetch = async (batch: readonly Run[], inner: AbortSignal): Promise<RunHistory[]> => {
    const { nodes } = await askRuns<WireHistory>(
      ref,
      batch.map(({ id }) => id),
      { query, variables, operation: "reading histories", signal: inner },
    );
    return batch.map((run) => {
      const wire = nodes.get(run.id);
      return { run, rows: wire && readRows(run, wire, question) };
    });
  };
  for await (const batch of orderedMap(batches(runs), { inFlight: CONNECTIONS, signal }, fetch)) yield* batch;
}

/** The request that answers the question: the server has one for chosen keys, one for all, one for the machine's. */
function documentFor({ stream, samples, keys, xAxis }: HistoryQuestion): {
  query: string;
  variables: Record<string, unknown>;
} {
  if (stream === "system") return { query: SYSTEM_EVENTS, variables: { samples } };
  if (keys === undefined) return { query: FULL_HISTORY, variables: { samples } };
  const spec = { keys: [...new Set(xAxis === undefined ? keys : [xAxis, ...keys])], samples };
  return { query: SAMPLED_HISTORY, variables: { specs: [JSON.stringify(spec)] } };
}

async function* batches(runs: AsyncIterable<Run>): AsyncGenerator<Run[], void, undefined> {
  let batch: Run[] = [];
  for await (const run of runs) {
    batch.push(run);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
