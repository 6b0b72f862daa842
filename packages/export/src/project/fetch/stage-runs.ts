import type { FullRun, Runs } from "@lazyruns/core";
import { recordOf } from "../runs-table/run-record.ts";
import type { StagedRecords } from "../runs-table/staged-records.ts";

const RUNS_AT_ONCE = 1000;

/** Fetches runs with configs and summaries into staged rows of the table of runs. */
export async function stageRuns(
  runs: Runs<FullRun>,
  wanted: ReadonlyMap<string, string>,
  staged: StagedRecords,
  { signal, onRuns }: { readonly signal: AbortSignal | undefined; readonly onRuns: (count: number) => void },
): Promise<void> {
  const ids = [...wanted.keys()];
  for (let at = 0; at < ids.length; at += RUNS_AT_ONCE) {
    const some = runs.only(ids.slice(at, at + RUNS_AT_ONCE));
    for await (const page of some.pages({ keep: false, signal })) {
      await staged.add(page.map((run) => recordOf(run, wanted.get(run.id) as string)));
      onRuns(page.length);
    }
  }
}
