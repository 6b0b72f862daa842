"""Reads a project's histories with the real client in every format: argv[1] is the project's path.

A JSON list of {"format", "filters", "options"} comes on stdin. Prints, for each, the columns and the rows as JSON text, or
the error.
"""

import json
import math
import sys

import wandb


def plain(value):
    """A value as JSON, in which a cell that a table left empty is null and any NaN is its name."""
    if hasattr(value, "to_list"):
        value = value.to_list()
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.item() if hasattr(value, "item") else value


def answer(question):
    runs = wandb.Api().runs(sys.argv[1], filters=question.get("filters"))
    try:
        table = runs.histories(format=question["format"], **question["options"])
    except Exception as error:  # whatever the client makes of it is the answer
        return {"error": f"{type(error).__name__}: {error}"}
    if question["format"] == "default":
        return {"columns": sorted({key for row in table for key in row}), "rows": plain(table)}
    rows = table.to_dict("records") if question["format"] == "pandas" else table.to_dicts()
    return {"columns": sorted(table.columns), "rows": plain(rows)}


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
