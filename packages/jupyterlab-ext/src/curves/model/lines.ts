import { distinctLabels, type Rows } from "@lazyruns/curves";
import type { HistoryData, HistoryRun } from "../../data/history-data.ts";
import type { GroupOf } from "./groups.ts";

/** How many lines a chart has at most. */
export const MOST_LINES = 100;

/** What becomes a curve in every chart: a run, or several of a group. */
export interface Line {
  /** Tells it from every other line, and is the same in the next output: a run's id, or a group's label. */
  readonly key: string;
  readonly label: string;
  readonly isGroup: boolean;
  /** The rows of each run. */
  readonly runs: readonly (readonly Rows[])[];
}

/** The lines of the runs that are shown. */
export interface Lines {
  readonly lines: readonly Line[];
  /** How many lines there would be without a limit. */
  readonly total: number;
  /** How many of the runs that were asked for have no rows. */
  readonly absent: number;
}

/**
 * A line a run, or one a group; in the order of `shown`, or else that of the data.
 *
 * @param shown - the ids of runs; undefined: all
 * @param groupOf - undefined: a line a run
 */
export function linesOf(
  history: HistoryData,
  shown: readonly string[] | undefined,
  groupOf: GroupOf | undefined,
): Lines {
  const runs = byId(history.runs);
  const ids = shown === undefined ? [...runs.keys()] : [...new Set(shown)].filter((id) => runs.has(id));
  const all = groupOf === undefined ? runLines(runs, ids) : groupLines(runs, ids, groupOf);
  const absent = shown === undefined ? 0 : new Set(shown).size - ids.length;
  return { lines: all.slice(0, MOST_LINES), total: all.length, absent };
}

function byId(runs: readonly HistoryRun[]): Map<string, HistoryRun[]> {
  const found = new Map<string, HistoryRun[]>();
  for (const run of runs) {
    if (run.end <= run.start) continue;
    const parts = found.get(run.id);
    if (parts === undefined) found.set(run.id, [run]);
    else parts.push(run);
  }
  return found;
}

function runLines(runs: ReadonlyMap<string, readonly HistoryRun[]>, ids: readonly string[]): Line[] {
  const labels = distinctLabels([...runs].map(([id, parts]) => [id, parts[0]?.name || id] as const));
  return ids.map((id) => ({
    key: id,
    label: labels.get(id) as string,
    isGroup: false,
    runs: [runs.get(id) as readonly HistoryRun[]],
  }));
}

function groupLines(
  runs: ReadonlyMap<string, readonly HistoryRun[]>,
  ids: readonly string[],
  groupOf: GroupOf,
): Line[] {
  const groups = new Map<string, Map<string, HistoryRun[]>>();
  for (const id of ids) {
    for (const part of runs.get(id) as readonly HistoryRun[]) {
      const label = groupOf(part);
      const group = groups.get(label) ?? new Map<string, HistoryRun[]>();
      groups.set(label, group);
      group.set(id, [...(group.get(id) ?? []), part]);
    }
  }
  return [...groups].map(([label, members]) => ({
    key: label,
    label,
    isGroup: true,
    runs: [...members.values()],
  }));
}
