/** The fields of a run that hold rows: what was logged, the machine's metrics, and the rows that hold chosen keys. */
export type HistoryField = "history" | "events" | "sampledHistory";

/** What a request asks of each run's rows, with the variables that it needs. */
export interface HistorySelection {
  readonly field: HistoryField;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The declarations of a selection's variables. */
export function declarationsOf({ field }: HistorySelection): string {
  return field === "sampledHistory" ? "$specs: [JSONString!]!" : "$samples: Int";
}

/** A run's rows, as a selection of its fields. */
export function fieldsOf({ field }: HistorySelection): string {
  return field === "sampledHistory" ? "sampledHistory(specs: $specs)" : `${field}(samples: $samples)`;
}

/** The rows of chosen runs (`$filters` names their ids), and further fields of each. */
export function chosenHistories(selection: HistorySelection, runFields: string): string {
  return `query Histories($entity: String!, $project: String!, $filters: JSONString!, $first: Int!, ${declarationsOf(selection)}) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, first: $first) {
      edges { node { name ${runFields} ${fieldsOf(selection)} } }
      pageInfo { hasNextPage }
    }
  }
}`;
}

/** The first run's rows, beside a page of the listing: what a listing's own variables select. */
export function firstHistory(selection: HistorySelection, runFields: string): string {
  return `firstRun: runs(filters: $filters, order: $order, first: 1) {
      edges { node { name ${runFields} ${fieldsOf(selection)} } }
    }`;
}
