"""The API below `<base_url>lazyruns/api/`: three addresses, to GET alone. What else is asked of them is refused (405),
but for OPTIONS, which is answered as all of Jupyter's API does: with the origins and headers that it allows."""

from __future__ import annotations

import json
import traceback
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from .credentials import Credentials, Surroundings, find_base_url, find_credentials
from .errors import ApiError
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
    redactor: Redactor | None = None

    async def answer(self) -> dict[str, Any]:
        """What is answered with. It may raise an ApiError."""
        raise NotImplementedError

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Sends the answer, or what is wrong: never the key, whatever the W&B server or a defect of ours says."""
        try:
            found = await self.answer()
        except ApiError as error:
            self.set_status(error.status)
            found = {"message": error.message, "help": error.help}
        except Exception:  # noqa: BLE001 (whatever it is, its traceback may hold the key)
            self.log.error("Lazyruns: a defect.\n%s", self.cleaned(traceback.format_exc()))
            self.set_status(500)
            found = {
                "message": "The Lazyruns server extension failed.",
                "help": "See the log of the Jupyter server, and report what stands there.",
            }
        self.set_header("Cache-Control", "no-store")
        self.finish(self.cleaned(json.dumps(found)))

    def parameters(self) -> Parameters:
        """What is asked for.

        Raises:
            ApiError: 400 for what can't be.
        """
        names = self.request.query_arguments
        try:
            given = {name: self.get_query_arguments(name, strip=False) for name in names}
        except web.HTTPError:
            raise bad("A parameter is not in UTF-8.", "Encode its value so.") from None
        return Parameters(given, self.known)

    def credentials(self) -> Credentials:
        """Looks them up, once a request: from now on, nothing that is sent or logged holds this key."""
        found = find_credentials(Surroundings())
        self.redactor = Redactor(found.api_key)
        return found

    def cleaned(self, text: str) -> str:
        """The text without the key that this request uses."""
        return text if self.redactor is None else self.redactor.clean(text)


class StatusHandler(_Handler):
    """Whether there is a key, whose it is, and for which server."""

    async def answer(self) -> dict[str, Any]:
        self.parameters()
        found: dict[str, Any] = {"configured": False}
        try:
            found["url"] = find_base_url(Surroundings())
            viewer = await ask_viewer(self.credentials())
        except ApiError as error:
            return {**found, "problem": error.message, "help": error.help}
        return {**found, "configured": True, "entity": viewer.entity, "user": viewer.user}


class ProjectsHandler(_Handler):
    """The projects of an entity."""

    known = ("entity",)

    async def answer(self) -> dict[str, Any]:
        entity = self.parameters().name("entity")
        return await list_projects(self.credentials(), entity)


class RunsHandler(_Handler):
    """A page of a project's runs."""

    known = ("entity", "project", "order", "state", "search", "limit", "cursor")

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
        credentials = self.credentials()
        return await list_runs(credentials, entity or await own_entity(credentials), project, page)
