"""No text of ours holds the key: neither an answer nor the log, even when the server extension has a defect."""

import asyncio
import logging
import unittest
from typing import Any
from unittest import mock

from jupyterlab_lazyruns import handlers
from jupyterlab_lazyruns.credentials import Credentials, Surroundings
from jupyterlab_lazyruns.redactor import Redactor

KEY = "local-secret_0123456789-abcdefghijklmnopqrstuvwxyz"


class Defective:
    """As much of a handler as `respond` needs, whose work fails with a message that holds the key."""

    def __init__(self) -> None:
        self.status = 200
        self.sent = ""
        self.log = logging.getLogger("jupyterlab_lazyruns.tests")

    async def answer(self) -> Any:
        raise LookupError(f"no {KEY} here")

    def set_status(self, status: int) -> None:
        self.status = status

    def set_header(self, name: str, value: str) -> None:
        pass

    def finish(self, text: str) -> None:
        self.sent = text


class Secrets(unittest.TestCase):
    def test_a_defect_is_told_of_without_the_key(self) -> None:
        handler = Defective()
        with mock.patch.dict("os.environ", {"WANDB_API_KEY": KEY}), self.assertLogs(handler.log) as logs:
            asyncio.run(handlers._Handler.respond(handler))  # type: ignore[arg-type]
        self.assertEqual(handler.status, 500)
        self.assertIn("LookupError: no [API key] here", logs.output[0])
        self.assertNotIn(KEY, handler.sent + "".join(logs.output))

    def test_credentials_and_surroundings_do_not_show_it(self) -> None:
        self.assertNotIn(KEY, repr(Credentials("http://a", KEY)))
        self.assertNotIn(KEY, repr(Surroundings({"WANDB_API_KEY": KEY}, "/", "/")))

    def test_it_is_taken_out_in_each_form_it_may_have(self) -> None:
        clean = Redactor("a" * 39 + "b").clean
        basic = "YXBpOmFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYmI="
        self.assertEqual(Redactor("a" * 38 + "bb").clean(f"x {basic} y"), "x [API key] y")
        self.assertEqual(clean(f"[{'a' * 39}b]"), "[[API key]]")


if __name__ == "__main__":
    unittest.main()
