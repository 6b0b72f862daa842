import { compileFilter, compileOrder, namesIn, type QueryableRun } from "../query/index.ts";
import type { ProjectRow } from "../store/projects.ts";
import type { RunRow } from "../store/runs.ts";
import { connection } from "./connection.ts";
import type { Context } from "./context.ts";
import { globalId } from "./global-id.ts";
import { QueryableRuns } from "./queryable.ts";
import { RunView } from "./run-view.ts";
import { queryableSweep } from "./sweep-filter.ts";
import { sweepView } from "./sweep-view.ts";
import { entityView, userView } from "./user-view.ts";

/** Parsed configs and summaries belong to a store, and outlive a request. */
const queryables = new WeakMap<object, QueryableRuns>();

/** A project as the schema has it. */
export function projectView(project: ProjectRow, context: Context) {
  const { store } = context;
  const run = ({ name }: { name: string }) => {
    const row = store.runs.find(project.id, name);
    return row === undefined ? null : new RunView(row, context);
  };
  // runCount and runs of one request look for the same runs.
  const found = new Map<string, Match[]>();
  const matching = (filters: string | null | undefined): Match[] => {
    const matches = found.get(filters ?? "") ?? findMatches(project, context, filters);
    found.set(filters ?? "", matches);
    return matches;
  };
  return {
    id: globalId("Project", project.id),
    internalId: String(project.id),
    name: project.name,
    entityName: project.entity,
    entity: entityView(project.entity),
    createdAt: project.created_at,
    isBenchmark: false,
    readOnly: false,
    isReadOnly: false,
    access: "PRIVATE",
    description: null,
    views: null,
    user: userView(context),
    runCount: ({ filters }: { filters?: string | null }) => matching(filters).length,
    runs: ({
      filters,
      order,
      ...page
    }: {
      filters?: string | null;
      order?: string | null;
      first?: number;
      after?: string;
    }) => {
      const compare = compileOrder(order);
      const ordered = [...matching(filters)].sort((a, b) => compare(a.run, b.run));
      return connection(ordered, page, ({ row }) => new RunView(row, context));
    },
    run,
    bucket: run,
    totalSweeps: () => store.sweeps.list(project.id).length,
    sweep: ({ sweepName }: { sweepName: string }) => {
      const row = store.sweeps.find(project.id, sweepName);
      return row === undefined ? null : sweepView(row, context);
    },
    sweeps: ({ filters, ...page }: { filters?: string | null; first?: number; after?: string }) => {
      const matches = compileFilter(filters);
      const rows = store.sweeps.list(project.id).filter((row) => matches(queryableSweep(row, context.user)));
      return connection(rows, page, (row) => sweepView(row, context));
    },
  };
}

/** A run with what filters and orders see of it. */
interface Match {
  readonly row: RunRow;
  readonly run: QueryableRun;
}

/** The runs that match, in the order they were made. */
function findMatches(project: ProjectRow, context: Context, filters?: string | null): Match[] {
  const matches = compileFilter(filters);
  const known = queryables.get(context.store) ?? new QueryableRuns(context.crashedAfter);
  queryables.set(context.store, known);
  return context.store.runs
    .list(project.id, namesIn(filters))
    .map((row) => ({ row, run: known.of(row) }))
    .filter(({ run }) => matches(run));
}
