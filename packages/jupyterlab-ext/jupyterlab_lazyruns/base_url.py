"""The address of the W&B server. What `packages/core/src/transport/base-url.ts` makes of it is found here, too, or it
is refused: to read an address another way would be to send the key elsewhere."""

from __future__ import annotations

import json
import re
from ipaddress import IPv4Address, IPv6Address

from .errors import NotConfigured

DEFAULT_BASE_URL = "https://api.forge.coreweave.com"
"""Where the Python client of 2026 (0.31) goes when nothing else is configured."""

_PROXIED = "https://forge.coreweave.com/api/wandb"
"""The page address under which W&B's new host proxies its API; the client maps it to the direct address."""

_OWN_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_ADDRESS = re.compile(
    rf"(https?)://({_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:]+\])(?::([0-9]{{1,5}}))?((?:/[a-z0-9._~-]+)*)/*",
    re.IGNORECASE | re.ASCII,
)
_HELP = (
    f"Set WANDB_BASE_URL to an address such as {DEFAULT_BASE_URL} where the Jupyter server is started: "
    "a host (a name in other letters in its xn-- form), a port, and a path of plain letters and digits."
)


def normalize_base_url(value: str, source: str) -> str:
    """Checks a base URL and gives it without a trailing slash, its host in small letters.

    Args:
        value: as it was set.
        source: where it was set, for the message.

    Raises:
        NotConfigured: it isn't a plain http or https URL, or holds a user name or password.

    Example:
        normalize_base_url("HTTP://Host:80/wandb/", "WANDB_BASE_URL")  # "http://host/wandb"
    """
    text = value.strip(" \t\r\n")
    # A URL that may hold a password is not repeated.
    shown = "given" if "@" in text else json.dumps(value, ensure_ascii=False)
    if re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        raise NotConfigured(
            502, f"The base URL {shown} (from {source}) must begin with http:// or https://.", _HELP
        )
    if "@" in text:
        message = f"The base URL {shown} (from {source}) holds a user name or password."
        raise NotConfigured(502, message, "Leave them out of it, and set WANDB_API_KEY instead.")
    try:
        plain = _plain(text)
    except ValueError:
        message = f"The base URL {shown} (from {source}) is not a URL of the plain form that is read here."
        raise NotConfigured(502, message, _HELP) from None
    return DEFAULT_BASE_URL if plain == _PROXIED else plain


def host_of(base_url: str) -> str:
    """The host of a checked base URL, with its port where it has one."""
    return base_url.split("/")[2]


def _plain(text: str) -> str:
    parts = _ADDRESS.fullmatch(text)
    if parts is None or re.search(r"/\.{1,2}(/|\Z)", text):
        raise ValueError
    scheme, host, path = parts[1].lower(), _host(parts[2].lower()), parts[4]
    port = int(parts[3] or _OWN_PORTS[scheme])
    if port > 65535:
        raise ValueError
    return f"{scheme}://{host}{path}" if port == _OWN_PORTS[scheme] else f"{scheme}://{host}:{port}{path}"


def _host(host: str) -> str:
    if host.startswith("["):
        return f"[{IPv6Address(host[1:-1]).compressed}]"
    # What ends in a number is one whole, of which some read "0177.1" or "0x7f.1", too.
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]):
        return str(IPv4Address(host))
    return host
