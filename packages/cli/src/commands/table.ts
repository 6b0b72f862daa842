import type { Command } from "commander";
import type { TableCommandOptions } from "../actions/table.ts";
import type { Context } from "../context.ts";
import { columnOptions } from "../options/columns.ts";
import { connectionOptions } from "../options/connection.ts";
import { FILTER_HELP, listingOptions } from "../options/listing.ts";
import { outputOptions } from "../options/output.ts";

const EXAMPLES = `
Examples:
  lazyruns table local/digits --config model,optimizer.lr --summary val/accuracy.max
  lazyruns table local/digits --out runs.parquet
  lazyruns table local/digits --filter 'summary.val/accuracy.max>0.95' --format json`;

/** `lazyruns table`: one row a run, with what it was given and what it reached. */
export function addTable(program: Command, context: Context): void {
  const command = program.command("table <project>").summary("one row a run, with its config and summary");
  command.description(
    "One row a run, with the keys of config and summary that are named; with none named, all of both, nested values flattened by dots. A key that a run doesn't have is empty.",
  );
  columnOptions(listingOptions(command), "name, state");
  connectionOptions(outputOptions(command));
  command.addHelpText("after", `${FILTER_HELP}\n${EXAMPLES}`);
  command.action(async (project: string, options: TableCommandOptions) => {
    const { tableOfRuns } = await import("../actions/table.ts");
    await tableOfRuns(project, options, context);
  });
}
