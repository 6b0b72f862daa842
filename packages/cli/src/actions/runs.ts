import type { Run, Runs, TableField } from "@lazyruns/core";
import type { Context } from "../context.ts";
import type { ColumnOptions } from "../options/columns.ts";
import type { ConnectionOptions } from "../options/connection.ts";
import { type ListingOptions, runsOptions } from "../options/listing.ts";
import type { OutputOptions } from "../options/output.ts";
import { batchOf, type OutputRows } from "../output/rows.ts";
import { checkOutput, writeRows } from "../output/write-rows.ts";
import { checkListing } from "./check-listing.ts";
import { writeRunTable } from "./run-table.ts";
import { withApi } from "./with-api.ts";

/** What `lazyruns runs` was told. */
export type RunsCommandOptions = ListingOptions & ColumnOptions & OutputOptions & ConnectionOptions;

const USUAL = [
  "name",
  "state",
  "createdAt",
  "historyLineCount",
  "group",
  "tags",
] as const satisfies readonly TableField[];

/** Lists runs: light fields a page at a time as they come; keys of config and summary in one go. */
export async function listRuns(path: string, options: RunsCommandOptions, context: Context): Promise<void> {
  const { fields = USUAL, config, summary } = options;
  const format = await checkOutput(options);
  await checkListing(path, options);
  await withApi(options, context, async (api) => {
    const runs = api.runs(path, { ...runsOptions(options, context), includeSweeps: false });
    if (config !== undefined || summary !== undefined || format === "parquet") {
      return writeRunTable(runs, { fields, config: config ?? [], summary }, { ...options, format }, context);
    }
    await writeRows(lightRows(runs, fields, context), options, context);
  });
}

function lightRows(runs: Runs, fields: readonly TableField[], context: Context): OutputRows {
  const columns = ["run_id", ...fields];
  const rowOf = (run: Run) => ({
    run_id: run.id,
    ...Object.fromEntries(fields.map((name) => [name, run[name]])),
  });
  async function* batches() {
    let done = 0;
    for await (const page of runs.pages({ keep: false, signal: context.signal })) {
      done += page.length;
      context.progress.update(`listing runs: ${done}`);
      yield batchOf(columns, page.map(rowOf));
    }
  }
  return { batches: batches(), columnsOfNone: columns };
}
