/**
 * The documents about who reads and what there is to read. Field names follow the queries of the Python client 0.31
 * (`wandb/apis/_generated/operations.py`: GetViewer, GetProjects).
 */

export const VIEWER = `query Viewer {
  viewer { id name username email entity teams { edges { node { name } } } }
}`;

export const PROJECTS = `query Projects($entity: String!, $first: Int!, $after: String) {
  models(entityName: $entity, first: $first, after: $after) {
    edges { cursor node { id name entityName createdAt } }
    pageInfo { endCursor hasNextPage }
  }
}`;
