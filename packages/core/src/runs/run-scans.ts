import { follow } from "../async/abort.ts";
import type { FormatWarn } from "../formats.ts";
import type { ProjectRef } from "../graphql/project.ts";
import { historyForm } from "../history/form.ts";
import type { HistoryFormat, HistoryFormats } from "../history/formats.ts";
import { Failures, MOST_IN_A_ROW } from "../history/incomplete.ts";
import { chunkOf } from "../history/table/chunk.ts";
import { type HistoryTable, makeTable, type RunChunk } from "../history/table/history-table.ts";
import type { FormattedScanOptions } from "../history/unsampled/options.ts";
import { checkScanOptions, namedInScan, type ScanQuestion } from "../history/unsampled/question.ts";
import { isDeleted, isOfRun } from "../history/unsampled/run-errors.ts";
import { type CarriedFields, scanOne } from "../history/unsampled/scan.ts";
import { scanRuns } from "../history/unsampled/scan-runs.ts";
import type { RunsWarning } from "../warning.ts";
import { beginWork } from "../work.ts";
import { deletedWarning } from "./deleted-warning.ts";
import type { Run } from "./run.ts";
import { RunColumns } from "./run-columns.ts";

/** Some rows of a run's whole history. */
export interface ScannedRun<R extends Run = Run, F extends HistoryFormat = "table"> {
  readonly run: R;
  readonly table: HistoryTable;
  /** The same in the form that was asked for. */
  readonly history: HistoryFormats[F];
  /** Whether these are the run's last rows: with them all of its rows were given. */
  readonly isLast: boolean;
}

/** Every row of one run, in batches. Bad options are refused at once. */
export function scanHistory<F extends HistoryFormat>(
  ref: ProjectRef,
  { id, historyLineCount: lineCount }: Run,
  options: FormattedScanOptions<F>,
): AsyncGenerator<HistoryFormats[F], void, undefined> {
  const question = checkScanOptions(options);
  const format = (options.format ?? "table") as F;
  const made = historyForm(format, options, undefined);
  const { service, entity, project } = ref;
  const isTable = format === "table" || format === "default";
  return scanOne({
    ref: { service, entity, project, run: id },
    question,
    fields: carried(ref, question),
    form: isTable || question.columns.length > 0 ? undefined : { format, options },
    lineCount,
    made,
    options,
  });
}

/** The runs of a collection, as they are listed. */
export interface ScannedRuns {
  readonly ref: ProjectRef;
  /** Their pages; of each, how many runs there are in all, where that is known. */
  readonly pages: (signal: AbortSignal, onCount: (count: number) => void) => AsyncIterable<readonly Run[]>;
  readonly warn: (warning: RunsWarning) => void;
  /** Told what forms have to say; absent where nobody listens. */
  readonly told: FormatWarn | undefined;
}

/** Every row of every run, in batches, run after run. Bad options are refused at once. */
export function scanHistories<F extends HistoryFormat>(
  source: ScannedRuns,
  options: FormattedScanOptions<F>,
): AsyncGenerator<ScannedRun<Run, F>, void, undefined> {
  const question = checkScanOptions(options);
  const form = historyForm((options.format ?? "table") as F, options, source.told);
  const { ref, pages, warn } = source;
  const { entity, project } = ref;
  const named = namedInScan(question);
  const fields = carried(ref, question);
  return (async function* () {
    options.signal?.throwIfAborted();
    await form.prepare();
    const work = beginWork({ operation: "scan", entity, project }, options);
    // What is under way when the consumer stops is ended.
    const stop = new AbortController();
    const unfollow = follow(work.signal, stop);
    const { signal } = stop;
    const failures = new Failures(ref);
    let failedInARow = 0;
    let done = 0;
    let total = 0;
    const listed = pages(signal, (count) => {
      total = count;
    });
    try {
      for await (const { run, batches, error } of scanRuns(listed, { ref, question, fields, signal })) {
        try {
          if (error !== undefined) failures.add(run.id, error);
          else if (batches === undefined) warn(deletedWarning(run, "scan"));
          for await (const { parts, isLast } of batches ?? []) {
            signal.throwIfAborted(); // what has arrived in the meantime isn't wanted any more
            const whole = parts.length > 0 ? parts : [withoutRows(run)];
            const collector = form.collect(named, true);
            for (const part of whole) collector.add(part);
            const history = await collector.result();
            yield { run, table: makeTable(whole, named), history, isLast };
          }
          failedInARow = 0;
        } catch (error) {
          if (signal.aborted || !isOfRun(error, run.id)) throw error;
          if (isDeleted(error)) warn(deletedWarning(run, "scan"));
          else if (++failedInARow >= MOST_IN_A_ROW) throw error;
          else failures.add(run.id, error);
        }
        done++;
        work.progress({ done, total: Math.max(done, total), unit: "runs" });
      }
      failures.throwIfAny(done);
    } catch (error) {
      work.end(error);
      throw error;
    } finally {
      unfollow();
      stop.abort();
      work.end();
    }
  })();
}

/** A run that has no rows is a part of its one batch all the same. */
function withoutRows({ id, entity, project }: Run): RunChunk {
  return { run: { id, entity, project }, chunk: chunkOf(0, []) };
}

function carried(ref: ProjectRef, { columns: chosen }: ScanQuestion): CarriedFields {
  const columns = new RunColumns(ref, chosen);
  return {
    withRunFields: (ask) => columns.withFields(ask),
    fieldsOf: columns.isEmpty ? undefined : (wire) => columns.fieldsOf(wire),
  };
}
