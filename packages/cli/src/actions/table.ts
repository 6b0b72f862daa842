import type { Context } from "../context.ts";
import type { ColumnOptions } from "../options/columns.ts";
import type { ConnectionOptions } from "../options/connection.ts";
import { type ListingOptions, runsOptions } from "../options/listing.ts";
import type { OutputOptions } from "../options/output.ts";
import { checkOutput } from "../output/write-rows.ts";
import { checkListing } from "./check-listing.ts";
import { writeRunTable } from "./run-table.ts";
import { withApi } from "./with-api.ts";

/** What `lazyruns table` was told. */
export type TableCommandOptions = ListingOptions & ColumnOptions & OutputOptions & ConnectionOptions;

/** One row a run, with the chosen keys of config and summary, or with all. */
export async function tableOfRuns(
  path: string,
  options: TableCommandOptions,
  context: Context,
): Promise<void> {
  const { fields = ["name", "state"], config, summary } = options;
  const format = await checkOutput(options);
  await checkListing(path, options);
  await withApi(options, context, (api) =>
    writeRunTable(
      api.runs(path, runsOptions(options, context)),
      { fields, config, summary },
      { ...options, format },
      context,
    ),
  );
}
