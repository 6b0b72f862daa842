"""The address of the W&B server, checked as `packages/core/src/transport/base-url.ts` checks it."""

from __future__ import annotations

import json
import posixpath
import re
from urllib.parse import quote, urlsplit

from .errors import NotConfigured

DEFAULT_BASE_URL = "https://api.forge.coreweave.com"
"""Where the Python client of 2026 (0.31) goes when nothing else is configured."""

_PROXIED = "https://forge.coreweave.com/api/wandb"
"""The page address under which W&B's new host proxies its API; the client maps it to the direct address."""

_HELP = f"Set WANDB_BASE_URL to an address such as {DEFAULT_BASE_URL} where the Jupyter server is started."
_OWN_PORTS = {"http": 80, "https": 443}


def normalize_base_url(value: str, source: str) -> str:
    """Checks a base URL and gives it without a trailing slash.

    Args:
        value: as it was set.
        source: where it was set, for the message.

    Raises:
        NotConfigured: it isn't an http or https URL, or holds a user name or password.
    """
    text = re.sub(r"[\t\n\r]", "", value.strip("".join(map(chr, range(33)))))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", text, re.IGNORECASE)
    if scheme is None:
        raise _refused(value, source, "is not a URL")
    if scheme[1].lower() not in _OWN_PORTS:
        raise _refused(value, source, "must begin with http:// or https://")
    try:
        url = urlsplit(text.replace("\\", "/"))
        port = url.port
        host = _host(url.hostname or "")
    except ValueError:
        raise _refused(value, source, "is not a URL") from None
    if host == "":
        raise _refused(value, source, "is not a URL")
    if url.username or url.password:
        raise NotConfigured(
            502,
            f"The base URL of {host} (from {source}) holds a user name or password.",
            "Leave them out of it, and set WANDB_API_KEY instead.",
        )
    origin = f"{url.scheme}://{host}"
    if port is not None and port != _OWN_PORTS[url.scheme]:
        origin += f":{port}"
    plain = f"{origin}{_path(url.path)}".rstrip("/")
    return DEFAULT_BASE_URL if plain == _PROXIED else plain


def host_of(base_url: str) -> str:
    """The host of a checked base URL, with its port where it has one."""
    return urlsplit(base_url).netloc


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    if re.search(r"[\x00-\x20#%/<>?@\[\\\]^|\x7f]", name):
        raise ValueError(name)
    return name if name.isascii() else name.encode("idna").decode("ascii")


def _path(path: str) -> str:
    """As a browser has it: without `.` and `..`, and what no path may hold in percent signs."""
    if path == "":
        return ""
    plain = quote(path, safe="/%:@!$&'()*+,;=-._~|[]^\\")
    parts: list[str] = []
    for part in plain.split("/")[1:]:
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return posixpath.join("/", "/".join(parts)) if parts else "/"


def _refused(value: str, source: str, why: str) -> NotConfigured:
    # A URL that may hold a password is not repeated.
    shown = "given" if "@" in value else json.dumps(value, ensure_ascii=False)
    return NotConfigured(502, f"The base URL {shown} (from {source}) {why}.", _HELP)
