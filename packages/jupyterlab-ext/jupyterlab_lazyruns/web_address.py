"""Addresses as browsers and Node read them (https://url.spec.whatwg.org), as far as those of servers go: Python's own
functions read some as those of another host, to which a key would then be sent."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

_OWN_PORTS = {"http": 80, "https": 443}
_MARGINS = "".join(map(chr, range(33)))
_PARTS = re.compile(r"(https?):[/\\]*([^/\\?#]*)([^?#]*)", re.IGNORECASE)
_HOST = re.compile(r"(\[[^\[\]]*\]|[^:]+)(?::([0-9]*))?")
_IN_NO_HOST = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")


@dataclass(frozen=True)
class WebAddress:
    """An address taken apart, in its usual spelling.

    Attributes:
        scheme: `http` or `https`.
        host: the name or number, with the port unless that is the scheme's own.
        path: it begins with a slash.
        has_user: whether it holds a user name or a password.
    """

    scheme: str
    host: str
    path: str
    has_user: bool


def web_address(text: str) -> WebAddress:
    """Takes an address apart. What stands behind `?` or `#` is left out.

    Raises:
        ValueError: it isn't one of http or https. It isn't repeated.

    Example:
        web_address("HTTP://Host:80/a/../b").host  # "host"
    """
    parts = _PARTS.match(re.sub(r"[\t\n\r]", "", text.strip(_MARGINS)))
    if parts is None:
        raise ValueError("not an address of http or https")
    scheme = parts[1].lower()
    user, _, place = parts[2].rpartition("@")
    host = _HOST.fullmatch(place)
    if host is None:
        raise ValueError("no host, or no port")
    port = int(host[2]) if host[2] else _OWN_PORTS[scheme]
    if port > 65535:
        raise ValueError("no port")
    name = _name(host[1])
    return WebAddress(
        scheme=scheme,
        host=name if port == _OWN_PORTS[scheme] else f"{name}:{port}",
        path=_path(parts[3].replace("\\", "/")),
        has_user=user.strip(":") != "",
    )


def _name(text: str) -> str:
    if text.startswith("["):
        return f"[{ipaddress.IPv6Address(text[1:-1])}]"
    plain = unquote_to_bytes(text).decode("utf-8")
    labels = [
        label if label.isascii() else label.encode("idna").decode("ascii") for label in plain.split(".")
    ]
    name = ".".join(labels).lower()
    if _IN_NO_HOST.search(name):
        raise ValueError("not a host")
    last = name.rstrip(".").rpartition(".")[2]
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        return name
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        raise ValueError("not a number of a host") from None


def _path(text: str) -> str:
    parts: list[str] = []
    given = text.split("/")[1:]
    for index, part in enumerate(given):
        dots = re.sub("%2e", ".", part, flags=re.IGNORECASE)
        if dots not in (".", ".."):
            parts.append(quote(part, safe="%:@!$&'()*+,;=|[]"))
            continue
        if dots == "..":
            del parts[-1:]
        if index == len(given) - 1:
            parts.append("")
    return "/" + "/".join(parts)
