import { type Command, Option } from "commander";
import type { HistoriesCommandOptions } from "../actions/histories.ts";
import type { Context } from "../context.ts";
import { connectionOptions } from "../options/connection.ts";
import { FILTER_HELP, listingOptions } from "../options/listing.ts";
import { outputOptions } from "../options/output.ts";
import { names, wholeNumber } from "../options/values.ts";

const EXAMPLES = `
Examples:
  lazyruns histories local/digits --keys train/loss --samples 20
  lazyruns histories local/digits --keys train/loss,val/accuracy --match any --columns name,config.model --format csv
  lazyruns histories local/digits --filter state=finished --limit 3 --all --out histories.parquet
  lazyruns histories local/digits/6b05b503 --all --min-step 100 --max-step 200
  lazyruns histories local/digits --stream system --format jsonl`;

/** `lazyruns histories`: what runs logged. */
export function addHistories(program: Command, context: Context): void {
  const command = program
    .command("histories <project> [run...]")
    .summary("what runs logged, sampled or whole");
  command.description(
    "What the runs of a project logged, a row a step: sampled by the server, or with --all every row. The runs are those that are named by their ids (entity/project/run names one, too), else those of the filters.",
  );
  listingOptions(command);
  command
    .option("--keys <metrics>", "only these metrics, by commas; default: every metric", names)
    .addOption(
      new Option("--match <which>", "rows that hold all of the keys, or any of them").choices(["all", "any"]),
    )
    .option("--samples <n>", "the most rows a run; default: 500", wholeNumber(1))
    .option("--x-axis <metric>", "what rows are ordered by; default: _step, of the system stream _runtime")
    .addOption(
      new Option("--stream <name>", "what was logged, or the machine's metrics").choices([
        "default",
        "system",
      ]),
    )
    .option(
      "--columns <names>",
      "what of the run stands in each row, by commas, such as name,config.lr",
      names,
    )
    .option("--all", "every row, unsampled")
    .option("--min-step <n>", "with --all: the first step", wholeNumber(0))
    .option("--max-step <n>", "with --all: the first step that isn't read any more", wholeNumber(0));
  connectionOptions(outputOptions(command));
  command.addHelpText("after", `${FILTER_HELP}\n${EXAMPLES}`);
  command.action(async (project: string, runs: readonly string[], options: HistoriesCommandOptions) => {
    const { writeHistories } = await import("../actions/histories.ts");
    await writeHistories(project, runs, options, context);
  });
}
