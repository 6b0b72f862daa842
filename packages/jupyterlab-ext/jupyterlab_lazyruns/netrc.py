"""netrc files, read as `packages/core/src/transport/netrc.ts` reads them: Python's own module refuses some that W&B
users have, and whole files for one bad line."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"""#[^\n]*|\n|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'|[^\s"']+""", re.ASCII)
"""A word, bare or quoted as a shell would, or a comment to the line's end, or a line's end."""

_MACRO = re.compile(r"^[^\S\n]*macdef\b[\s\S]*?(?:\n[^\S\n]*\n|\Z)", re.ASCII | re.MULTILINE)


def password_for(text: str, machine: str) -> str | None:
    """The password that a netrc file keeps for a machine, or for its `default` entry.

    Args:
        text: the file's.
        machine: a host, with its port when that isn't the scheme's own.
    """
    passwords: dict[str, str] = {}
    entry = None
    words = _words(_MACRO.sub("\n", text))
    for word in words:
        if word == "machine":
            entry = next(words, "")
        elif word == "default":
            entry = "default"
        elif word in ("login", "account"):
            next(words, None)
        elif word == "password":
            password = next(words, None)
            if entry is not None and password is not None:
                passwords[entry] = password
    return passwords.get(machine, passwords.get("default"))


def _words(text: str) -> Iterator[str]:
    is_value = False
    for token in _TOKEN.findall(text):
        # A password may begin with "#": only where a keyword is due does it begin a comment.
        if token == "\n" or (token.startswith("#") and not is_value):
            continue
        is_value = not is_value and token != "default"
        yield re.sub(r"\\([^\n])", r"\1", token[1:-1]) if token[0] in "\"'" else token
