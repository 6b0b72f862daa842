import type { TableField } from "@lazyruns/core";
import { InvalidArgumentError } from "commander";
import { names } from "./values.ts";

/** All of the library's: one that is missing here doesn't compile. */
const FIELDS: { readonly [F in TableField]: true } = {
  id: true,
  name: true,
  state: true,
  tags: true,
  group: true,
  jobType: true,
  notes: true,
  description: true,
  commit: true,
  createdAt: true,
  heartbeatAt: true,
  historyLineCount: true,
  user: true,
  sweepName: true,
};

/** The fields of a run that can be columns, for help. */
export const FIELDS_HELP = Object.keys(FIELDS).join(", ");

/** Reads the fields that are to be columns; `run_id` is always one. */
export function fields(text: string, before: readonly string[] = []): readonly TableField[] {
  const list = names(text, before).filter((name) => name !== "run_id");
  const unknown = list.find((name) => !Object.hasOwn(FIELDS, name));
  if (unknown === undefined) return list as TableField[];
  throw new InvalidArgumentError(
    `There is no field ${JSON.stringify(unknown)}; there are: ${FIELDS_HELP}. Keys of a run go into --config and --summary.`,
  );
}
