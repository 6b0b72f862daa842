"""Logs the run argv[1] with the real client, and edits it when it has ended; argv[2] says what is done."""

import sys

import wandb

path, what = sys.argv[1:]
entity, project, run_id = path.split("/")


def log(**more):
    with wandb.init(entity=entity, project=project, id=run_id, **more) as run:
        run.log({"loss": 1.5})


def edit(change):
    run = wandb.Api().run(path)
    change(run)
    run.update()


def edit_summary():
    run = wandb.Api().run(path)
    run.summary["x"] = 1
    run.summary.update()


{
    "log": lambda: log(config={"lr": 0.1}),
    "resume": lambda: log(resume="must"),
    "summary": edit_summary,
    "config": lambda: edit(lambda run: run.config.update({"a": 2})),
    "tags": lambda: edit(lambda run: run.tags.append("best")),
    "notes": lambda: edit(lambda run: setattr(run, "notes", "a good one")),
}[what]()
