import { InvalidArgumentError } from "@lazyruns/core";
import { isRun, isRuns, isRunTable } from "./bundle/kinds.ts";
import { isRunList } from "./run-list.ts";
import type { ShowOptions } from "./shown-runs.ts";

/**
 * Refuses options that would do nothing for this value.
 *
 * @throws InvalidArgumentError naming the option, and what to do instead
 */
export function checkApplying(value: unknown, { columns, keys, samples }: ShowOptions): void {
  if (isRunList(value)) return;
  const what = typeof value === "object" && value !== null ? value : {};
  if (columns !== undefined && !isRuns(what) && !isRunTable(what)) {
    throw new InvalidArgumentError(
      `columns is for runs and tables of runs. ${isRun(what) ? "A run shows all it has." : "Choose columns of what is shown here before, as by histories({ keys })."}`,
    );
  }
  for (const [name, given] of Object.entries({ keys, samples })) {
    if (given === undefined || isRuns(what) || isRun(what)) continue;
    throw new InvalidArgumentError(
      `${name} is for runs and a run, whose histories are fetched: show(runs, { keys: ["loss"] }).`,
    );
  }
}
