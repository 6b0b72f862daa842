import { count, counted } from "../format.ts";
import { FIELDS, isField } from "./fields.ts";
import type { RunsColumn, RunsModel } from "./model.ts";

/** A column's head: a key as it is, a field by what people call it. */
export function titleOf({ kind, name }: RunsColumn): string {
  return kind === "field" && isField(name) ? FIELDS[name].title : name;
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
