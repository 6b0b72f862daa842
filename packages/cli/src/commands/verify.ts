import type { Command } from "commander";
import type { VerifyCommandOptions } from "../actions/verify.ts";
import type { Context } from "../context.ts";
import { progressOptions } from "../options/connection.ts";

const EXAMPLES = `
Examples:
  lazyruns verify digits
  lazyruns verify digits --offline --json

It ends with 0 when all is well, and with 1 when something is wrong.`;

/** `lazyruns verify`: whether an exported dataset is what it should be. */
export function addVerify(program: Command, context: Context): void {
  const command = program.command("verify <folder>").summary("check a folder that was exported to");
  command
    .description(
      "Check what lazyruns export wrote: every file with its checksum and rows, and each run's number of rows with the server that it is of.",
    )
    .option("--offline", "don't ask the server")
    .option("--json", "the same as JSON");
  progressOptions(command).addHelpText("after", EXAMPLES);
  command.action(async (folder: string, options: VerifyCommandOptions) => {
    const { verify } = await import("../actions/verify.ts");
    await verify(folder, options, context);
  });
}
