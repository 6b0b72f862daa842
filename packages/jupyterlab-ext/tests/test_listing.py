"""What a page asks for, in the words of W&B's filters and orders."""

import json
import re
import unittest

from jupyterlab_lazyruns.errors import ApiError
from jupyterlab_lazyruns.listing import checked_order, filters, literal
from jupyterlab_lazyruns.parameters import Parameters


class Order(unittest.TestCase):
    def test_is_sent_as_the_server_has_it(self) -> None:
        for given, sent in {
            None: "-created_at",
            "created_at": "+created_at",
            "+createdAt": "+created_at",
            " heartbeat_at": "+heartbeat_at",
            "-display_name": "-displayName",
            "name": "+name",
            "-config.lr": "-config.lr.value",
            "-config.lr.value": "-config.lr.value",
            "config.optimizer.lr": "+config.optimizer.lr",
            "-summary_metrics.val/loss": "-summary_metrics.val/loss",
        }.items():
            with self.subTest(given=given):
                self.assertEqual(checked_order(given), sent)

    def test_is_one_of_those_that_there_are(self) -> None:
        for given in (
            "-",
            "+",
            "id",
            "--name",
            "config",
            "config.",
            "summary.loss",
            "tags",
            "summary_metrics.a\nb",
        ):
            with self.subTest(given=given), self.assertRaises(ApiError) as caught:
                checked_order(given)
            self.assertEqual(caught.exception.status, 400)


class Filters(unittest.TestCase):
    def test_are_empty_when_nothing_is_asked_for(self) -> None:
        self.assertEqual(filters([], None), "{}")

    def test_hold_all_that_is_asked_for(self) -> None:
        pattern = {"$regex": r"(?i)v1\.0"}
        self.assertEqual(
            json.loads(filters(["running", "failed", "running"], "v1.0")),
            {
                "$and": [
                    {"state": {"$in": ["failed", "running"]}},
                    {"$or": [{"displayName": pattern}, {"name": pattern}]},
                ]
            },
        )

    def test_literal_matches_the_text_alone(self) -> None:
        for text in ("a.b", "(x|y)*", "[^]", "\\d", "^$", "{2}", "é +", "-", "#", "\n", '"'):
            with self.subTest(text=text):
                self.assertTrue(re.fullmatch(literal(text), text))
                self.assertFalse(re.fullmatch(literal(text), f"{text}{text}"))


class Known(unittest.TestCase):
    def test_parameters_are_given_once_unless_they_may_be_more(self) -> None:
        given = Parameters({"a": ["1", "2"], "b": [""], "1764100000": [""], "token": ["t"]}, ("a", "b"))
        self.assertEqual(given.texts("a"), ["1", "2"])
        self.assertIsNone(given.text("b"))
        self.assertEqual(given.whole("b", 7, 10), 7)
        with self.assertRaises(ApiError):
            given.text("a")


if __name__ == "__main__":
    unittest.main()
