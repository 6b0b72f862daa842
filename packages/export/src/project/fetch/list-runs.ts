import type { Runs } from "@lazyruns/core";
import { marksOf, type RunMarks } from "../marks.ts";

/** A run as it is listed: its id, and what tells whether it has changed. */
export interface ListedRun {
  readonly id: string;
  readonly state: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
  readonly marks: RunMarks;
}

/** The runs of a project by their ids, sorted. */
export async function listRuns(
  runs: Runs,
  signal: AbortSignal | undefined,
  onListed: (count: number) => void,
): Promise<Map<string, ListedRun>> {
  const listed: ListedRun[] = [];
  for await (const page of runs.revisions({ signal })) {
    for (const revision of page) {
      const { id, state, createdAt } = revision.run;
      listed.push({ id, state, createdAt: createdAt?.getTime(), marks: marksOf(revision) });
    }
    onListed(listed.length);
  }
  listed.sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(listed.map((run) => [run.id, run]));
}
