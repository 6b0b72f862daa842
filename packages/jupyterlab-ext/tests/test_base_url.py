"""Addresses of a plain form alone: none is read as that of another host."""

import unittest

from jupyterlab_lazyruns.base_url import host_of, normalize_base_url
from jupyterlab_lazyruns.errors import NotConfigured


class BaseUrl(unittest.TestCase):
    def test_is_given_in_its_usual_spelling(self) -> None:
        for given, plain, host in (
            ("https://api.wandb.ai", "https://api.wandb.ai", "api.wandb.ai"),
            (" HTTP://Host.EXAMPLE:80//\n", "http://host.example", "host.example"),
            ("https://a_b-c:8443/Some/~path.d/", "https://a_b-c:8443/Some/~path.d", "a_b-c:8443"),
            ("http://xn--strae-oqa.de", "http://xn--strae-oqa.de", "xn--strae-oqa.de"),
            ("http://127.0.0.1:08080", "http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://[0:0::01]:8080", "http://[::1]:8080", "[::1]:8080"),
            ("https://forge.coreweave.com/api/wandb/", "https://api.forge.coreweave.com", None),
        ):
            with self.subTest(given=given):
                found = normalize_base_url(given, "x")
                self.assertEqual(found, plain)
                self.assertEqual(host_of(found), host or "api.forge.coreweave.com")

    def test_in_another_form_is_refused_with_what_to_do(self) -> None:
        for given in (
            *(
                "http://straße.de",
                "http://faß.de",
                "http://a\u200db.com",
                "http://bücher.example",
                "http://\u212a.com",
            ),
            *(
                "http://127.1",
                "http://0x7f.0.0.1",
                "http://0177.0.0.1",
                "http://1.2.3.4.",
                "http://2130706433",
            ),
            *(
                "http://a..b",
                f"http://{'a' * 70}.de",
                "http://a.",
                "http://.a",
                "http://h:",
                "http://h:65536",
            ),
            *("http://[fe80::1%eth0]", "http://[::ffff:1.2.3.4]", "http://[::1", "http:///h", "http:\\\\h"),
            *(
                "http://h/a/../b",
                "http://h/.",
                "http://h//a",
                "http://h/%2e",
                "http://h/a b",
                "http://h?x",
                "x",
            ),
            *("http://ho\tst", "http://h#x", "", "http://", "localhost:8080", "ftp://h", "javascript:h"),
        ):
            with self.subTest(given=given), self.assertRaises(NotConfigured) as caught:
                normalize_base_url(given, "WANDB_BASE_URL")
            self.assertIn("(from WANDB_BASE_URL)", caught.exception.message)
            self.assertIn("https://api.forge.coreweave.com", caught.exception.help)

    def test_with_a_password_is_refused_without_repeating_it(self) -> None:
        for given in ("http://u:secret@h", "http://u:secret@", "ftp://u:secret@h", "http://h/secret@x"):
            with self.subTest(given=given), self.assertRaises(NotConfigured) as caught:
                normalize_base_url(given, "x")
            self.assertNotIn("secret", f"{vars(caught.exception)}")


if __name__ == "__main__":
    unittest.main()
