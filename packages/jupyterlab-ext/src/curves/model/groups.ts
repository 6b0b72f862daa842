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
 * What runs can be grouped by: a plot's own groups, keys of the config, and fields that several runs may share.
 *
 * @param nothing - what the group of runs without a value is called
 */
export function groupings(history: HistoryData, runs: RunsData | undefined, nothing: string): Grouping[] {
  const own = history.runs.some(({ group }) => group !== undefined);
  const numbers = new Map(runs?.ids.map((id, number) => [id, number]));
  return [
    ...(own ? [{ key: OWN_GROUPS, name: history.plot?.groupBy ?? "", groupOf: ownGroup(nothing) }] : []),
    ...(runs?.columns ?? []).filter(groups).map((column) => ({
      key: column.key,
      name: column.name,
      groupOf: ({ id }: HistoryRun) => groupLabel(column.values[numbers.get(id) ?? -1] ?? null, nothing),
    })),
  ];
}

function ownGroup(nothing: string): GroupOf {
  return ({ group }) => group ?? nothing;
}

function groups({ kind, name, values }: RunsColumn): boolean {
  if (kind !== "config" && !(kind === "field" && FIELDS.has(name))) return false;
  return values.some((value) => value !== null);
}

function groupLabel(value: Cell, nothing: string): string {
  if (value === null || value === "") return nothing;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
