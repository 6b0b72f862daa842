import type { TranslationBundle } from "@jupyterlab/translation";
import type { RunsFieldName } from "@lazyruns/notebook/mime";
import type { RunsColumn } from "../data/runs-data.ts";
import type { ColumnKind } from "../grid/column.ts";

/** What people call a field of a run. */
export function fieldTitle(name: string, trans: TranslationBundle): string {
  const titles: Readonly<Record<RunsFieldName, string>> = {
    name: trans.__("Name"),
    state: trans.__("State"),
    createdAt: trans.__("Created"),
    runtime: trans.__("Duration"),
    tags: trans.__("Tags"),
    group: trans.__("Group"),
    jobType: trans.__("Job type"),
    user: trans.__("User"),
    sweep: trans.__("Sweep"),
    notes: trans.__("Notes"),
    heartbeatAt: trans.__("Last seen"),
    historyLineCount: trans.__("Rows logged"),
    description: trans.__("Description"),
    commit: trans.__("Commit"),
    id: trans.__("Id"),
  };
  return Object.hasOwn(titles, name) ? titles[name as RunsFieldName] : name;
}

/** How a value of a run is written. */
export function valueKind({ kind, name, dtype }: RunsColumn): ColumnKind {
  if (dtype === "datetime") return "moment";
  if (kind === "field" && name === "runtime") return "duration";
  if (kind === "field" && name === "tags") return "tags";
  if (dtype === "int64" || dtype === "float64") return "number";
  return dtype === "json" ? "json" : "text";
}
