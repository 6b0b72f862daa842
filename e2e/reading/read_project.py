"""Answers questions with the real client: argv[1] is the project's path, a JSON list of questions comes on stdin.

Every value goes out as [type, text], so that nothing is lost on the way.
"""

import json
import sys

import wandb


def tagged(value):
    if value is None or isinstance(value, (bool, str)):
        return ["plain", value]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, (list, tuple)):
        return ["list", [tagged(item) for item in value]]
    return ["dict", [[key, tagged(item)] for key, item in dict(value).items()]]


def facts(run):
    return {
        "id": run.id,
        "name": run.name,
        "state": run.state,
        "tags": run.tags,
        "group": run.group,
        "jobType": run.job_type,
        "notes": run.notes,
        "createdAt": run.created_at,
        "heartbeatAt": run.heartbeat_at,
        "sweepName": run.sweep_name,
        "config": run.config,
        "summary": run.summary._json_dict,
        "systemMetrics": run.system_metrics,
    }


def answer(question):
    runs = wandb.Api().runs(PATH, filters=question.get("filters"), order=question.get("order", "+created_at"))
    if question["kind"] == "ids":
        return [run.id for run in runs]
    if question["kind"] == "facts":
        return [facts(run) for run in runs]
    return runs.histories(**question["options"])


PATH = sys.argv[1]
print(json.dumps([tagged(answer(question)) for question in json.load(sys.stdin)]))
