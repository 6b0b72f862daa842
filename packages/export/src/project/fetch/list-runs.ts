import type { Runs } from "@lazyruns/core";
import { markOf, rowsMarkOf } from "../runs-table/run-record.ts";

/** A run as it is listed: its id, and what tells whether it has changed. */
export interface ListedRun {
  readonly id: string;
  readonly state: string | null;
  readonly historyLineCount: number | null;
  /** Of its own fields. */
  readonly mark: string;
  /** Of its rows. */
  readonly rowsMark: string;
}

/** The runs of a project by their ids, sorted. */
export async function listRuns(
  runs: Runs,
  signal: AbortSignal | undefined,
  onListed: (count: number) => void,
): Promise<Map<string, ListedRun>> {
  const listed: ListedRun[] = [];
  for await (const page of runs.pages({ keep: false, signal })) {
    for (const run of page) {
      const { id, state, historyLineCount } = run;
      listed.push({ id, state, historyLineCount, mark: markOf(run), rowsMark: rowsMarkOf(run) });
    }
    onListed(listed.length);
  }
  listed.sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(listed.map((run) => [run.id, run]));
}
