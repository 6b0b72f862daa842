"""One HTTP request with the key: to the W&B server and nowhere else, bounded in time and size."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx

from .base_url import host_of
from .credentials import Credentials
from .errors import ApiError
from .redactor import Redactor

ANSWERS_WITHIN_S = 30.0
"""Unless WANDB_HTTP_TIMEOUT, which the W&B client knows too, says otherwise."""

LARGEST_ANSWER = 20 * 2**20
"""In bytes. A page of 1,000 runs has about 300,000."""

_LOOPBACK = re.compile(r"(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?")
_UP_HELP = "Check WANDB_BASE_URL, and that the server is up and can be reached from the Jupyter server."
_PROXY_HELP = "Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY where the Jupyter server is started."


class TooSlow(ApiError):
    """There was no whole answer in time."""


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes


async def post(credentials: Credentials, path: str, body: str, doing: str, share: float = 1) -> Answer:
    """Posts JSON. Redirections are not followed: the key is for the base URL alone.

    Args:
        credentials: the server and the key.
        path: what follows the base URL.
        body: the JSON.
        doing: what this is for, for the messages.
        share: how much of the time there is this may take: name, proxy, TLS, question and answer together.

    Raises:
        TooSlow: 504, without a whole answer in time.
        ApiError: 502, without a whole one.
    """
    address = credentials.base_url
    try:
        client = _client(address)
    # What httpx says of a proxy's address may hold its password. An ImportError: SOCKS needs a package more.
    except (ValueError, ImportError, httpx.InvalidURL):
        message = f"The environment names a proxy that can't be used to reach {address}, {doing}."
        raise ApiError(502, message, _PROXY_HELP) from None
    try:
        return await asyncio.wait_for(_exchange(client, credentials, path, body, doing), _patience() * share)
    except (asyncio.TimeoutError, httpx.TimeoutException):
        message = f"{address} did not answer in time, {doing}."
        raise TooSlow(504, message, f"{_UP_HELP} WANDB_HTTP_TIMEOUT sets the seconds to wait.") from None
    except httpx.ProxyError as error:
        status = re.match(r"\d{3}\b", str(error))
        answered = f" ({status[0]})" if status else ""
        message = f"The proxy refuses to connect to {address}{answered}, {doing}."
        raise ApiError(502, message, _PROXY_HELP) from None
    except (httpx.TransportError, OSError) as error:
        reason = Redactor(credentials.api_key).clean(_reason(error))
        raise ApiError(502, f"{address} can't be reached, {doing}: {reason}.", _UP_HELP) from None


def _client(address: str) -> httpx.AsyncClient:
    # The environment's proxies, but for what runs on the same machine. The time is kept by `post`, for all of it.
    trust_env = _LOOPBACK.fullmatch(host_of(address)) is None
    return httpx.AsyncClient(verify=_certificates(), timeout=None, trust_env=trust_env)


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Those that come with httpx, the system's, and those of SSL_CERT_FILE, which OpenSSL reads with these."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


async def _exchange(
    client: httpx.AsyncClient, credentials: Credentials, path: str, body: str, doing: str
) -> Answer:
    url = f"{credentials.base_url}{path}"
    headers = {
        "Authorization": f"Basic {b64encode(f'api:{credentials.api_key}'.encode()).decode('ascii')}",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",  # what is small when packed may be of any size
        "User-Agent": "lazyruns",
    }
    connections: list[Any] = []

    async def trace(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            connections.append(info["return_value"])

    request = client.build_request(
        "POST", url, content=body.encode(), headers=headers, extensions={"trace": trace}
    )
    received = bytearray()
    try:
        async with client:
            response = await client.send(request, stream=True)
            async for chunk in response.aiter_raw():
                received += chunk
                if len(received) > LARGEST_ANSWER:
                    message = f"The answer of {credentials.base_url} is larger than 20 MiB, {doing}."
                    raise ApiError(502, message, "Check that WANDB_BASE_URL is the address of a W&B server.")
            return Answer(response.status_code, bytes(received))
    finally:
        # One whose handshake was cut short is left open by httpx.
        for connection in connections:
            await connection.aclose()


def _patience() -> float:
    try:
        given = float(os.environ.get("WANDB_HTTP_TIMEOUT", ""))
    except ValueError:
        return ANSWERS_WITHIN_S
    return given if 0 < given < 86_400 else ANSWERS_WITHIN_S


def _reason(error: Exception) -> str:
    """What happened, in a few words: never those of an answer."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate isn't valid here ({cause.verify_message})"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection ({cause.reason or 'TLS'})"
        if isinstance(cause, socket.gaierror):
            return "its name has no address"
    for cause in reversed(causes):
        if isinstance(cause, OSError) and cause.errno:
            return os.strerror(cause.errno)
    return "the connection broke off, or the answer isn't HTTP"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came of, and so on. Of several attempts, the first one."""
    while error is not None:
        yield error
        attempts = getattr(error, "exceptions", ())
        error = attempts[0] if attempts else error.__cause__ or error.__context__
