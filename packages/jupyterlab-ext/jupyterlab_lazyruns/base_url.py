"""The address of the W&B server, checked as `packages/core/src/transport/base-url.ts` checks it."""

from __future__ import annotations

import json
import re

from .errors import NotConfigured
from .web_address import WebAddress, web_address

DEFAULT_BASE_URL = "https://api.forge.coreweave.com"
"""Where the Python client of 2026 (0.31) goes when nothing else is configured."""

_PROXIED = "https://forge.coreweave.com/api/wandb"
"""The page address under which W&B's new host proxies its API; the client maps it to the direct address."""

_HELP = f"Set WANDB_BASE_URL to an address such as {DEFAULT_BASE_URL} where the Jupyter server is started."


def normalize_base_url(value: str, source: str) -> str:
    """Checks a base URL and gives it without a trailing slash.

    Args:
        value: as it was set.
        source: where it was set, for the message.

    Raises:
        NotConfigured: it isn't an http or https URL, or holds a user name or password.
    """
    try:
        address = web_address(value)
    except ValueError:
        why = "must begin with http:// or https://" if _has_other_scheme(value) else "is not a URL"
        # A URL that may hold a password is not repeated.
        shown = "given" if "@" in value else json.dumps(value, ensure_ascii=False)
        raise NotConfigured(502, f"The base URL {shown} (from {source}) {why}.", _HELP) from None
    if address.has_user:
        raise NotConfigured(
            502,
            f"The base URL of {address.host} (from {source}) holds a user name or password.",
            "Leave them out of it, and set WANDB_API_KEY instead.",
        )
    plain = _without_slashes(address)
    return DEFAULT_BASE_URL if plain == _PROXIED else plain


def host_of(base_url: str) -> str:
    """The host of a checked base URL, with its port where it has one."""
    return web_address(base_url).host


def _without_slashes(address: WebAddress) -> str:
    return f"{address.scheme}://{address.host}{address.path}".rstrip("/")


def _has_other_scheme(value: str) -> bool:
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
    return scheme is not None and scheme[1].lower() not in ("http", "https")
