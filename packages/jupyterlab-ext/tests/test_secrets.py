"""No text of ours holds the key: neither an answer nor the log, even when the server extension has a defect."""

import asyncio
import logging
import os
import unittest
from typing import Any
from unittest import mock

from jupyterlab_lazyruns import handlers
from jupyterlab_lazyruns.credentials import Credentials, Surroundings, find_credentials
from jupyterlab_lazyruns.redactor import Redactor

KEY = "local-secret_0123456789-abcdefghijklmnopqrstuvwxyz"


class Defective(handlers._Handler):
    """Its work fails with a message that holds the key, while another one is set up; what it sends is kept."""

    log = logging.getLogger("jupyterlab_lazyruns.tests")

    def __init__(self) -> None:
        self.sent = ""

    async def answer(self) -> Any:
        found = self.credentials()
        os.environ["WANDB_API_KEY"] = "another" * 8
        raise LookupError(f"no {found.api_key} here")

    def set_status(self, status: int, reason: Any = None) -> None:
        self.status = status

    def set_header(self, name: str, value: Any) -> None:
        pass

    def finish(self, chunk: Any = None) -> Any:
        self.sent = chunk


class Secrets(unittest.TestCase):
    def test_a_defect_is_told_of_without_the_key(self) -> None:
        handler = Defective()
        get = handlers._Handler.get.__wrapped__.__wrapped__  # type: ignore[attr-defined]
        with mock.patch.dict("os.environ", {"WANDB_API_KEY": KEY}), self.assertLogs(handler.log) as logs:
            asyncio.run(get(handler))
        self.assertEqual(handler.status, 500)
        self.assertIn("LookupError: no [API key] here", logs.output[0])
        self.assertNotIn(KEY, handler.sent + "".join(logs.output))

    def test_a_working_folder_that_is_gone_holds_no_settings(self) -> None:
        env = {"WANDB_API_KEY": KEY, "WANDB_BASE_URL": "http://a"}
        with mock.patch("os.getcwd", side_effect=FileNotFoundError), mock.patch.dict("os.environ", env):
            self.assertEqual(find_credentials(Surroundings()), Credentials("http://a", KEY))

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
