import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addDoctor } from "./commands/doctor.ts";
import { addExport } from "./commands/export.ts";
import { addHistories } from "./commands/histories.ts";
import { addRuns } from "./commands/runs.ts";
import { addServer } from "./commands/server.ts";
import { addTable } from "./commands/table.ts";
import { addVerify } from "./commands/verify.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES_HELP } from "./exit-codes.ts";

const EXAMPLES = `
The server and the key are found as the Python client finds them: WANDB_BASE_URL and WANDB_API_KEY, ~/.netrc
(wandb login), settings files. The key is never an option, and never shown.

Data goes to standard output, messages and progress to standard error. Colour is for terminals; NO_COLOR and
FORCE_COLOR are heeded. LAZYRUNS_DEBUG=1 shows where an error happened.

Examples:
  lazyruns doctor
  lazyruns runs local/digits --filter state=finished --limit 5
  lazyruns runs --help`;

/** The commands and their options. Each command's work is loaded when it is called. */
export function makeProgram(context: Context): Command {
  const program = new Command("lazyruns")
    .description("Weights & Biases runs on the command line: list, read, export, serve.")
    .version(manifest.version, "-V, --version", "the version, alone")
    .helpOption("-h, --help", "this text")
    .showHelpAfterError(false)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ outputError: () => undefined }); // said once, with every other failure
  addRuns(program, context);
  addHistories(program, context);
  addTable(program, context);
  addExport(program, context);
  addVerify(program, context);
  addServer(program, context);
  addDoctor(program, context);
  program.addHelpText("after", `${EXAMPLES}\n${EXIT_CODES_HELP}`);
  return program;
}
