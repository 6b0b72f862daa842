"""One HTTP request with the key: to the W&B server and nowhere else, bounded in time and size."""

from __future__ import annotations

import os
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass

from tornado.httpclient import HTTPRequest
from tornado.httputil import HTTPHeaders
from tornado.iostream import StreamClosedError
from tornado.simple_httpclient import (
    HTTPStreamClosedError,
    HTTPTimeoutError,
    SimpleAsyncHTTPClient,
)

from .credentials import Credentials
from .errors import ApiError
from .proxy import ProxyTunnel, find_proxy
from .redactor import Redactor

CONNECTS_WITHIN_S = 10.0
ANSWERS_WITHIN_S = 30.0
"""Unless WANDB_HTTP_TIMEOUT, which the W&B client knows too, says otherwise."""

LARGEST_ANSWER = 20 * 2**20
"""In bytes. A page of 1,000 runs has about 300,000."""

_UP_HELP = "Check WANDB_BASE_URL, and that the server is up and can be reached from the Jupyter server."


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes


async def post(credentials: Credentials, path: str, body: str, doing: str) -> Answer:
    """Posts JSON. Redirections are not followed: the key is for the base URL alone.

    Raises:
        ApiError: 504 without an answer in time, 502 without a whole one.
    """
    address = credentials.base_url
    clean = Redactor(credentials.api_key).clean
    proxy = find_proxy(address)
    request = HTTPRequest(
        f"{address}{path}",
        method="POST",
        headers=_headers(credentials.api_key),
        body=body,
        connect_timeout=CONNECTS_WITHIN_S,
        request_timeout=_patience(),
        follow_redirects=False,
        decompress_response=False,  # what is small when packed may be of any size
    )
    # A client each time: tornado's own is shared with all of the Jupyter server, and set up by others.
    client = SimpleAsyncHTTPClient(
        force_instance=True, max_body_size=LARGEST_ANSWER, max_buffer_size=LARGEST_ANSWER + 2**20
    )
    try:
        if proxy is not None:
            client.tcp_client = ProxyTunnel(proxy)
        response = await client.fetch(request, raise_error=False)
        if response.code != 599:
            return Answer(response.code, response.body or b"")
        raise response.error or ConnectionError("no answer")
    except ApiError:
        raise
    except HTTPTimeoutError:
        message = f"{address} did not answer in time, {doing}."
        raise ApiError(504, message, f"{_UP_HELP} WANDB_HTTP_TIMEOUT sets the seconds to wait.") from None
    except Exception as error:
        reason = clean(_reason(error))
        raise ApiError(502, f"{address} can't be reached, {doing}: {reason}.", _UP_HELP) from None
    finally:
        client.close()


def _patience() -> float:
    try:
        given = float(os.environ.get("WANDB_HTTP_TIMEOUT", ""))
    except ValueError:
        return ANSWERS_WITHIN_S
    return given if 0 < given < 86_400 else ANSWERS_WITHIN_S


def _headers(api_key: str) -> HTTPHeaders:
    return HTTPHeaders(
        {
            "Authorization": f"Basic {b64encode(f'api:{api_key}'.encode()).decode('ascii')}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "lazyruns",
        }
    )


def _reason(error: Exception | BaseException) -> str:
    """What happened, in a few words: never those of an answer."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate isn't valid here ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection ({error.reason or 'TLS'})"
    if isinstance(error, socket.gaierror):
        return "its name has no address"
    if isinstance(error, (HTTPStreamClosedError, StreamClosedError)):
        real = getattr(error, "real_error", None)
        return (
            _reason(real)
            if real is not None
            else "the connection broke off, or the answer is larger than 20 MiB"
        )
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "the answer isn't HTTP"
