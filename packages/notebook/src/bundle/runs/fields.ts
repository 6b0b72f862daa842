import type { FullRun, Run } from "@lazyruns/core";
import type { RunsFieldName } from "../../mime.ts";

/** A field of a run that can be a column. */
export interface Field {
  /** What people call it. */
  readonly title: string;
  /** Its value of a run; null where it has none. */
  readonly read: (run: Run) => unknown;
  /** What core calls it in a table of runs; null where it has no such column. Default: as it is called here. */
  readonly inTable?: string | null;
}

/** The fields of a run that can be columns, in the order of a table. */
export const FIELDS: Readonly<Record<RunsFieldName, Field>> = {
  name: { title: "Name", read: (run) => run.name },
  state: { title: "State", read: (run) => run.state },
  createdAt: { title: "Created", read: (run) => run.createdAt },
  runtime: { title: "Runtime", read: runtimeOf, inTable: null },
  tags: { title: "Tags", read: (run) => (run.tags.length === 0 ? null : run.tags) },
  group: { title: "Group", read: (run) => run.group },
  jobType: { title: "Job type", read: (run) => run.jobType },
  user: { title: "User", read: (run) => run.user?.username ?? run.user?.name ?? null },
  sweep: { title: "Sweep", read: (run) => run.sweep?.name ?? run.sweepName, inTable: "sweepName" },
  notes: { title: "Notes", read: (run) => run.notes },
  heartbeatAt: { title: "Last heard", read: (run) => run.heartbeatAt },
  historyLineCount: { title: "History rows", read: (run) => run.historyLineCount },
  description: { title: "Description", read: (run) => run.description },
  commit: { title: "Commit", read: (run) => run.commit },
  id: { title: "Id", read: (run) => run.id },
};

/** The field that a name means: its own, or the one that core has for it; undefined for what is no field. */
export function fieldCalled(name: string): RunsFieldName | undefined {
  return isField(name) ? name : fieldOfTable(name);
}

/** The field that a column of a table of runs holds, by core's name for it. */
export function fieldOfTable(column: string): RunsFieldName | undefined {
  return (Object.keys(FIELDS) as RunsFieldName[]).find((name) => {
    const { inTable = name } = FIELDS[name];
    return inTable === column;
  });
}

export function isField(name: string): name is RunsFieldName {
  return Object.hasOwn(FIELDS, name);
}

/** Fields that are shown whatever they hold, and those that are shown where they tell runs apart. */
export const ALWAYS_SHOWN = ["name", "state", "createdAt", "runtime"] as const;
export const SHOWN_IF_ANY = ["tags"] as const;
export const SHOWN_IF_DIFFERENT = ["group", "jobType", "user", "sweep"] as const;

/**
 * How long a run has run, in seconds: what it logged last as its `_runtime`, or else from its beginning to when it was
 * last heard of. Null when neither is known.
 */
function runtimeOf(run: Run): number | null {
  const logged = run.isLoaded ? (run as FullRun).summary._runtime : undefined;
  if (typeof logged === "number" && logged > 0) return logged;
  const { createdAt, heartbeatAt } = run;
  if (createdAt === null || heartbeatAt === null) return null;
  return Math.max(0, (heartbeatAt.getTime() - createdAt.getTime()) / 1000);
}
