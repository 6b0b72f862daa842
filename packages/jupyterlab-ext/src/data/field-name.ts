import type { TranslationBundle } from "@jupyterlab/translation";
import type { RunsFieldName } from "@lazyruns/notebook/mime";

/** What a field of runs is called; one that isn't known by its own name. */
export function fieldName(name: string, trans: TranslationBundle): string {
  const names: Readonly<Record<RunsFieldName, string>> = {
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
    id: trans.__("ID"),
  };
  return Object.hasOwn(names, name) ? names[name as RunsFieldName] : name;
}
