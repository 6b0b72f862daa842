import type { FullRun, Run } from "@lazyruns/core";

/** The fields of a run that can be columns, in the order of a table. */
export const FIELDS: Readonly<Record<string, (run: Run) => unknown>> = {
  name: (run) => run.name,
  state: (run) => run.state,
  createdAt: (run) => run.createdAt,
  runtime: runtimeOf,
  tags: (run) => (run.tags.length === 0 ? null : run.tags),
  group: (run) => run.group,
  jobType: (run) => run.jobType,
  user: (run) => run.user?.username ?? run.user?.name ?? null,
  sweep: (run) => run.sweep?.name ?? run.sweepName,
  notes: (run) => run.notes,
  heartbeatAt: (run) => run.heartbeatAt,
  historyLineCount: (run) => run.historyLineCount,
  description: (run) => run.description,
  commit: (run) => run.commit,
  id: (run) => run.id,
};

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
