"""How runs are chosen and ordered: what a page asks for, in the words of W&B's filters and orders."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .parameters import bad, show

STATES = (
    "pending",
    "running",
    "finished",
    "failed",
    "crashed",
    "killed",
    "preempting",
    "preempted",
)

_PLAIN = {
    "created_at": "created_at",
    "createdAt": "created_at",
    "heartbeat_at": "heartbeat_at",
    "heartbeatAt": "heartbeat_at",
    "display_name": "displayName",
    "displayName": "displayName",
    "state": "state",
    "name": "name",
}
"""What an order may name, and what the server calls it. As in the W&B client, `name` is a run's id."""

_ORDER_HELP = (
    'Give "-" (descending) or "+" and created_at, heartbeat_at, display_name, name (the id), state, '
    "config.KEY or summary_metrics.KEY."
)


def checked_order(order: str | None) -> str:
    """The order that is sent: newest first when none is given.

    Raises:
        ApiError: 400 for what runs can't be ordered by.
    """
    if order is None:
        return "-created_at"
    # A "+" in a query string is a space, unless it is encoded.
    sign, key = (order[0], order[1:]) if order[:1] in ("+", "-", " ") else ("+", order)
    known = _PLAIN.get(key) or _value_key(key)
    if known is None:
        raise bad(f"order is {show(order)}.", _ORDER_HELP)
    return f"{'-' if sign == '-' else '+'}{known}"


def _value_key(key: str) -> str | None:
    family, dot, path = key.partition(".")
    # Control signs are in no key that anyone logged on purpose.
    if not dot or path == "" or re.search(r"[\x00-\x1f\x7f]", path):
        return None
    if family == "summary_metrics":
        return key
    if family == "config":
        # W&B keeps each entry of config behind a `value`; a path that has dots is as it was given.
        return key if "." in path else f"{key}.value"
    return None


def filters(states: Sequence[str], search: str | None) -> str:
    """The filter that is sent, as JSON.

    Args:
        states: those wanted; none for all.
        search: text, in any case, that the name that people see or the id holds; None for all.

    Raises:
        ApiError: 400 for a state that there isn't.

    Example:
        filters(["running"], "mlp")
    """
    for state in states:
        if state not in STATES:
            raise bad(f"state is {show(state)}.", f"Give one of {', '.join(STATES)}.")
    parts: list[dict[str, Any]] = []
    if states:
        parts.append({"state": {"$in": sorted(set(states))}})
    if search is not None:
        pattern = {"$regex": f"(?i){literal(search)}"}
        parts.append({"$or": [{"displayName": pattern}, {"name": pattern}]})
    return json.dumps({"$and": parts} if len(parts) > 1 else parts[0] if parts else {})


def literal(text: str) -> str:
    r"""Text as an expression that matches it alone, in the syntax of RE2: `a.b` becomes `a\.b`.

    Python's own `re.escape` puts backslashes before signs that RE2 takes as they are; here they stand before those alone
    that mean something (https://github.com/google/re2/wiki/Syntax).
    """
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", text)
