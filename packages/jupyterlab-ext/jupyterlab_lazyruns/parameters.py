"""What a page asks for, checked before anything is asked of the W&B server."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from .errors import ApiError

LONGEST = 1000
"""Characters of one value."""

# JupyterLab puts a bare number behind an address that must not come from a cache; the others are Jupyter's own.
_NOT_OURS = re.compile(r"\d+|token|_xsrf")


class Parameters:
    """The parameters of one request.

    Args:
        given: each name with its values.
        known: the names that there are.

    Raises:
        ApiError: 400 for an unknown name, and for a value that is too long.
    """

    def __init__(self, given: Mapping[str, Sequence[str]], known: Sequence[str]) -> None:
        for name, values in given.items():
            if name not in known and not _NOT_OURS.fullmatch(name):
                raise bad(f"There is no parameter {show(name)} here.", f"There are{_listed(known)}.")
            if any(len(value) > LONGEST for value in values):
                raise bad(
                    f"{show(name)} has a value of more than {LONGEST} characters.", "Give a shorter one."
                )
        self._given = given

    def text(self, name: str) -> str | None:
        """A value that may be given once; None when it isn't, or is empty."""
        values = self._given.get(name, ())
        if len(values) > 1:
            raise bad(f"{name} is given {len(values)} times.", "Give it once.")
        return values[0] if values and values[0] != "" else None

    def texts(self, name: str) -> list[str]:
        """The values of one that may be given several times."""
        return [value for value in self._given.get(name, ()) if value != ""]

    def name(self, name: str) -> str | None:
        """The name of an entity or a project."""
        value = self.text(name)
        if value is not None and (
            value.strip() in ("", ".", "..") or re.search(r"[/\\\x00-\x1f\x7f]", value)
        ):
            raise bad(f"{name} is {show(value)}.", "Give a name, without slashes and control characters.")
        return value

    def whole(self, name: str, default: int, most: int) -> int:
        """A whole number of at least 1."""
        value = self.text(name)
        if value is None:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= most:
            raise bad(f"{name} is {show(value)}.", f"Give a whole number from 1 to {most}.")
        return int(value)


def _listed(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else " none"


def bad(message: str, help: str) -> ApiError:
    """What a parameter that can't be is answered with."""
    return ApiError(400, message, help)


def show(value: str) -> str:
    """A value as a message names it: short, on one line."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
