import type { HistoryTable, Run } from "@lazyruns/core";
import { isRun } from "./bundle/kinds.ts";
import type { PeekedRuns } from "./bundle/runs/runs-model.ts";
import { historyOf, type ShowOptions } from "./shown-runs.ts";

/** Whether a value is a list of runs of one project, such as some of a collection that were filtered. */
export function isRunList(value: unknown): value is readonly [Run, ...Run[]] {
  if (!Array.isArray(value)) return false;
  const [first] = value;
  const isOfFirst = ({ entity, project }: Run) => entity === first.entity && project === first.project;
  return (
    value.length > 0 && value.every((run) => typeof run === "object" && run && isRun(run) && isOfFirst(run))
  );
}

/** A list of runs as a collection that has them all. */
export function peekedList(runs: readonly [Run, ...Run[]]): PeekedRuns {
  const [{ entity, project }] = runs;
  return { entity, project, peek: () => ({ fetched: runs, total: runs.length, isComplete: true }) };
}

/** The sampled histories of a list, where `keys` are asked for: by a request a run, since they are in no collection. */
export async function listHistories(
  runs: readonly Run[],
  options: ShowOptions,
): Promise<HistoryTable | undefined> {
  const tables = await Promise.all(runs.map((run) => historyOf(run, options)));
  const [first, ...rest] = tables.flatMap((table) => table ?? []);
  // By the tables' own class: they may be of another copy of core than this package's.
  return first && (first.constructor as typeof HistoryTable).concat([first, ...rest]);
}
