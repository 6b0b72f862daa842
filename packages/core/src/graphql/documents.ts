/**
 * The documents core sends. Field names follow the queries of the Python client 0.31
 * (`core/api/graphql/*.graphql` and `wandb/apis/_generated` of github.com/wandb/wandb).
 */

export const LIGHT_FIELDS = `id name displayName state tags group jobType sweepName commit description notes
      createdAt heartbeatAt historyLineCount readOnly user { name username }`;

export const FULL_FIELDS = "config summaryMetrics systemMetrics";

export const SWEEP_FIELDS = "id name displayName state config";

/** What a listing's runs carry beyond the light fields. */
export interface ListingShape {
  readonly full: boolean;
  readonly sweeps: boolean;
}

/** The selection of a listed run. */
export function runFields({ full, sweeps }: ListingShape): string {
  return `${LIGHT_FIELDS}${sweeps ? ` sweep { ${SWEEP_FIELDS} }` : ""}${full ? ` ${FULL_FIELDS}` : ""}`;
}

/** Fields of `project` that are asked for in the same request as a page of runs. */
export interface Also {
  /** The variables they need beyond the listing's own, as `", $samples: Int"`. */
  readonly declarations: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly selection: string;
}

/** A page of runs, with the count of all that match. */
export function listRuns(fields: string, also?: Also): string {
  return `query Runs($entity: String!, $project: String!, $filters: JSONString, $order: String, $first: Int!, $after: String${also?.declarations ?? ""}) {
  project(name: $project, entityName: $entity) {
    runCount(filters: $filters)
    runs(filters: $filters, order: $order, first: $first, after: $after) {
      edges { cursor node {
      ${fields}
      } }
      pageInfo { endCursor hasNextPage }
    }${also === undefined ? "" : `\n    ${also.selection}`}
  }
}`;
}

/** How many runs match. */
export const COUNT_RUNS = `query RunCount($entity: String!, $project: String!, $filters: JSONString) {
  project(name: $project, entityName: $entity) { runCount(filters: $filters) }
}`;

/** The sweeps of the given names, under the aliases s0, s1, ...: for a server whose runs have no `sweep` field. */
export function findSweeps(count: number): string {
  const indexes = [...Array(count).keys()];
  const variables = indexes.map((index) => `, $s${index}: String!`).join("");
  const fields = indexes
    .map((index) => `    s${index}: sweep(sweepName: $s${index}) { ${SWEEP_FIELDS} }`)
    .join("\n");
  return `query Sweeps($entity: String!, $project: String!${variables}) {
  project(name: $project, entityName: $entity) {
${fields}
  }
}`;
}

/** The heavy fields of chosen runs (`$filters` names their ids). */
export const LOAD_RUNS = `query LoadRuns($entity: String!, $project: String!, $filters: JSONString!, $first: Int!) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, first: $first) { edges { node { name ${FULL_FIELDS} } } pageInfo { hasNextPage } }
  }
}`;
