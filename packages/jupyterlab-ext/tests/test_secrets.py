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


class Defective(handlers._Handler):
    """Its work fails with a message that holds the key; what it sends is kept."""

    def __init__(self, asks_later: bool) -> None:
        self.sent = ""
        self.asks_later = asks_later

    log = logging.getLogger("jupyterlab_lazyruns.tests")
    current_user = settings = mock.MagicMock()

    async def answer(self) -> Any:
        if not self.asks_later:
            self.credentials()
            # Another key meanwhile: the one that was used is taken out all the same.
            with mock.patch.dict("os.environ", {"WANDB_API_KEY": ""}):
                raise LookupError(f"no {KEY} here")
        with mock.patch("os.getcwd", side_effect=FileNotFoundError):
            found = self.credentials()
            raise LookupError(f"no {found.api_key} here")

    def set_status(self, status: int, reason: Any = None) -> None:
        self.status = status

    def set_header(self, name: str, value: Any) -> None:
        pass

    def finish(self, chunk: Any = None) -> Any:
        self.sent = chunk


class Secrets(unittest.TestCase):
    def test_a_defect_is_told_of_without_the_key(self) -> None:
        for asks_later in (False, True):
            handler = Defective(asks_later)
            get = handlers._Handler.get.__wrapped__.__wrapped__  # type: ignore[attr-defined]
            with mock.patch.dict("os.environ", {"WANDB_API_KEY": KEY}), self.assertLogs(handler.log) as logs:
                asyncio.run(get(handler))
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
