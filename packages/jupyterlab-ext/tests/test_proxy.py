"""Which proxy the environment names for a server; as packages/core/src/transport/proxy.test.ts has it."""

import unittest
from unittest import mock

from jupyterlab_lazyruns.errors import ApiError
from jupyterlab_lazyruns.proxy import find_proxy

P, Q = "http://p:1", "http://q:1"


class FindProxy(unittest.TestCase):
    def test_by_scheme_host_and_what_needs_none(self) -> None:
        for address, env, expected in (
            ("https://a.example", {"HTTPS_PROXY": P, "HTTP_PROXY": Q}, ("p", 1)),
            ("http://a.example", {"HTTPS_PROXY": P, "HTTP_PROXY": Q}, ("q", 1)),
            ("https://a.example", {"HTTP_PROXY": Q}, None),
            ("https://a.example", {"HTTPS_PROXY": P, "https_proxy": "http://small"}, ("small", 80)),
            ("https://a.example", {"HTTPS_PROXY": "proxy.example:3128"}, ("proxy.example", 3128)),
            ("https://a.example", {"HTTPS_PROXY": P, "NO_PROXY": "b.example, x.a.example"}, ("p", 1)),
            ("https://x.a.example", {"HTTPS_PROXY": P, "NO_PROXY": ".a.example"}, None),
            ("https://a.example:8443", {"HTTPS_PROXY": P, "no_proxy": "a.example:8443"}, None),
            ("https://a.example", {"HTTPS_PROXY": P, "NO_PROXY": "*"}, None),
            ("http://127.0.0.1:80", {"HTTP_PROXY": Q}, None),
            ("http://localhost:80", {"HTTP_PROXY": Q}, None),
            ("http://[::1]:80", {"HTTP_PROXY": Q}, None),
            ("https://a.example", {}, None),
        ):
            with self.subTest(address=address, env=env), mock.patch.dict("os.environ", env, clear=True):
                found = find_proxy(address)
                self.assertEqual(found and (found.host, found.port), expected)

    def test_refuses_what_is_none_and_repeats_no_password(self) -> None:
        for value in (
            "http://",
            "socks5://user:secret@h:1",
            "https://user:secret@h:1",
            "http://user:secret@h:x",
        ):
            env = {"HTTPS_PROXY": value}
            with self.subTest(value=value), mock.patch.dict("os.environ", env, clear=True):
                with self.assertRaises(ApiError) as caught:
                    find_proxy("https://a.example")
                self.assertNotIn("secret", f"{caught.exception!r} {vars(caught.exception)}")

    def test_shows_no_password(self) -> None:
        with mock.patch.dict("os.environ", {"HTTPS_PROXY": "http://user:secret@h:1"}, clear=True):
            found = find_proxy("https://a.example")
        assert found is not None
        self.assertEqual(found.authorization, "Basic dXNlcjpzZWNyZXQ=")
        self.assertNotIn("dXNlcjpzZWNyZXQ", repr(found))


if __name__ == "__main__":
    unittest.main()
