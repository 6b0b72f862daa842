import type { SweepRow } from "../store/sweeps.ts";
import { connection } from "./connection.ts";
import type { Context } from "./context.ts";
import { globalId } from "./global-id.ts";
import { projectView } from "./project-view.ts";
import { RunView } from "./run-view.ts";
import { sweepSetting } from "./sweep-config.ts";

/** A sweep as the schema has it. */
export function sweepView(sweep: SweepRow, context: Context) {
  return {
    id: globalId("Sweep", sweep.id),
    name: sweep.name,
    displayName: sweep.display_name,
    method: sweepSetting(sweep.config, "method") ?? null,
    state: sweep.state,
    description: sweep.description,
    bestLoss: null,
    config: sweep.config,
    createdAt: sweep.created_at,
    updatedAt: sweep.updated_at,
    runCount: () => context.store.sweeps.runCount(sweep.project_id, sweep.name),
    heartbeatAt: sweep.updated_at,
    earlyStopJobRunning: false,
    runs: (page: { first?: number; after?: string }) => {
      const runs = context.store.runs.list(sweep.project_id).filter((run) => run.sweep_name === sweep.name);
      return connection(runs, page, (row) => new RunView(row, context));
    },
    runCountExpected: null,
    controller: null,
    scheduler: null,
    priorRunsFilters: null,
    project: () => {
      const project = context.store.projects.byId(sweep.project_id);
      return project && projectView(project, context);
    },
  };
}
