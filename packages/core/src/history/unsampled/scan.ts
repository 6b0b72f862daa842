import type { RunRef } from "../../graphql/run.ts";
import type { WireRun } from "../../graphql/wire.ts";
import type { WorkOptions } from "../../progress.ts";
import { beginWork } from "../../work.ts";
import type { HistoryForm } from "../form.ts";
import type { RunChunk } from "../table/history-table.ts";
import { refuseTaken } from "../table/refuse-taken.ts";
import type { RunFields } from "../table/run-fields.ts";
import { inBatches } from "./batcher.ts";
import { askExtent } from "./extent.ts";
import { namedInScan, type ScanQuestion } from "./question.ts";
import { scanRun } from "./scan-run.ts";

/** What of a run its rows carry. */
export interface CarriedFields {
  /** Asks with the fields that they are made of, in GraphQL. */
  readonly withRunFields: <T>(ask: (fields: string) => Promise<T>) => Promise<T>;
  /** Absent where none are wanted. */
  readonly fieldsOf: ((wire: WireRun) => RunFields) | undefined;
}

/** Some rows of a run. */
export interface ScannedBatch {
  readonly numRows: number;
  readonly parts: readonly RunChunk[];
  readonly isLast: boolean;
}

/** Every row of one run, in batches. */
export async function* scanBatches(
  ref: RunRef,
  question: ScanQuestion,
  { withRunFields, fieldsOf }: CarriedFields,
  signal: AbortSignal,
): AsyncGenerator<ScannedBatch, void, undefined> {
  const extent = await withRunFields((fields) => askExtent(ref, fields, signal));
  const fields = fieldsOf?.(extent.wire);
  const { entity, project, run: id } = ref;
  const run = { id, entity, project };
  for await (const { chunks, ...batch } of inBatches(
    scanRun(ref, question, extent, signal),
    question.batchRows,
  )) {
    signal.throwIfAborted(); // what has arrived in the meantime isn't wanted any more
    for (const chunk of chunks) refuseTaken(run, chunk, fields);
    const parts = (chunks.length === 0 ? [] : chunks).map((chunk) => ({ run, chunk, fields }));
    yield { ...batch, parts };
  }
}

/** Every row of one run, in batches of the form that was asked for. */
export async function* scanOne<T>(
  ref: RunRef,
  question: ScanQuestion,
  fields: CarriedFields,
  form: HistoryForm<T>,
  options: WorkOptions,
): AsyncGenerator<T, void, undefined> {
  options.signal?.throwIfAborted();
  await form.prepare();
  const { entity, project } = ref;
  const work = beginWork({ operation: "scan", entity, project }, options);
  const named = namedInScan(question);
  let done = 0;
  try {
    for await (const { parts, numRows } of scanBatches(ref, question, fields, work.signal)) {
      if (numRows === 0) continue;
      const collector = form.collect(named, false);
      for (const part of parts) collector.add(part);
      done += numRows;
      work.progress({ done, total: done, unit: "rows" });
      yield await collector.result();
    }
  } catch (error) {
    work.end(error);
    throw error;
  } finally {
    work.end();
  }
}
