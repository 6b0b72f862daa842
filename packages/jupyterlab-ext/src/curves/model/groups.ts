import type { HistoryData, HistoryRun } from "../../data/history-data.ts";
import type { Cell, RunsColumn, RunsData } from "../../data/runs-data.ts";

/** The label of the group that a run's rows belong to. */
export type GroupOf = (run: HistoryRun) => string;

/** Something to group runs by. */
export interface Grouping {
  /** Tells it from every other: `plot`, or a column's key. */
  readonly key: string;
  /** What it is called; empty: as the plot was grouped. */
  readonly name: string;
  readonly groupOf: GroupOf;
}

/** The key of a plot's own groups. */
export const OWN_GROUPS = "plot";

/** Fields of runs that runs have in common. */
const FIELDS = new Set(["group", "jobType", "state", "user", "sweep"]);

/**
 * What runs can be grouped by: a plot's own groups, keys of the config that aren't the same in all runs, and fields that
 * several runs may share.
 *
 * @param nothing - what the group of runs without a value is called
 * @param chosen - the key of a grouping that is there even when its values are all the same
 */
export function groupings(
  history: HistoryData,
  runs: RunsData | undefined,
  nothing: string,
  chosen: string | undefined,
): Grouping[] {
  const own = history.runs.some(({ group }) => group !== undefined);
  const numbers = new Map(runs?.ids.map((id, number) => [id, number]));
  const of = (kind: RunsColumn["kind"]) => (runs?.columns ?? []).filter((column) => column.kind === kind);
  const columns = [...of("config"), ...of("field").filter(({ name }) => FIELDS.has(name))].map((column) => ({
    key: column.key,
    name: column.name,
    groupOf: ({ id }: HistoryRun) => groupLabel(column.values[numbers.get(id) ?? -1] ?? null, nothing),
  }));
  return [
    ...(own ? [{ key: OWN_GROUPS, name: history.plot?.groupBy ?? "", groupOf: ownGroup(nothing) }] : []),
    ...columns.filter(({ key, groupOf }) => key === chosen || differs(history.runs, groupOf)),
  ];
}

/** Looks no further than to the first run that is of another group: there may be many runs and many keys. */
function differs(runs: readonly HistoryRun[], groupOf: GroupOf): boolean {
  const [first] = runs;
  if (first === undefined) return false;
  const label = groupOf(first);
  return runs.some((run) => groupOf(run) !== label);
}

function ownGroup(nothing: string): GroupOf {
  return ({ group }) => group ?? nothing;
}

function groupLabel(value: Cell, nothing: string): string {
  if (value === null || value === "") return nothing;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
