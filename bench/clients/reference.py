"""One measurement of the real Python client: the task comes as JSON in argv[1], the result goes to stdout as JSON.

Imports, login and a first tiny listing are done before the clock starts.
"""

from concurrent.futures import ThreadPoolExecutor

import wandb
from digest import digest
from measuring import TASK, control, measure, settle

PATH = TASK["path"]
KEYS = TASK.get("keys")
CONFIG_KEYS = ["lr", "batch_size", "optimizer"]
SUMMARY_KEYS = ["train/loss", "val/accuracy", "best/metric_12"]


def listed(runs):
    return [
        {"id": run.id, "name": run.name, "state": run.state, "tags": run.tags, "createdAt": run.created_at}
        for run in runs
    ]


def chosen(run):
    """As a user makes a row a run: what `runs.table` gives."""
    config = {f"config.{key}": run.config[key] for key in CONFIG_KEYS}
    return {**config, **{f"summary.{key}": run.summary[key] for key in SUMMARY_KEYS}}


def chosen_summary(run):
    return {f"summary.{key}": run.summary[key] for key in SUMMARY_KEYS}


def pool(api):
    """As a user who minds speed makes histories fast: each run's by itself, ten at a time, and nothing copied."""

    def history(run):
        rows = run.history(keys=KEYS, pandas=False)
        for row in rows:
            row["run_id"] = run.id
        return rows

    rows = []
    with ThreadPoolExecutor(10) as executor:
        for part in executor.map(history, api.runs(PATH, per_page=1000)):
            rows.extend(part)
    return rows


# Each gives what it has read; it becomes records for the digest when the clock has stopped.
def do_list(api):
    return [run for run in api.runs(PATH)]


def do_list_1000(api):
    return [run for run in api.runs(PATH, per_page=1000)]


def do_configs(api):
    return [run.config for run in api.runs(PATH)]


def do_histories(api):
    return api.runs(PATH).histories(keys=KEYS)


def do_table(api):
    return [chosen(run) for run in api.runs(PATH, lazy=False)]


def do_table_1000(api):
    return [chosen(run) for run in api.runs(PATH, lazy=False, per_page=1000)]


def do_summaries_1000(api):
    return [chosen_summary(run) for run in api.runs(PATH, lazy=False, per_page=1000)]


WORKS = {
    "list": (do_list, listed),
    "list-1000": (do_list_1000, listed),
    "configs": (do_configs, lambda configs: [dict(config) for config in configs]),
    "histories": (do_histories, list),
    "pool": (pool, list),
    "table": (do_table, list),
    "table-1000": (do_table_1000, list),
    "summaries-1000": (do_summaries_1000, list),
}


def upgraded(runs):
    return [{"config": run.config, "summary": run.summary._json_dict} for run in runs]


def main():
    api = wandb.Api()
    next(iter(api.runs("bench/runs-1")))
    if TASK["work"] == "upgrade":
        runs = api.runs(PATH)
        list(runs)
        work, records = lambda _: (runs.upgrade_to_full(), runs)[1], upgraded
    else:
        work, records = WORKS[TASK["work"]]
    settle()
    control({"reset": True})
    measure(lambda: work(api), control, len, lambda result: digest(records(result)))


main()
