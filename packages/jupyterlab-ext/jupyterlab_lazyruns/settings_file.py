"""W&B's settings files, read as `packages/core/src/transport/settings-file.ts` reads them: Python's `configparser`
refuses a whole file for one bad line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\[([^\]]+)\]")
_ENTRY = re.compile(r"([^\s#;=:][^=:]*?)\s*[=:]\s*(.*?)\s*", re.ASCII)


def parse_settings(text: str) -> dict[str, str]:
    """The `[default]` section: `key = value` or `key: value`, comments with `#` or `;`, keys in any case."""
    settings: dict[str, str] = {}
    section = ""
    for line in re.split(r"\r?\n", text):
        header = _HEADER.match(line)
        if header:
            section = header[1]
        elif section == "default":
            entry = _ENTRY.fullmatch(line)
            if entry:
                settings[entry[1].lower()] = entry[2]
    return settings
