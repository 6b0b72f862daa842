import type { Command } from "commander";
import type { RunsCommandOptions } from "../actions/runs.ts";
import type { Context } from "../context.ts";
import { columnOptions } from "../options/columns.ts";
import { connectionOptions } from "../options/connection.ts";
import { FILTER_HELP, listingOptions } from "../options/listing.ts";
import { outputOptions } from "../options/output.ts";

const EXAMPLES = `
Examples:
  lazyruns runs local/digits
  lazyruns runs local/digits --filter state=finished --filter 'config.optimizer.lr<=0.01' --limit 5
  lazyruns runs local/digits --order -summary.val/accuracy.max --summary val/accuracy.max --config model
  lazyruns runs local/digits --fields name,createdAt --format csv > runs.csv
  lazyruns runs local/digits --format jsonl | head -3`;

/** `lazyruns runs`: which runs there are. */
export function addRuns(program: Command, context: Context): void {
  const command = program.command("runs <project>").summary("list the runs of a project");
  command.description("List the runs of a project, entity/project, as they come.");
  listingOptions(command);
  columnOptions(command, "name, state, createdAt, historyLineCount, group, tags");
  connectionOptions(outputOptions(command));
  command.addHelpText("after", `${FILTER_HELP}\n${EXAMPLES}`);
  command.action(async (project: string, options: RunsCommandOptions) => {
    const { listRuns } = await import("../actions/runs.ts");
    await listRuns(project, options, context);
  });
}
