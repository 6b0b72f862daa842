"""One measurement of the real Python client's scans: the task comes as JSON in argv[1], the result goes to stdout as JSON.

Imports, login, a scan of a tiny run and fetching the run are done before the clock starts. Rows are counted as they go by and not kept; where
they are to be described, a second scan does it when the clock has stopped.
"""

import re
import tempfile

import pandas as pd
import wandb
from digest import digest
from measuring import TASK, control, measure, settle

PATH = TASK["path"]
KEYS = TASK.get("keys")
TINY_ROWS = 3_000


def export(api, out):
    """As a user keeps every row of a project: each run's frame in a file of its own."""
    rows = 0
    for run in api.runs(PATH, per_page=1000):
        frame = pd.DataFrame(list(run.scan_history()))
        frame["run_id"] = run.id
        frame.to_parquet(f"{out}/{run.id}.parquet")
        rows += len(frame)
    return rows


def main():
    api = wandb.Api()
    if TASK["work"] == "export":
        next(iter(api.runs("bench/runs-1")))
        pd.DataFrame([{"a": 1.0}]).to_parquet(tempfile.mktemp(".parquet"))
        settle()
        control({"reset": True})
        with tempfile.TemporaryDirectory() as out:
            measure(lambda: export(api, out), control, int, lambda _: None)
        return
    tiny = api.run(f"{re.sub('[0-9]+$', str(TINY_ROWS), PATH)}/00000000")
    assert len(list(tiny.scan_history(keys=KEYS))) == TINY_ROWS
    run = api.run(f"{PATH}/00000000")
    settle()
    control({"reset": True})
    measure(
        lambda: sum(1 for _ in run.scan_history(keys=KEYS)),
        control,
        int,
        lambda _: digest(run.scan_history(keys=KEYS)),
    )


main()
