import type { QueryableRun } from "../query/index.ts";
import type { SweepRow } from "../store/sweeps.ts";

/** A sweep as the filters of runs see it, since the Python client filters sweeps by these. */
export function queryableSweep(sweep: SweepRow, user: string): QueryableRun {
  return {
    ordinal: sweep.id,
    name: sweep.name,
    displayName: sweep.display_name ?? sweep.name,
    state: sweep.state,
    group: null,
    jobType: null,
    tags: [],
    createdAt: sweep.created_at,
    updatedAt: sweep.updated_at,
    heartbeatAt: sweep.updated_at,
    duration: (Date.parse(sweep.updated_at) - Date.parse(sweep.created_at)) / 1000,
    username: user,
    sweep: sweep.name,
    notes: sweep.description,
    host: null,
    config: {},
    summary: {},
  };
}
