"""Of netrc files: what the tests beside core's don't reach."""

import time
import unittest

from jupyterlab_lazyruns.netrc import password_for


class Netrc(unittest.TestCase):
    def test_a_large_file_of_anything_is_read_at_once(self) -> None:
        for filling in ("\r", "\n", " ", '"', "\\", "macdef ", "\nmacdef x\n", "#", "'"):
            text = f"machine a password b\n{filling * 50_000}\n"
            start = time.monotonic()
            password_for(text, "a")
            with self.subTest(filling=filling):
                self.assertLess(time.monotonic() - start, 2)

    def test_macros_are_left_out(self) -> None:
        text = "macdef x\nmachine a password wrong\n\nmachine a\n\tlogin u\n\tpassword 'r i#ght'\n"
        self.assertEqual(password_for(text, "a"), "r i#ght")


if __name__ == "__main__":
    unittest.main()
