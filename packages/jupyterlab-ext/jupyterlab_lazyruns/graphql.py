"""One GraphQL query to the W&B server, and what its answer means."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, cast

from .credentials import Credentials
from .errors import ApiError
from .redactor import Redactor
from .transport import Answer, post

_KEY_HELP = (
    "Check that the API key belongs to this server: WANDB_API_KEY and WANDB_BASE_URL, or run `wandb login`."
)
_SERVER_HELP = "Check that WANDB_BASE_URL is the address of a W&B server."
_LATER_HELP = "Try again in a while."

# Codes and words, in the order in which they are looked for. They are those of packages/core/src/graphql/refusal.ts.
_MEANINGS = [
    (
        401,
        (
            r"UNAUTHENTICATED|not logged in|\bunauthenticated\b"
            r"|\bapi key\b.*\b(invalid|expired)\b|\b(invalid|expired) api key\b"
        ),
    ),
    (403, r"FORBIDDEN|permission|\bforbidden\b|not authorized"),
    (429, r"RATE_LIMITED|rate limit|too many requests"),
    (404, r"NOT_FOUND|not found|could not find|does not exist"),
]
_HELP = {
    401: _KEY_HELP,
    403: "Ask the owner of it for access, or use another API key.",
    404: "Check the names of the entity and the project, and that the API key may read them.",
    429: "Wait a minute, then try again.",
}


class Refused(ApiError):
    """The server understood and refused, for a reason that is none of key, rights, rate or name."""


async def query(
    credentials: Credentials, document: str, variables: dict[str, Any], doing: str, share: float = 1
) -> dict[str, Any]:
    """Asks a query and gives its data.

    Args:
        credentials: the server and the key.
        document: one of `documents`.
        variables: what it asks about.
        doing: what this is for, for the messages: "listing the runs of a/b".
        share: how much of the time there is this may take.

    Raises:
        ApiError: no answer, or one that can't be used. Nothing in it holds the key.
    """
    body = json.dumps({"query": document, "variables": variables})
    answer = await post(credentials, "/graphql", body, doing, share)
    clean = Redactor(credentials.api_key).clean
    _check_status(credentials.base_url, answer, doing, clean)
    try:
        parsed = json.loads(answer.body)
    except (ValueError, RecursionError):
        message = f"{credentials.base_url} answered with something that is not JSON, {doing}."
        raise ApiError(502, message, _SERVER_HELP) from None
    errors = parsed.get("errors") if isinstance(parsed, dict) else None
    if isinstance(errors, list) and errors:
        raise _refusal(credentials.base_url, errors, doing, clean)
    if isinstance(parsed, dict) and isinstance(parsed.get("data"), dict):
        return cast("dict[str, Any]", parsed["data"])
    raise ApiError(502, f"{credentials.base_url} answered without data, {doing}.", _SERVER_HELP)


def _check_status(address: str, answer: Answer, doing: str, clean: Callable[[str], str]) -> None:
    status = answer.status
    if 200 <= status < 300:
        return
    said = clean(_said(answer.body))[:500]  # cut last: of a key, no piece may stay
    quoted = f": {said}" if said else ""
    if 300 <= status < 400:
        message = (
            f"{address} answered with a redirection (HTTP {status}), {doing}. The key is not sent along."
        )
        raise ApiError(502, message, "Set WANDB_BASE_URL to the address that it leads to.")
    if status == 401:
        raise ApiError(401, f"{address} does not accept the API key, {doing}{quoted}.", _KEY_HELP)
    if status == 403:
        raise ApiError(403, f"The API key may not do this at {address}, {doing}{quoted}.", _HELP[403])
    if status == 404:
        raise ApiError(404, f"Not found at {address}, {doing}{quoted}.", _SERVER_HELP)
    if status == 429:
        raise ApiError(429, f"{address} limits the rate of requests, {doing}{quoted}.", _HELP[429])
    message = f"{address} answered HTTP {status}, {doing}{quoted}."
    if status < 500:
        raise Refused(502, message, _SERVER_HELP)
    raise Refused(504 if status == 504 else 502, message, _LATER_HELP)


def _refusal(address: str, errors: list[Any], doing: str, clean: Callable[[str], str]) -> ApiError:
    """GraphQL errors come with status 200, and only their words tell them apart."""
    said = clean("; ".join(filter(None, map(_message, errors))))[:500] or "no reason given"
    clues = " ".join([*map(_code, errors), said])
    message = f"{address} refused the request, {doing}: {said}"
    for status, words in _MEANINGS:
        if re.search(words, clues, re.IGNORECASE):
            return ApiError(status, message, _HELP[status])
    return Refused(502, message, _LATER_HELP)


def _said(body: bytes) -> str:
    """W&B answers `{"errors": [{"message"}]}` or `{"error"}`; of a page of a proxy, nothing is repeated."""
    try:
        answer = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return ""
    if not isinstance(answer, dict):
        return ""
    errors = answer.get("errors")
    messages = [_message(one) for one in errors] if isinstance(errors, list) else [answer.get("error")]
    return "; ".join(message for message in messages if isinstance(message, str))


def _message(error: Any) -> str | None:
    message = error.get("message") if isinstance(error, dict) else error
    return message if isinstance(message, str) else None


def _code(error: Any) -> str:
    if not isinstance(error, dict):
        return ""
    extensions = error.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else None
    return str(code or error.get("code") or "")
