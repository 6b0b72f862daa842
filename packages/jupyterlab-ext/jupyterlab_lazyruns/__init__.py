"""The Jupyter side of Lazyruns: where its front end is, and the read-only API that its side panel asks."""

from __future__ import annotations

from typing import Any

from ._version import __version__

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """The prebuilt front end, for `jupyter labextension develop`."""
    return [{"src": "labextension", "dest": "@lazyruns/jupyterlab-ext"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """The module that Jupyter loads: this one."""
    return [{"module": "jupyterlab_lazyruns"}]


def _load_jupyter_server_extension(server_app: Any) -> None:
    """Adds the API below `<base_url>lazyruns/api/`."""
    from .handlers import add_handlers

    add_handlers(server_app.web_app)
