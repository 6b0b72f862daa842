import type { FullRun, Runs } from "@lazyruns/core";
import { recordOf } from "../runs-table/run-record.ts";
import type { StagedRecords } from "../runs-table/staged-records.ts";
import type { ListedRun } from "./list-runs.ts";

const RUNS_AT_ONCE = 1000;

/**
 * Fetches runs with configs and summaries into staged rows of the table of runs.
 *
 * @returns the ids of runs that aren't those that were listed: they were deleted meanwhile, and made anew
 */
export async function stageRuns(
  runs: Runs<FullRun>,
  wanted: ReadonlyMap<string, ListedRun>,
  staged: StagedRecords,
  { signal, onRuns }: { readonly signal: AbortSignal | undefined; readonly onRuns: (count: number) => void },
): Promise<Set<string>> {
  const remade = new Set<string>();
  const ids = [...wanted.keys()];
  for (let at = 0; at < ids.length; at += RUNS_AT_ONCE) {
    const some = runs.only(ids.slice(at, at + RUNS_AT_ONCE));
    for await (const page of some.pages({ keep: false, signal })) {
      const records = page.flatMap((run) => {
        const listed = wanted.get(run.id);
        if (listed === undefined) return [];
        if (run.createdAt?.getTime() === listed.createdAt) return [recordOf(run, listed.marks.run)];
        remade.add(run.id);
        return [];
      });
      await staged.add(records);
      onRuns(page.length);
    }
  }
  return remade;
}
