/**
 * The documents about one run. Field names follow the queries of the Python client 0.31 (`wandb/apis/public/runs.py`,
 * `files.py`, and `core/api/graphql/*.graphql` of github.com/wandb/wandb).
 */

import { FULL_FIELDS, LIGHT_FIELDS, SWEEP_FIELDS } from "./documents.ts";

function oneRun(operation: string, variables: string, fields: string): string {
  return `query ${operation}($entity: String!, $project: String!, $name: String!${variables}) {
  project(name: $project, entityName: $entity) {
    run(name: $name) { ${fields} }
  }
}`;
}

/** Everything about a run that isn't a list of its own. */
export function getRun({ sweep }: { readonly sweep: boolean }): string {
  const fields = `${LIGHT_FIELDS}${sweep ? ` sweep { ${SWEEP_FIELDS} }` : ""} ${FULL_FIELDS} historyKeys`;
  return oneRun("Run", "", fields);
}

export const RUN_STATE = oneRun("RunState", "", "state");

/** What the histories of chosen runs hold (`$filters` names their ids). */
export const HISTORY_KEYS = `query RunHistoryKeys($entity: String!, $project: String!, $filters: JSONString!, $first: Int!) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, first: $first) { edges { node { name historyKeys } } pageInfo { hasNextPage } }
  }
}`;

export const RUN_FILES = oneRun(
  "RunFiles",
  ", $names: [String], $pattern: String, $first: Int!, $after: String",
  `files(names: $names, pattern: $pattern, first: $first, after: $after) {
      edges { cursor node { id name url sizeBytes mimetype updatedAt md5 } }
      pageInfo { endCursor hasNextPage }
    }`,
);

const LINE_FIELDS = "number timestamp level label line";

/** Console lines from the first. `useImprovedPagination` is what the reference sends; its cursors stand still. */
export const CONSOLE_PAGE = oneRun(
  "RunConsoleLogPage",
  ", $first: Int!, $after: String",
  `logLines(first: $first, after: $after, useImprovedPagination: true) {
      edges { node { ${LINE_FIELDS} } }
      pageInfo { endCursor hasNextPage }
    }`,
);

/** The last console lines, and how many there are in all. */
export const CONSOLE_TAIL = oneRun(
  "RunConsoleLogTail",
  ", $last: Int!",
  `logLineCount logLines(last: $last) { edges { node { ${LINE_FIELDS} } } }`,
);
