/**
 * The documents that read one run's rows whole. Field names follow the queries of the Python client 0.31
 * (`core/api/graphql` of github.com/wandb/wandb: RunHistoryKeys, RunParquetHistory, HistoryPage, SampledHistoryPage).
 */

import type { HistoryField } from "./history-documents.ts";

const ROWS: { readonly [F in HistoryField]: readonly [declarations: string, selection: string] } = {
  history: [
    "$minStep: Int64, $maxStep: Int64, $samples: Int",
    "history(minStep: $minStep, maxStep: $maxStep, samples: $samples)",
  ],
  events: ["$samples: Int", "events(samples: $samples)"],
  sampledHistory: ["$specs: [JSONString!]!", "sampledHistory(specs: $specs)"],
};

/** Rows of the run `$name`. */
export function rowsOfRun(field: HistoryField): string {
  const [declarations, selection] = ROWS[field];
  return `query RunRows($entity: String!, $project: String!, $name: String!, ${declarations}) {
  project(name: $project, entityName: $entity) { run(name: $name) { ${selection} } }
}`;
}

/** How much there is of the run `$name`, and further fields of it. */
export function extentOfRun(fields: string): string {
  return `query RunExtent($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { ${fields} } }
}`;
}
