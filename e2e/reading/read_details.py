"""Reads all of a run but its history with the real client, and prints it as JSON: argv[1] is the run's path."""

import hashlib
import json
import sys
from urllib.parse import unquote

import wandb


def when(time):
    """To the millisecond, which is what JavaScript's dates hold."""
    return time and time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(entry):
    return [entry.number, when(entry.timestamp), entry.level, entry.label, entry.content]


def content(file):
    with open(file.download(root="downloads", replace=True).name, "rb") as downloaded:
        return hashlib.sha256(downloaded.read()).hexdigest()


def project(found):
    return [found.id, found.entity, found.name, found.created_at]


api = wandb.Api()
run = api.run(sys.argv[1])
viewer = api.viewer
answer = {
    "url": run.url,
    "path": [unquote(part) for part in run.path],
    "name": run.name,
    "state": run.state,
    "tags": run.tags,
    "group": run.group,
    "job_type": run.job_type,
    "username": run.user.username,
    "sweep": [run.sweep.id, run.sweep.config],
    "config": run.config,
    "history_keys": run.history_keys,
    "last_step": run.lastHistoryStep,
    "files": [[f.name, f.size, f.mimetype, f.updated_at, f.md5, f.url, content(f)] for f in run.files(per_page=5)],
    "pattern": [f.name for f in run.files(pattern="many/1%.csv")],
    "names": [f.name for f in run.files(names=["config.yaml", "none", "empty.bin"])],
    "console": [line(entry) for entry in run.console_logs(per_page=7)],
    "tail": [line(entry) for entry in run.console_logs(last=3)],
    "projects": [project(found) for found in api.projects(per_page=1)],
    "projects_of": [project(found) for found in api.projects("elsewhere")],
    "viewer": [viewer.id, viewer.username, viewer.entity, viewer.name, viewer.email, viewer.teams],
}
run.wait_until_finished()
print("answer " + json.dumps(answer))
