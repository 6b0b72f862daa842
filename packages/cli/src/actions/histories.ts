import type {
  Filters,
  HistoryOptions,
  HistoryTable,
  Run,
  RunColumn,
  Runs,
  ScanOptions,
} from "@lazyruns/core";
import { CommandError } from "../command-error.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import type { ConnectionOptions } from "../options/connection.ts";
import { type ListingOptions, runsOptions } from "../options/listing.ts";
import type { OutputOptions } from "../options/output.ts";
import { readProject } from "../options/project.ts";
import { writeTableAsParquet } from "../output/write-parquet.ts";
import { checkOutput, openSink, writeRows } from "../output/write-rows.ts";
import { ASKED_RUNS, KeyWatch, warnOfAbsent } from "./absent-keys.ts";
import { checkListing } from "./check-listing.ts";
import { one } from "./one.ts";
import { checkScanOptions } from "./scan-options.ts";
import { sampled, scanned, type TablesOfRuns } from "./tables-of-runs.ts";
import { withApi } from "./with-api.ts";

/** What `lazyruns histories` was told. */
export interface HistoriesCommandOptions extends ListingOptions, OutputOptions, ConnectionOptions {
  readonly keys?: readonly string[];
  readonly match?: "all" | "any";
  readonly samples?: number;
  readonly xAxis?: string;
  readonly stream?: "default" | "system";
  readonly columns?: readonly RunColumn[];
  readonly all?: boolean;
  readonly minStep?: number;
  readonly maxStep?: number;
}

/**
 * Writes histories, run by run as they come. Where the columns must be known first and no keys are named (CSV, a table
 * for people), and for Parquet, all rows are gathered before.
 */
export async function writeHistories(
  project: string,
  ids: readonly string[],
  options: HistoriesCommandOptions,
  context: Context,
): Promise<void> {
  checkScanOptions(options);
  const format = await checkOutput(options);
  const { path, run } = readProject(project);
  await checkListing(path, options, (runs) =>
    options.all ? runs.scanHistories(scanOf(options)) : runs.historyStream(sampleOf(options)),
  );
  const wanted = [...new Set(run === undefined ? ids : [run, ...ids])];
  await withApi(options, context, async (api) => {
    const runs = api.runs(path, only(wanted, runsOptions(options, context)));
    const missing = new Set(wanted);
    // A file that was there isn't replaced by one that lacks a run.
    const atEnd = () => {
      if (options.out !== undefined && missing.size > 0) throw notFound(path, [...missing]);
    };
    const found: Run[] = [];
    const watch = new KeyWatch(options.keys ?? []);
    const note = (run: Run) => {
      missing.delete(run.id);
      if (found.length <= ASKED_RUNS && run !== found.at(-1)) found.push(run);
    };
    const tables = noticing(tablesOf(runs, options, context, note), watch, atEnd);
    if (format === "parquet" || (options.keys === undefined && (format === "csv" || format === "table"))) {
      await writeWhole(await gathered(tables), { ...options, format }, context);
    } else {
      await writeRows({ batches: tables, columnsOfNone: columnsOf(options) }, options, context);
    }
    if (options.stream !== "system") await warnOfAbsent(watch.absent, found, context);
    if (missing.size > 0) throw notFound(path, [...missing]);
  });
}

function tablesOf(
  runs: Runs,
  options: HistoriesCommandOptions,
  context: Context,
  onRun: (run: Run) => void,
): TablesOfRuns {
  return options.all
    ? scanned(runs, scanOf(options), context, onRun)
    : sampled(runs, sampleOf(options), context, onRun);
}

async function* noticing(tables: TablesOfRuns, watch: KeyWatch, atEnd: () => void): TablesOfRuns {
  for await (const table of tables) {
    watch.see(table);
    yield table;
  }
  atEnd();
}

function scanOf({ keys, match, stream, columns, minStep, maxStep }: HistoriesCommandOptions): ScanOptions {
  return { keys, match, stream, columns, minStep, maxStep };
}

function sampleOf({ keys, match, stream, columns, samples, xAxis }: HistoriesCommandOptions): HistoryOptions {
  return { keys, match, stream, columns, samples, xAxis };
}

/** The chosen runs alone, besides what the filters say. */
function only<T extends { readonly filters?: unknown }>(ids: readonly string[], options: T): T {
  if (ids.length === 0) return options;
  const chosen: Filters = { id: { $in: ids } };
  const filters = options.filters === undefined ? chosen : { $and: [chosen, options.filters] };
  return { ...options, filters };
}

async function gathered(tables: TablesOfRuns): Promise<HistoryTable> {
  const { HistoryTable } = await import("@lazyruns/core");
  const all: HistoryTable[] = [];
  for await (const table of tables) all.push(table);
  return HistoryTable.concat(all);
}

async function writeWhole(table: HistoryTable, options: OutputOptions, context: Context): Promise<void> {
  if (options.format !== "parquet") {
    return writeRows({ batches: one(table), columnsOfNone: [] }, options, context);
  }
  const { signal } = context;
  const onWarning = ({ message }: { message: string }) => context.warn(message);
  await writeTableAsParquet(table, {
    out: options.out,
    sink: () => openSink({}, context),
    signal,
    onWarning,
  });
}

/** The columns where there isn't a run, as they are where there is one. */
function columnsOf({ columns = [], keys = [], xAxis, stream, match }: HistoriesCommandOptions): string[] {
  const x = xAxis ?? (stream === "system" ? "_runtime" : "_step");
  const metrics = new Set([x, ...(match === "any" ? ["_step"] : []), ...keys]);
  return ["run_id", ...columns, ...[...metrics].sort()];
}

function notFound(path: string, ids: readonly string[]): CommandError {
  const runs = ids.length === 1 ? `no run ${ids[0]}` : `no runs ${ids.join(", ")}`;
  return new CommandError(
    `There is ${runs} in ${path}, or not among those that the filters take.`.replace(
      "is no runs",
      "are no runs",
    ),
    EXIT.notFound,
  );
}
