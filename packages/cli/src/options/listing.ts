import type { RunsOptions } from "@lazyruns/core";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { readFilters } from "./filter.ts";
import { readOrder } from "./order.ts";
import { several, wholeNumber } from "./values.ts";

/** Which runs, in which order. */
export interface ListingOptions {
  readonly filter?: readonly string[];
  readonly order?: string;
  readonly limit?: number;
  readonly start?: number;
}

/** Gives a command the option that chooses runs by what they are. */
export function filterOption(command: Command): Command {
  return command.option(
    "--filter <condition>",
    "only runs for which this holds, such as state=finished; several must all hold (see below)",
    several,
  );
}

/** Gives a command the options that choose runs, and their order. */
export function listingOptions(command: Command): Command {
  return filterOption(command)
    .option(
      "--order <key>",
      "+ (ascending) or - and what to order by, such as -summary.accuracy; default: +created_at",
    )
    .option("--limit <n>", "the most runs", wholeNumber(0))
    .option("--start <n>", "how many of the first runs are passed over", wholeNumber(0));
}

/** What the options say, in the library's words, which checks them. */
export function runsOptions(
  { filter = [], order, limit, start }: ListingOptions,
  context: Context,
): RunsOptions {
  return {
    filters: readFilters(filter),
    order: order === undefined ? undefined : readOrder(order),
    limit,
    start,
    onWarning: ({ message }) => context.warn(message),
  };
}

/** How filters are written, for a command's help. */
export const FILTER_HELP = `
Filters:
  FIELD OP VALUE, where OP is = != < <= > >= or ~ (a regular expression, RE2), and FIELD is a column (run_id, name,
  state, group, jobType, tags, user, createdAt, heartbeatAt, notes, sweep, ...), duration (seconds), config.KEY or
  summary.KEY. Numbers, true and false are such in config, summary and duration, and text elsewhere; null is no value;
  "in double quotes" is text, and must be where it begins with an operator. A key that holds one takes the JSON form.
  Or JSON as the Python client takes it, where name is the id and displayName the name:
  '{"$or": [{"config.lr": {"$lte": 0.01}}, {"tags": {"$in": ["best"]}}]}'
  In a shell, put conditions in quotes.`;
