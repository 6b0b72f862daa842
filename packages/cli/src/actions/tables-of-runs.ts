import type { HistoryOptions, HistoryTable, Run, Runs, ScanOptions } from "@lazyruns/core";
import type { Context } from "../context.ts";
import { progressOf } from "./progress-of.ts";

/** Histories piece by piece, in the runs' order. */
export type TablesOfRuns = AsyncGenerator<HistoryTable, void, undefined>;

/** Sampled histories, a table a run. */
export async function* sampled(
  runs: Runs,
  options: HistoryOptions,
  context: Context,
  onRun: (run: Run) => void,
): TablesOfRuns {
  const onProgress = progressOf(context, "reading histories");
  for await (const { run, table } of runs.historyStream({ ...options, signal: context.signal, onProgress })) {
    onRun(run);
    yield table;
  }
}

/** Whole histories, in tables of a part of a run's rows. */
export async function* scanned(
  runs: Runs,
  options: ScanOptions,
  context: Context,
  onRun: (run: Run) => void,
): TablesOfRuns {
  await import("@lazyruns/export"); // reads what servers have exported to Parquet
  let [rows, done] = [0, 0];
  for await (const { run, table, isLast } of runs.scanHistories({ ...options, signal: context.signal })) {
    onRun(run);
    rows += table.numRows;
    if (isLast) done++;
    context.progress.update(`reading whole histories: ${done} runs, ${rows} rows`);
    yield table;
  }
}
