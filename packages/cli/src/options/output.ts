import { type Command, Option } from "commander";
import { FORMATS } from "../output/formats.ts";

/** Where a command's rows go, and in which form. */
export interface OutputOptions {
  readonly format?: string;
  readonly out?: string;
  readonly escapeFormulas?: boolean;
}

/** Gives a command the options of its output. */
export function outputOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "-f, --format <form>",
        "table, json (one array), jsonl (a row a line), csv or parquet; default: what --out's name ends in, else table",
      ).choices(FORMATS),
    )
    .option(
      "-o, --out <file>",
      "write to this file, which is there when it is whole; default: standard output",
    )
    .option(
      "--escape-formulas",
      "in CSV, put an apostrophe before text that a spreadsheet would take for a formula",
    );
}
