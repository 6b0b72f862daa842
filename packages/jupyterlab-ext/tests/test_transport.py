"""A request ends, whatever the other side does, and what is wrong is told of without a secret."""

import asyncio
import time
import unittest
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from unittest import mock

from jupyterlab_lazyruns.credentials import Credentials
from jupyterlab_lazyruns.errors import ApiError
from jupyterlab_lazyruns.transport import Answer, TooSlow, post

KEY = "k" * 40
Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """Something that listens on loopback; `heads` is what each connection said first."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.heads: list[bytes] = []
        self.all_gone = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heads.append(await reader.read(4096))
            await self.behaviour(reader, writer)
        except OSError:
            pass
        finally:
            self.all_gone.set()
            writer.close()


@asynccontextmanager
async def listening(behaviour: Behaviour):  # type: ignore[no-untyped-def]
    peer = Peer(behaviour)
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    try:
        yield peer, f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(1000):
        pass


async def tunnel_to_nowhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await silent(reader, writer)


def saying(text: bytes) -> Behaviour:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await writer.drain()

    return say


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An answer that never ends, and that never pauses for long."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


def ask(address: str, **env: str) -> Awaitable[Answer]:
    return _ask(address, env)


async def _ask(address: str, env: dict[str, str]) -> Answer:
    with mock.patch.dict("os.environ", env, clear=True):
        return await post(Credentials(address, KEY), "/graphql", "{}", "testing")


class Transport(unittest.IsolatedAsyncioTestCase):
    async def test_nothing_is_waited_for_longer_than_the_time_for_all_of_it(self) -> None:
        for behaviour, scheme, has_proxy in (
            (silent, "http", False),
            (silent, "https", False),
            (silent, "http", True),
            (silent, "https", True),
            (tunnel_to_nowhere, "https", True),
            (dripping, "http", False),
            (dripping, "http", True),
        ):
            with self.subTest(behaviour=behaviour.__name__, scheme=scheme, has_proxy=has_proxy):
                async with listening(behaviour) as (peer, place):
                    env = {f"{scheme.upper()}_PROXY": f"http://{place}"} if has_proxy else {}
                    start = time.monotonic()
                    with self.assertRaises(TooSlow):
                        host = "wandb.example" if has_proxy else place
                        await ask(f"{scheme}://{host}", **env, WANDB_HTTP_TIMEOUT="0.4")
                    self.assertLess(time.monotonic() - start, 5)
                    self.assertEqual(len(peer.heads), 1)
                    await asyncio.wait_for(peer.all_gone.wait(), 5)

    async def test_proxies_are_those_of_the_environment(self) -> None:
        answer = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        async with listening(answer) as (peer, place):
            proxy = f"http://{place}"
            self.assertEqual((await ask("http://a.example", HTTP_PROXY=proxy)).body, b"{}")
            self.assertTrue(peer.heads[0].startswith(b"POST http://a.example/graphql HTTP/1.1"))
            with self.assertRaises(ApiError):  # what isn't proxied is not found
                await ask("http://a.invalid", HTTP_PROXY=proxy, NO_PROXY="b.example,.invalid")
            for env in ({"HTTP_PROXY": "http://127.0.0.1:9"}, {"ALL_PROXY": "http://127.0.0.1:9"}):
                self.assertEqual((await ask(proxy, **env)).status, 200)  # itself on loopback
            self.assertEqual(len(peer.heads), 3)

    async def test_a_proxy_that_refuses_or_is_none_shows_no_password(self) -> None:
        refusal = saying(b"HTTP/1.1 403 s3cret\r\nContent-Length: 0\r\n\r\n")
        async with listening(refusal) as (peer, place):
            for proxy, said in (
                (f"http://u:s3cret@{place}", r"The proxy refuses .*\(403\)"),
                ("socks5://u:s3cret@h:1", "names a proxy that can't be used"),
                ("ftp://u:s3cret@h:1", "names a proxy that can't be used"),
                ("http://u:s3cret@h:x", "names a proxy that can't be used"),
            ):
                with self.subTest(proxy=proxy), self.assertRaisesRegex(ApiError, said) as caught:
                    await ask("https://a.example", HTTPS_PROXY=proxy)
                self.assertNotIn("s3cret", f"{vars(caught.exception)}")
                self.assertIn("HTTPS_PROXY", caught.exception.help)
            self.assertEqual(len(peer.heads), 1)
            self.assertTrue(peer.heads[0].startswith(b"CONNECT a.example:443 HTTP/1.1"))

    async def test_what_is_not_http_is_told_of_and_a_defect_is_not_hidden(self) -> None:
        async with listening(saying(b"SSH-2.0-x\r\n\r\n")) as (_, place):
            with self.assertRaisesRegex(ApiError, "isn't HTTP"):
                await ask(f"http://{place}")
            with self.assertRaisesRegex(ApiError, "no secure connection"):
                await ask(f"https://{place}")
        with (
            mock.patch("httpx.AsyncClient.send", side_effect=TypeError("ours")),
            self.assertRaises(TypeError),
        ):
            await ask("http://127.0.0.1:9")


if __name__ == "__main__":
    unittest.main()
