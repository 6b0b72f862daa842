import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { DoctorOptions } from "../doctor/doctor.ts";
import { connectionOptions } from "../options/connection.ts";

const EXAMPLES = `
Examples:
  lazyruns doctor
  lazyruns doctor --json
  lazyruns doctor --base-url http://127.0.0.1:8080

It ends with 0 when there is no problem, warnings or not, and with 1 when there is one.`;

/** `lazyruns doctor`: what is there, what is missing, and what to do. */
export function addDoctor(program: Command, context: Context): void {
  const command = program.command("doctor").summary("check the key, the server and what is installed");
  command.description(
    "Check the API key (where it is found; it is never shown), the server, and what is installed, and say what to do.",
  );
  connectionOptions(command)
    .option("--json", "the same as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import("../doctor/doctor.ts");
      await doctor(options, context);
    });
}
