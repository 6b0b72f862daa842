import type { TableField } from "@lazyruns/core";
import type { Command } from "commander";
import { FIELDS_HELP, fields } from "./fields.ts";
import { names } from "./values.ts";

/** What of each run is a column. */
export interface ColumnOptions {
  readonly fields?: readonly TableField[];
  readonly config?: readonly string[];
  readonly summary?: readonly string[];
}

/** Gives a command the options that choose columns. */
export function columnOptions(command: Command, usual: string): Command {
  return command
    .option(
      "--fields <names>",
      `columns, by commas: ${FIELDS_HELP}; default: ${usual}; run_id is always one`,
      fields,
    )
    .option(
      "--config <keys>",
      "keys of the config, by commas, as columns config.KEY; dots reach into nested values",
      names,
    )
    .option("--summary <keys>", "keys of the summary, by commas, as columns summary.KEY", names);
}
