"""Reads projects as frames with the real client.

A JSON list of questions comes on stdin; a list of answers goes out. A frame goes out by columns, every cell as
[type, text], so that nothing is lost on the way; an error as its text.
"""

import json
import sys
from functools import reduce

import pandas
import wandb


def tagged(value):
    if value is None or isinstance(value, (bool, str)):
        return ["plain", value]
    if value is pandas.NaT or value is pandas.NA:
        return ["missing", repr(value)]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, (list, tuple)):
        return ["list", [tagged(item) for item in value]]
    if isinstance(value, dict):
        return ["dict", [[key, tagged(item)] for key, item in value.items()]]
    if isinstance(value, pandas.Timestamp):
        return ["time", str(value.value)]
    raise TypeError(f"a {type(value)}")


def frame_of(table):
    """A frame of pandas or polars."""
    lists = {name: table[name].to_list() for name in table.columns}
    dtypes = table.dtypes if isinstance(table, pandas.DataFrame) else table.schema
    return {
        "numRows": len(table),
        "columns": [[name, str(dtypes[name]), [tagged(cell) for cell in cells]] for name, cells in lists.items()],
    }


def rows_of(rows):
    return [[[key, tagged(value)] for key, value in row.items()] for row in rows]


def runs_of(question):
    return wandb.Api().runs(question["path"], filters=question.get("filters"))


def histories(question):
    """What the client itself gives."""
    table = runs_of(question).histories(format=question["format"], **question["options"])
    return rows_of(table) if question["format"] == "default" else frame_of(table)


def joined(question):
    """One frame a key, joined on the run and the step, as a user of pandas joins them."""
    frames = [runs_of(question).histories(keys=[key], format="pandas") for key in question["keys"]]
    return frame_of(reduce(lambda a, b: a.merge(b, how="outer", on=["run_id", "_step"]), frames))


def facts_of(run):
    return {
        "run_id": run.id,
        "name": run.name,
        "state": run.state,
        "group": run.group,
        "tags": list(run.tags),
        "createdAt": run.created_at,
    }


def described(question):
    """Histories with facts of the runs beside them, as a user of pandas merges them."""
    facts = [{**facts_of(run), "config.lr": run.config.get("lr")} for run in runs_of(question)]
    table = runs_of(question).histories(format="pandas", **question["options"])
    return frame_of(table.merge(pandas.DataFrame.from_records(facts), how="left", on="run_id"))


def flat(prefix, values):
    """Nested values under dotted names; wandb's own types stay whole."""
    for key, value in values.items():
        if isinstance(value, dict) and value and "_type" not in value:
            yield from flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", value


def table(question):
    """One row a run, as a user of pandas makes it."""
    rows = [
        {**facts_of(run), **dict(flat("config.", run.config)), **dict(flat("summary.", run.summary._json_dict))}
        for run in runs_of(question)
    ]
    return rows_of(rows) if question["format"] == "default" else frame_of(pandas.DataFrame.from_records(rows))


def history(question):
    """Each run's own frame."""
    return [[run.id, frame_of(run.history(**question["options"]))] for run in runs_of(question)]


def timestamps(question):
    table = runs_of(question).histories(format="pandas")
    return frame_of(pandas.DataFrame({"at": pandas.to_datetime(table["_timestamp"], unit="s", utc=True)}))


KINDS = {kind.__name__: kind for kind in (histories, joined, described, table, history, timestamps)}


def answer(question):
    try:
        return {"answer": KINDS[question["kind"]](question)}
    except Exception as error:  # whatever the client makes of it is the answer
        return {"error": f"{type(error).__name__}: {error}"}


print("answers " + json.dumps([answer(question) for question in json.load(sys.stdin)]))
