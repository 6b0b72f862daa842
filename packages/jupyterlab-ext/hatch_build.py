"""Refuses to make a wheel or an sdist without the built front end: it would install well, and show nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltExtensionHook(BuildHookInterface):  # type: ignore[type-arg]
    """Looks for the built extension before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        flaw = _flaw(Path(self.root))
        if flaw is not None and version != "editable":
            raise RuntimeError(
                f"{flaw} Run `npm run wheel` in the repository: it builds that first, then the wheel."
            )


def _flaw(root: Path) -> str | None:
    built = root / "jupyterlab_lazyruns" / "labextension"
    try:
        theirs = json.loads((built / "package.json").read_text("utf-8"))
    except (OSError, ValueError):
        return (
            "The JupyterLab extension isn't built: jupyterlab_lazyruns/labextension/package.json isn't there."
        )
    ours = json.loads((root / "package.json").read_text("utf-8"))
    entry = theirs.get("jupyterlab", {}).get("_build", {}).get("load", "")
    if not entry or not (built / entry).is_file():
        return f"The built JupyterLab extension has no entry file {entry or 'at all'}."
    if theirs.get("version") != ours["version"]:
        return f"The built JupyterLab extension is of version {theirs.get('version')}, not {ours['version']}."
    return None
