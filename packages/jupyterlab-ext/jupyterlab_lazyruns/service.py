"""What the API answers with: the status, the projects and the runs, out of what the W&B server says."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

from .app_url import page_url
from .credentials import Credentials
from .documents import PROJECT_NAMES, PROJECTS, RUNS, VIEWER
from .errors import ApiError
from .graphql import Refused, query
from .parameters import bad, show
from .transport import TooSlow

MOST_PROJECTS = 1000
_PROJECTS_AT_ONCE = 100


@dataclass(frozen=True)
class Viewer:
    """Whose key it is."""

    user: str | None
    entity: str | None
    teams: list[str]


@dataclass(frozen=True)
class RunsPage:
    """Which runs, as `listing` has it; `cursor` is an earlier page's, None for the first."""

    filters: str
    order: str
    limit: int
    cursor: str | None


async def ask_viewer(credentials: Credentials) -> Viewer:
    """Asks who the key belongs to.

    Raises:
        ApiError: as `query` does; 401 when the server knows nobody by it.
    """
    data = await query(credentials, VIEWER, {}, "asking whose API key this is")
    viewer = data.get("viewer")
    if not isinstance(viewer, dict):
        raise ApiError(
            401,
            f"{credentials.base_url} knows nobody by this API key.",
            "Check that the key belongs to this server: WANDB_API_KEY and WANDB_BASE_URL, or run `wandb login`.",
        )
    teams = [_text(team.get("name")) for team in _nodes(viewer.get("teams"))]
    return Viewer(
        user=_text(viewer.get("username")),
        entity=_text(viewer.get("entity")) or _text(viewer.get("username")),
        teams=[team for team in teams if team],
    )


async def own_entity(credentials: Credentials) -> str:
    """The entity that is meant where none is named."""
    return _own(await ask_viewer(credentials), credentials)


async def list_projects(credentials: Credentials, given: str | None) -> dict[str, Any]:
    """The projects of an entity, the ones with the latest sign of life first, and the entities that there are.

    Raises:
        ApiError: as `query` does; 404 for an entity that the key can't read.
    """
    viewer = await ask_viewer(credentials)
    entity = given if given is not None else _own(viewer, credentials)
    own = [name for name in (viewer.entity, viewer.user, *viewer.teams) if name]
    projects, is_truncated = await _projects_of(credentials, entity)
    projects.sort(key=lambda project: str(project["name"]).casefold())
    projects.sort(key=lambda project: project["lastActive"] or "", reverse=True)
    return {
        "entity": entity,
        "entities": list(dict.fromkeys(own)),
        "projects": projects,
        "truncated": is_truncated,
    }


async def list_runs(credentials: Credentials, entity: str, project: str, page: RunsPage) -> dict[str, Any]:
    """A page of a project's runs, and how many match in all.

    Raises:
        ApiError: as `query` does; 404 for a project that isn't there.
    """
    variables = {
        "entity": entity,
        "project": project,
        "filters": page.filters,
        "order": page.order,
        "first": page.limit,
        "after": page.cursor,
    }
    doing = f"listing the runs of {entity}/{project}"
    try:
        data = await query(credentials, RUNS, variables, doing)
    except Refused as refusal:
        if page.cursor is not None and re.search("cursor", refusal.message.replace(doing, ""), re.IGNORECASE):
            raise bad(f"cursor is {show(page.cursor)}.", "Give that of an earlier page, or none.") from None
        raise
    found = data.get("project")
    if not isinstance(found, dict):
        raise ApiError(
            404,
            f"There is no project {entity}/{project} at {credentials.base_url}, or the API key may not read it.",
            "Check the names of the entity and the project.",
        )
    total = found.get("runCount")
    return {
        "total": total if isinstance(total, int) else 0,
        "url": page_url(credentials.base_url, os.environ, entity, project, "workspace"),
        "runs": [_run(node) for node in _nodes(found.get("runs"))],
        "cursor": _next(found.get("runs"), page.cursor, doing),
    }


async def _projects_of(credentials: Credentials, entity: str) -> tuple[list[dict[str, Any]], bool]:
    try:
        return await _pages_of_projects(credentials, entity, PROJECTS)
    except (Refused, TooSlow):
        return await _pages_of_projects(credentials, entity, PROJECT_NAMES)


async def _pages_of_projects(
    credentials: Credentials, entity: str, document: str
) -> tuple[list[dict[str, Any]], bool]:
    # Cursors are offsets: a project that was made meanwhile moves the others on by one.
    projects: dict[str, dict[str, Any]] = {}
    after: str | None = None
    doing = f"listing the projects of {entity}"
    while True:
        variables = {"entity": entity, "first": _PROJECTS_AT_ONCE, "after": after}
        # Half of the time: what can be asked in two ways takes no longer than what can be in one.
        data = await query(credentials, document, variables, doing, share=0.5)
        page = data.get("models")
        if not isinstance(page, dict):
            raise ApiError(
                404,
                f"There is no user or team {entity} at {credentials.base_url}, or the API key may not read it.",
                "Check the name of the entity.",
            )
        for node in _nodes(page):
            project = _project(node)
            if project is not None:
                projects.setdefault(project["name"], project)
        after = _next(page, after, doing)
        if after is None or len(projects) >= MOST_PROJECTS:
            return list(projects.values()), after is not None


def _own(viewer: Viewer, credentials: Credentials) -> str:
    if viewer.entity is None:
        message = f"{credentials.base_url} names no entity for this API key."
        raise ApiError(400, message, "Name one: entity=my-team.")
    return viewer.entity


def _project(node: dict[str, Any]) -> dict[str, Any] | None:
    name = _text(node.get("name"))
    if name is None:
        return None
    newest = next(iter(_nodes(node.get("runs"))), {})
    count = node.get("runCount")
    return {
        "name": name,
        "description": _text(node.get("description")),
        "lastActive": _text(newest.get("heartbeatAt")) or _text(newest.get("createdAt")),
        "runCount": count if isinstance(count, int) else None,
    }


def _run(node: dict[str, Any]) -> dict[str, Any]:
    user = node.get("user")
    who = user if isinstance(user, dict) else {}
    tags = node.get("tags")
    run_id = _text(node.get("name")) or ""
    return {
        "id": run_id,
        "name": _text(node.get("displayName")) or run_id,
        "state": _text(node.get("state")) or "unknown",
        "createdAt": _text(node.get("createdAt")),
        "user": _text(who.get("username")) or _text(who.get("name")),
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        "group": _text(node.get("group")),
        "sweep": _text(node.get("sweepName")),
    }


def _edges(connection: Any) -> list[dict[str, Any]]:
    edges = connection.get("edges") if isinstance(connection, dict) else None
    return [edge for edge in edges if isinstance(edge, dict)] if isinstance(edges, list) else []


def _nodes(connection: Any) -> list[dict[str, Any]]:
    return [edge["node"] for edge in _edges(connection) if isinstance(edge.get("node"), dict)]


def _next(connection: Any, before: str | None, doing: str) -> str | None:
    """Where the next page begins: behind the last edge, as the W&B client has it. None at the end.

    Raises:
        ApiError: 502 when there is more, but nothing that leads on to it.
    """
    page = connection.get("pageInfo") if isinstance(connection, dict) else None
    if not isinstance(page, dict) or page.get("hasNextPage") is not True:
        return None
    edges = _edges(connection)
    cursor = (_text(edges[-1].get("cursor")) if edges else None) or _text(page.get("endCursor"))
    if cursor is None or cursor == before:
        message = f"The W&B server says that there is more, but gives no new cursor to it, {doing}."
        raise ApiError(502, message, "Report it to those who run that server.")
    return cursor


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value != "" else None
