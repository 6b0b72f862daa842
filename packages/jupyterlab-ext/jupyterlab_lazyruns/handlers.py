"""The API below `<base_url>lazyruns/api/`: three addresses, GET alone. What else is asked of them is refused (405)."""

from __future__ import annotations

import json
import traceback
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from .credentials import Credentials, Surroundings, find_base_url, find_credentials
from .errors import ApiError, NotConfigured
from .listing import checked_order, filters
from .parameters import Parameters, bad
from .redactor import Redactor
from .service import RunsPage, ask_viewer, list_projects, list_runs, own_entity

DEFAULT_LIMIT = 50
MOST_RUNS = 1000


def add_handlers(web_app: web.Application) -> None:
    """Adds the API to a Jupyter server."""
    base = url_path_join(web_app.settings["base_url"], "lazyruns", "api")
    handlers = [("status", StatusHandler), ("projects", ProjectsHandler), ("runs", RunsHandler)]
    web_app.add_handlers(".*$", [(url_path_join(base, name), handler) for name, handler in handlers])


class _Handler(APIHandler):
    """Answers with JSON, for those whom the Jupyter server lets in."""

    auth_resource = "lazyruns"
    known: tuple[str, ...] = ()

    async def answer(self) -> dict[str, Any]:
        """What is answered with. It may raise an ApiError."""
        raise NotImplementedError

    async def respond(self) -> None:
        """Sends the answer, or what is wrong: never the key, whatever the W&B server or a defect of ours says."""
        try:
            found = await self.answer()
        except ApiError as error:
            self.set_status(error.status)
            found = {"message": error.message, "help": error.help}
        except Exception:
            self.log.error("Lazyruns: a defect.\n%s", _cleaned(traceback.format_exc()))
            self.set_status(500)
            found = {
                "message": "The Lazyruns server extension failed.",
                "help": "See the log of the Jupyter server, and report what stands there.",
            }
        self.set_header("Cache-Control", "no-store")
        self.finish(_cleaned(json.dumps(found)))

    def parameters(self) -> Parameters:
        names = self.request.query_arguments
        return Parameters({name: self.get_query_arguments(name, strip=False) for name in names}, self.known)


class StatusHandler(_Handler):
    """Whether there is a key, whose it is, and for which server."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self.respond()

    async def answer(self) -> dict[str, Any]:
        self.parameters()
        around = Surroundings()
        found: dict[str, Any] = {"configured": False}
        try:
            found["url"] = find_base_url(around)
            viewer = await ask_viewer(find_credentials(around))
        except ApiError as error:
            return {**found, "problem": error.message, "help": error.help}
        return {**found, "configured": True, "entity": viewer.entity, "user": viewer.user}


class ProjectsHandler(_Handler):
    """The projects of an entity."""

    known = ("entity",)

    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self.respond()

    async def answer(self) -> dict[str, Any]:
        entity = self.parameters().name("entity")
        return await list_projects(find_credentials(Surroundings()), entity)


class RunsHandler(_Handler):
    """A page of a project's runs."""

    known = ("entity", "project", "order", "state", "search", "limit", "cursor")

    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self.respond()

    async def answer(self) -> dict[str, Any]:
        given = self.parameters()
        entity, project = given.name("entity"), given.name("project")
        if project is None:
            raise bad("project is missing.", "Name the project: project=digits.")
        page = RunsPage(
            filters=filters(given.texts("state"), given.text("search")),
            order=checked_order(given.text("order")),
            limit=given.whole("limit", DEFAULT_LIMIT, MOST_RUNS),
            cursor=given.text("cursor"),
        )
        credentials = find_credentials(Surroundings())
        return await list_runs(credentials, entity or await own_entity(credentials), project, page)


def _cleaned(text: str) -> str:
    """The text without the key that is set now."""
    try:
        credentials: Credentials = find_credentials(Surroundings())
    except NotConfigured:
        return text
    return Redactor(credentials.api_key).clean(text)
