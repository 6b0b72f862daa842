import { NotFoundError } from "../errors.ts";
import type { FormatWarn } from "../formats.ts";
import type { ProjectRef } from "../graphql/project.ts";
import { historyForm } from "../history/form.ts";
import type { HistoryFormat, HistoryFormats } from "../history/formats.ts";
import { chunkOf } from "../history/table/chunk.ts";
import { type HistoryTable, makeTable } from "../history/table/history-table.ts";
import type { FormattedScanOptions } from "../history/unsampled/options.ts";
import { checkScanOptions, namedInScan, type ScanQuestion } from "../history/unsampled/question.ts";
import { type CarriedFields, scanBatches, scanOne } from "../history/unsampled/scan.ts";
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
  run: string,
  options: FormattedScanOptions<F>,
): AsyncGenerator<HistoryFormats[F], void, undefined> {
  const question = checkScanOptions(options);
  const form = historyForm((options.format ?? "table") as F, options, undefined);
  const { service, entity, project } = ref;
  return scanOne({ service, entity, project, run }, question, carried(ref, question), form, options);
}

/** Where a collection's scans come from. */
export interface ScannedRuns {
  readonly ref: ProjectRef;
  readonly runs: (signal: AbortSignal) => AsyncIterable<readonly Run[]>;
  readonly warn: (warning: RunsWarning) => void;
  readonly told: FormatWarn | undefined;
}

/** Every row of every run, in batches, run after run. Bad options are refused at once. */
export function scanHistories<F extends HistoryFormat>(
  source: ScannedRuns,
  options: FormattedScanOptions<F>,
): AsyncGenerator<ScannedRun<Run, F>, void, undefined> {
  const question = checkScanOptions(options);
  const form = historyForm((options.format ?? "table") as F, options, source.told);
  const { ref, runs, warn } = source;
  const { service, entity, project } = ref;
  const fields = carried(ref, question);
  const named = namedInScan(question);
  return (async function* () {
    options.signal?.throwIfAborted();
    await form.prepare();
    const work = beginWork({ operation: "scan", entity, project }, options);
    let done = 0;
    let total = 0;
    try {
      for await (const page of runs(work.signal)) {
        total += page.length;
        for (const run of page) {
          try {
            const scanned = scanBatches(
              { service, entity, project, run: run.id },
              question,
              fields,
              work.signal,
            );
            for await (const { parts, isLast } of scanned) {
              const whole =
                parts.length > 0
                  ? parts
                  : [{ run: { id: run.id, entity, project }, chunk: chunkOf(0, []), fields: undefined }];
              const collector = form.collect(named, true);
              for (const part of whole) collector.add(part);
              yield { run, table: makeTable(whole, named), history: await collector.result(), isLast };
            }
          } catch (error) {
            if (!(error instanceof NotFoundError) || error.run !== run.id) throw error;
            warn(deletedWarning(run, "scan"));
          }
          work.progress({ done: ++done, total: Math.max(done, total), unit: "runs" });
        }
      }
    } catch (error) {
      work.end(error);
      throw error;
    } finally {
      work.end();
    }
  })();
}

function carried(ref: ProjectRef, { columns: chosen }: ScanQuestion): CarriedFields {
  const columns = new RunColumns(ref, chosen);
  return {
    withRunFields: (ask) => columns.withFields(ask),
    fieldsOf: columns.isEmpty ? undefined : (wire) => columns.fieldsOf(wire),
  };
}
