import type { Command } from "commander";
import type { ExportCommandOptions } from "../actions/export.ts";
import type { Context } from "../context.ts";
import { connectionOptions } from "../options/connection.ts";
import { FILTER_HELP, filterOption } from "../options/listing.ts";
import { names } from "../options/values.ts";

const EXAMPLES = `
Examples:
  lazyruns export local/digits --out digits
  lazyruns export local/digits --out digits --prune --verify     # later: fetches only what changed
  lazyruns export local/digits --out losses --keys train/loss,val/loss --no-system --filter state=finished

Broken off by whatever, the same command goes on where it stopped. Until it is done, the folder holds what it held.`;

/** `lazyruns export`: a whole project to Parquet. */
export function addExport(program: Command, context: Context): void {
  const command = program
    .command("export <project>")
    .summary("every row of every run to a folder of Parquet files");
  command
    .description(
      "Export every row of every run of a project to a folder of Parquet files, which DuckDB, polars, pandas and Spark read in place: runs/, history/ and system/. On a folder that was exported to before, only what changed is fetched.",
    )
    .requiredOption(
      "-o, --out <folder>",
      "the dataset's folder: one that isn't there, is empty, or holds an export of the same",
    );
  filterOption(command)
    .option(
      "--keys <metrics>",
      "only rows with at least one of these metrics, by commas; default: all rows and metrics",
      names,
    )
    .option("--no-history", "leave out what was logged")
    .option("--no-system", "leave out the machines' metrics")
    .option(
      "--prune",
      "take runs out that the server doesn't list any more; default: they stay, and are named",
    )
    .option(
      "--verify",
      "then check the files, and the numbers of rows with the server, as lazyruns verify does",
    )
    .option("--json", "what was done as JSON");
  connectionOptions(command);
  command.addHelpText("after", `${FILTER_HELP}\n${EXAMPLES}`);
  command.action(async (project: string, options: ExportCommandOptions) => {
    const { exportToFolder } = await import("../actions/export.ts");
    await exportToFolder(project, options, context);
  });
}
