import type { Also } from "./documents.ts";

/**
 * The fields of a run that hold rows: what was logged and the machine's metrics, both as JSON texts, and the rows that
 * hold chosen keys, as lists of objects.
 */
export type HistoryField = "history" | "events" | "sampledHistory";

/** What a request asks of each run's rows, with the variables that it needs. */
export interface HistorySelection {
  readonly field: HistoryField;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The rows of chosen runs (`$filters` names their ids), and further fields of each. */
export function chosenHistories(selection: HistorySelection, runFields: string): string {
  return `query Histories($entity: String!, $project: String!, $filters: JSONString!, $first: Int!${declarations(selection)}) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, first: $first) {
      edges { node { name ${runFields} ${rows(selection)} } }
      pageInfo { hasNextPage }
    }
  }
}`;
}

/** The rows of the first run of a page of the listing, in the page's own request. */
export function firstHistory(selection: HistorySelection, runFields: string): Also {
  return {
    declarations: declarations(selection),
    variables: selection.variables,
    selection: `firstRun: runs(filters: $filters, order: $order, first: 1, after: $after) {
      edges { node { name ${runFields} ${rows(selection)} } }
    }`,
  };
}

function declarations({ field }: HistorySelection): string {
  return field === "sampledHistory" ? ", $specs: [JSONString!]!" : ", $samples: Int";
}

function rows({ field }: HistorySelection): string {
  return field === "sampledHistory" ? "sampledHistory(specs: $specs)" : `${field}(samples: $samples)`;
}
