import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { WorkOptions } from "../progress.ts";
import type { HistoryFormat, HistoryFormats } from "./formats.ts";
import { Failures, withPartial } from "./incomplete.ts";
import type { HistoriesOptions, HistoryQuestion } from "./options.ts";
import type { HistoryRow } from "./rows.ts";
import { type SampledRuns, sampleHistories } from "./sampler.ts";
import { makeTable, type RunChunk } from "./table/history-table.ts";
import { refuseRunIdMetric } from "./table/refuse-run-id.ts";
import { rowsOf } from "./table/rows-of.ts";

/** The runs whose histories are read, and who is told of what is left out. */
export interface HistorySource extends SampledRuns {
  readonly warnGone: (run: string) => void;
}

/** Some runs by their ids, of which nothing but the histories is wanted. */
export function ofRuns(
  { service, entity, project }: ProjectRef,
  ids: readonly string[],
  warnGone: HistorySource["warnGone"],
): HistorySource {
  const withRunFields: HistorySource["withRunFields"] = (ask) => ask("");
  return { ref: { service, entity, project }, runs: ids, runFields: "none", withRunFields, warnGone };
}

/** A run's columns, with the fields of the run that came along. */
export interface ArrivedHistory extends RunChunk {
  readonly wire: WireRun | undefined;
}

/**
 * The histories of all runs in one piece.
 *
 * @throws LazyrunsError with what arrived as its `partial`, in the form that was asked for, when not all could be had
 */
export async function readHistories<F extends HistoryFormat>(
  source: HistorySource,
  question: HistoryQuestion,
  { format, ...options }: HistoriesOptions<F>,
): Promise<HistoryFormats[F]> {
  const collector = COLLECTORS[format ?? "default"]() as Collector<HistoryFormats[F]>;
  try {
    for await (const history of streamHistories(source, question, options)) collector.add(history);
  } catch (error) {
    throw withPartial(error, collector.result());
  }
  return collector.result();
}

/** Each run's history as it arrives, in the runs' order. */
export async function* streamHistories(
  source: HistorySource,
  question: HistoryQuestion,
  { signal, onProgress }: WorkOptions,
): AsyncGenerator<ArrivedHistory, void, undefined> {
  signal?.throwIfAborted();
  const { entity, project } = source.ref;
  const failures = new Failures(source.ref);
  let done = 0;
  for await (const { id, wire, chunk, error, total } of sampleHistories(source, question, signal)) {
    signal?.throwIfAborted(); // what has arrived in the meantime isn't wanted any more
    const run = { id, entity, project };
    if (chunk !== undefined) refuseRunIdMetric(run, chunk);
    else if (error === undefined) source.warnGone(id);
    else failures.add(id, error);
    done++;
    onProgress?.({ done, total: Math.max(done, total ?? 0), unit: "runs" });
    if (chunk !== undefined) yield { run, chunk, wire };
  }
  failures.throwIfAny(done);
}

/** Takes histories as they come and makes one thing of them. */
interface Collector<T> {
  add(history: RunChunk): void;
  result(): T;
}

const COLLECTORS: { readonly [F in HistoryFormat]: () => Collector<HistoryFormats[F]> } = {
  // Rows are made at once, so that a run's columns are let go.
  default: () => {
    const rows: HistoryRow[] = [];
    return {
      add: ({ run, chunk }) => rowsOf(run.id, chunk, 0, chunk.numRows, rows),
      result: () => rows,
    };
  },
  table: () => {
    const runs: RunChunk[] = [];
    return { add: (history) => void runs.push(history), result: () => makeTable(runs) };
  },
};
