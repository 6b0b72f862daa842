"""The proxy that the environment names, which tornado's client knows nothing of."""

from __future__ import annotations

import os
import re
import ssl
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from tornado.iostream import IOStream, SSLIOStream
from tornado.tcpclient import TCPClient

from .errors import ApiError

_LOOPBACK = re.compile(r"localhost|.*\.localhost|127\.\d+\.\d+\.\d+|::1", re.IGNORECASE)
_MOST_HEAD = 64 * 1024


@dataclass(frozen=True)
class Proxy:
    """Where it is, and what it is told of who asks."""

    host: str
    port: int
    authorization: str | None = field(repr=False)


def find_proxy(base_url: str) -> Proxy | None:
    """The proxy for a server: HTTPS_PROXY for https, HTTP_PROXY for http, in small letters first, as curl and Python
    read them, and as packages/core does. The own machine, and what NO_PROXY names, is reached without one.

    Raises:
        ApiError: it isn't the URL of an HTTP proxy. It isn't repeated, for it may hold a password.
    """
    url = urlsplit(base_url)
    name = f"{url.scheme}_proxy"
    value = os.environ.get(name) or os.environ.get(name.upper())
    host = url.hostname or ""
    if not value or _LOOPBACK.fullmatch(host):
        return None
    no_proxy = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if proxy_bypass_environment(url.netloc, {"no": no_proxy}):
        return None
    try:
        proxy = urlsplit(value if "://" in value else f"http://{value}")
        if proxy.scheme != "http" or not proxy.hostname:
            raise ValueError
        return Proxy(proxy.hostname, proxy.port or 80, _authorization(proxy.username, proxy.password))
    except ValueError:
        raise ApiError(
            502,
            f"{name.upper()} is not the URL of an HTTP proxy.",
            "Give one such as http://proxy.example:3128, or unset it, where the Jupyter server is started.",
        ) from None


class ProxyTunnel(TCPClient):
    """Connects through a proxy (CONNECT, RFC 9110, 9.3.6): what is inside of TLS stays so."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__()
        self._proxy = proxy

    async def connect(
        self,
        host: str,
        port: int,
        af: Any = 0,
        ssl_options: Any = None,
        max_buffer_size: int | None = None,
        source_ip: str | None = None,
        source_port: int | None = None,
        timeout: Any = None,
    ) -> IOStream:
        proxy = self._proxy
        stream = await super().connect(
            proxy.host, proxy.port, max_buffer_size=max_buffer_size, timeout=timeout
        )
        try:
            await self._open_tunnel(stream, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
            if ssl_options is None:
                return stream
            secured: SSLIOStream = await stream.start_tls(
                False, ssl_options=ssl_options, server_hostname=host
            )
            return secured
        except ssl.SSLError:
            raise
        except BaseException:
            stream.close()
            raise

    async def _open_tunnel(self, stream: IOStream, target: str) -> None:
        lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
        if self._proxy.authorization is not None:
            lines.append(f"Proxy-Authorization: {self._proxy.authorization}")
        await stream.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        head = await stream.read_until(b"\r\n\r\n", max_bytes=_MOST_HEAD)
        status = re.match(rb"HTTP/1\.[01] (\d{3})", head)
        if status is None or not status[1].startswith(b"2"):
            answered = status[1].decode("ascii") if status else "something that isn't HTTP"
            raise ApiError(
                502,
                f"The proxy {self._proxy.host}:{self._proxy.port} refuses to connect to {target} ({answered}).",
                "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY where the Jupyter server is started.",
            )


def _authorization(user: str | None, password: str | None) -> str | None:
    if user is None:
        return None
    text = f"{unquote(user)}:{unquote(password or '')}"
    return f"Basic {b64encode(text.encode()).decode('ascii')}"
