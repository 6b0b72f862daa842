import { count, counted } from "../format.ts";
import type { RunsColumn, RunsModel } from "./model.ts";

/** What people call the fields. */
const TITLES: Readonly<Record<string, string>> = {
  name: "Name",
  state: "State",
  createdAt: "Created",
  runtime: "Runtime",
  tags: "Tags",
  group: "Group",
  jobType: "Job type",
  user: "User",
  sweep: "Sweep",
  sweepName: "Sweep",
  notes: "Notes",
  heartbeatAt: "Last heard",
  historyLineCount: "History rows",
  description: "Description",
  commit: "Commit",
  id: "Id",
};

/** A column's head: a key as it is, a field by what people call it. */
export function titleOf({ kind, name }: RunsColumn): string {
  return kind === "field" && Object.hasOwn(TITLES, name) ? (TITLES[name] as string) : name;
}

/** How many of the runs are there: `1,234 runs`, `50 of 1,234 runs loaded`. */
export function loadedText({ of, loaded, total }: RunsModel): string {
  if (of === "table") return counted(loaded, "run");
  if (total === undefined) return loaded === 0 ? "not loaded yet" : `${counted(loaded, "run")} loaded so far`;
  return loaded >= total ? counted(total, "run") : `${count(loaded)} of ${counted(total, "run")} loaded`;
}

/** How many of the runs are in each state, most first; empty when nothing is known of it. */
export function stateCounts({ states }: RunsModel): [state: string, runs: number][] {
  const counts = new Map<string, number>();
  for (const state of states) {
    if (typeof state === "string") counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
