import { LazyrunsError } from "../errors.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { WorkOptions } from "../progress.ts";
import { beginWork } from "../work.ts";
import type { Collector, HistoryForm } from "./form.ts";
import { Failures, withPartial } from "./incomplete.ts";
import type { HistoryQuestion } from "./options.ts";
import { namedIn } from "./question.ts";
import { type SampledRuns, sampleHistories } from "./sampler.ts";
import type { RunChunk } from "./table/history-table.ts";
import { refuseTaken } from "./table/refuse-taken.ts";
import type { RunFields } from "./table/run-fields.ts";

/** The runs whose histories are read, and who is told of what is left out. */
export interface HistorySource extends SampledRuns {
  readonly warnGone: (run: string) => void;
  /** The run's columns, of the fields that came along; absent where none are wanted. */
  readonly fieldsOf: ((wire: WireRun) => RunFields) | undefined;
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
export async function readHistories<T>(
  source: HistorySource,
  question: HistoryQuestion,
  form: HistoryForm<T>,
  options: WorkOptions,
): Promise<T> {
  await form.prepare();
  const collector = form.collect(namedIn(question), false);
  try {
    for await (const history of streamHistories(source, question, options)) collector.add(history);
  } catch (error) {
    if (!(error instanceof LazyrunsError)) throw error;
    throw withPartial(error, await partialOf(collector));
  }
  return collector.result();
}

/** What arrived, in the form that was asked for; where that can't be made of it, the table. */
async function partialOf<T>(collector: Collector<T>): Promise<unknown> {
  try {
    return await collector.result();
  } catch (error) {
    return error instanceof LazyrunsError ? error.partial : undefined;
  }
}

/** Each run's history as it arrives, in the runs' order. */
export async function* streamHistories(
  source: HistorySource,
  question: HistoryQuestion,
  options: WorkOptions,
): AsyncGenerator<ArrivedHistory, void, undefined> {
  options.signal?.throwIfAborted();
  const { entity, project } = source.ref;
  const failures = new Failures(source.ref);
  const work = beginWork({ operation: "histories", entity, project }, options);
  const { signal } = work;
  let done = 0;
  try {
    for await (const { id, wire, chunk, error, total } of sampleHistories(source, question, signal)) {
      signal.throwIfAborted(); // what has arrived in the meantime isn't wanted any more
      const run = { id, entity, project };
      const fields = chunk && wire && source.fieldsOf?.(wire);
      if (chunk !== undefined) refuseTaken(run, chunk, fields);
      else if (error === undefined) source.warnGone(id);
      else failures.add(id, error);
      done++;
      work.progress({ done, total: Math.max(done, total ?? 0), unit: "runs" });
      if (chunk !== undefined) yield { run, chunk, fields, wire };
    }
    failures.throwIfAny(done);
  } catch (error) {
    work.end(error);
    throw error;
  } finally {
    work.end();
  }
}
