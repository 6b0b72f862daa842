"""The GraphQL documents that are sent, all of them and all of them queries: nothing that a page asks for becomes part
of one. Field names follow the queries of the Python client 0.31 (`wandb/apis/_generated/operations.py` and
`core/api/graphql` of github.com/wandb/wandb)."""

from __future__ import annotations

VIEWER = """query Viewer {
  viewer { username entity teams { edges { node { name } } } }
}"""

_PROJECTS = """query Projects($entity: String!, $first: Int!, $after: String) {
  models(entityName: $entity, first: $first, after: $after) {
    edges { cursor node { id name%s } }
    pageInfo { endCursor hasNextPage }
  }
}"""

PROJECTS = _PROJECTS % (
    ' description runCount runs(first: 1, order: "-heartbeat_at") { edges { node { heartbeatAt createdAt } } }'
)

PROJECT_NAMES = _PROJECTS % ""
"""For a server that refuses the other, or is too slow with it: it lacks a field, or finds it too much work."""

RUNS = """query Runs(
  $entity: String!, $project: String!, $filters: JSONString, $order: String, $first: Int!, $after: String
) {
  project(name: $project, entityName: $entity) {
    runCount(filters: $filters)
    runs(filters: $filters, order: $order, first: $first, after: $after) {
      edges { cursor node {
        name displayName state createdAt tags group sweepName user { name username }
      } }
      pageInfo { endCursor hasNextPage }
    }
  }
}"""
