"""Reads a run's history with the real client: argv[1] is the run's path, a JSON list of questions comes on stdin.

A question is {"scan": arguments} or {"download": require_complete_history}. Every value goes out as [type, text], so that
nothing is lost on the way.
"""

import json
import pathlib
import sys
import tempfile

import pyarrow.parquet
import wandb
from wandb.apis.public.runhistory import IncompleteRunHistoryError


def tagged(value):
    if value is None or isinstance(value, (bool, str)):
        return ["plain", value]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, (list, tuple)):
        return ["list", [tagged(item) for item in value]]
    return ["dict", [[key, tagged(item)] for key, item in value.items()]]


def download(require):
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = run.download_history_exports(pathlib.Path(folder), require_complete_history=require)
        except IncompleteRunHistoryError:
            return "incomplete"
        tables = [pyarrow.parquet.read_table(path) for path in sorted(result.paths)]
        return {
            "names": sorted(path.name for path in result.paths),
            "live": result.contains_live_data,
            "errors": len(result.errors or {}),
            "steps": [table.column("_step").to_pylist() for table in tables],
        }


def answer(question):
    if "download" in question:
        return download(question["download"])
    return list(run.scan_history(**question["scan"]))


run = wandb.Api().run(sys.argv[1])
print("answer " + json.dumps(tagged([answer(question) for question in json.load(sys.stdin)])))
