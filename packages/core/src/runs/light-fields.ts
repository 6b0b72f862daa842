import { parseDate } from "../graphql/date.ts";
import type { TableField } from "../graphql/light-fields.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { Run } from "./run.ts";

/** The light fields of a run that can stand beside its values, as `Run` has them. */
export function lightFieldsOf(wire: WireRun): Pick<Run, TableField> {
  return {
    id: wire.name,
    name: wire.displayName || wire.name,
    state: wire.state ?? null,
    tags: wire.tags ?? [],
    group: wire.group ?? null,
    jobType: wire.jobType ?? null,
    notes: wire.notes ?? null,
    description: wire.description ?? null,
    commit: wire.commit ?? null,
    createdAt: parseDate(wire.createdAt),
    heartbeatAt: parseDate(wire.heartbeatAt),
    historyLineCount: wire.historyLineCount ?? null,
    user: wire.user ?? null,
    sweepName: wire.sweepName ?? null,
  };
}
