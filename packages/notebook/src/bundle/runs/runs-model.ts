import type { Run, Runs } from "@lazyruns/core";
import { count, counted, listed } from "../format.ts";
import { MOST_KEYS, MOST_RUNS } from "../limits.ts";
import type { BundleOptions } from "../options.ts";
import { chosenColumns } from "./chosen-columns.ts";
import { ALWAYS_SHOWN, FIELDS, SHOWN_IF_ANY, SHOWN_IF_DIFFERENT } from "./fields.ts";
import { type KeyColumn, keyColumns, telling } from "./key-columns.ts";
import type { RunsColumn, RunsModel } from "./model.ts";

/** What is read of a collection. */
export type PeekedRuns = Pick<Runs, "entity" | "project" | "peek">;

/** A collection as it is now: what was fetched of it, and nothing is asked for. */
export function runsModel(collection: PeekedRuns, options: BundleOptions): RunsModel {
  const { fetched, total } = collection.peek();
  const runs = fetched.slice(0, options.maxRows ?? MOST_RUNS);
  const full = runs.filter((run) => run.isLoaded).length;
  const { columns, notes } = columnsOf(runs, full, options.columns);
  return {
    of: "runs",
    entity: collection.entity,
    project: collection.project,
    url: projectUrl(runs[0]),
    total,
    loaded: fetched.length,
    full,
    madeAt: new Date(),
    ids: runs.map(({ id }) => id),
    states: fetched.map(({ state }) => state),
    columns,
    notes: [
      ...(options.failure === undefined ? notShown(runs.length, fetched.length, total) : [options.failure]),
      ...notes,
    ],
    histories: options.histories,
    keys: options.keys,
  };
}

/** The page of a run's project, which the address of the run's own page begins with. */
export function projectUrl(run: Run | undefined): string | undefined {
  const url = run?.url.replace(/\/runs\/[^/]*$/, "");
  return url !== undefined && /^https?:\/\//.test(url) ? url : undefined;
}

function columnsOf(
  runs: readonly Run[],
  full: number,
  chosen: readonly string[] | undefined,
): { columns: RunsColumn[]; notes: string[] } {
  const keys = [...keyColumns(runs, "config"), ...keyColumns(runs, "summary")];
  const fields = Object.entries(FIELDS).map(([name, { read }]) => ({ name, values: runs.map(read) }));
  if (chosen !== undefined) return chosenColumns(chosen, fields, keys, { runs: runs.length, full });
  const shown = new Map<KeyColumn, boolean>();
  const notes = [];
  for (const kind of ["config", "summary"] as const) {
    const tell = telling(keys.filter((key) => key.kind === kind));
    for (const key of tell.slice(0, MOST_KEYS)) shown.set(key, true);
    const rest = tell.slice(MOST_KEYS).map(({ name }) => name);
    if (rest.length > 0) {
      notes.push(
        `${counted(rest.length, `more ${kind} key`)} ${rest.length === 1 ? "differs" : "differ"}: ${listed(rest)}.`,
      );
    }
  }
  if (full < runs.length) notes.push(notLoaded(full, runs.length));
  else if (runs.length > 1 && shown.size === 0)
    notes.push("Config and summary are the same in all of these runs.");
  const fieldColumns = fields
    .filter(({ name, values }) => isAlways(name) || values.some((value) => value !== null))
    .map(({ name, values }) => ({ kind: "field" as const, name, values, shown: isShown(name, values) }));
  const inOrder = [...shown.keys(), ...keys.filter((key) => !shown.has(key))];
  const keyed = inOrder.map((key) => ({ ...key, shown: shown.has(key) }));
  return { columns: [...fieldColumns, ...keyed], notes };
}

function isAlways(name: string): boolean {
  return (ALWAYS_SHOWN as readonly string[]).includes(name);
}

function isShown(name: string, values: readonly unknown[]): boolean {
  if (isAlways(name)) return true;
  if ((SHOWN_IF_ANY as readonly string[]).includes(name)) return values.some((value) => value !== null);
  return (SHOWN_IF_DIFFERENT as readonly string[]).includes(name) && new Set(values).size > 1;
}

/** What to do for config and summary. */
export function notLoaded(full: number, shown: number): string {
  const what =
    full === 0
      ? "Config and summary are not loaded"
      : `Config and summary are loaded for ${count(full)} of these ${count(shown)} runs`;
  return `${what}: await runs.upgradeToFull()`;
}

function notShown(shown: number, fetched: number, total: number | undefined): string[] {
  if (fetched > shown)
    return [
      `${counted(fetched - shown, "more run")} loaded and not shown: show(runs, { maxRows: ${fetched} }).`,
    ];
  if (fetched === 0 && total === undefined)
    return ["Nothing is loaded yet: await lazyruns.show(runs), or go over the runs."];
  return [];
}
