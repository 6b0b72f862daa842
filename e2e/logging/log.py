"""Logs runs with the real wandb client, one kind a word: `python log.py KIND [ARGUMENT]`."""

import json
import os
import sys
import time

import wandb

PROJECT = "logged"


def settings(**more):
    return wandb.Settings(x_stats_sampling_interval=0.1, disable_git=True, disable_code=True, **more)


def awkward_rows():
    for step in range(30):
        row = {"loss": 1 / (step + 1), "nested": {"a": {"b": step}}, "train/acc": step / 30, "text": f"s{step}"}
        row["sometimes nan"] = float("nan") if step % 3 == 0 else float("inf") if step % 3 == 1 else -0.5
        row["huge"] = 2**60 + step
        if step % 5 == 0:
            row["val.dotted"] = step
        if step == 7:
            row["hist"] = wandb.Histogram([1, 2, 2, 3], num_bins=4)
        yield row


def whole(run_id):
    """Everything that a run can hold."""
    run = wandb.init(
        project=PROJECT,
        id=run_id,
        name="<b>whole</b> \"run\" 😀",
        config={"lr": 0.01, "opt": {"name": "adam", "betas": [0.9, 0.999]}, "weird.key": 1, "none": None, "nan": float("nan")},
        tags=["first"],
        group="g/1",
        job_type="train",
        notes="line one\nline two",
        settings=settings(),
    )
    for row in awkward_rows():
        run.log(row)
    print("a line of the console")
    run.config.update({"late": True})
    run.tags += ("second",)
    run.summary["best"] = {"epoch": 3}
    with open(os.path.join(run.dir, "notes.txt"), "w") as file:
        file.write("saved")
    run.save(os.path.join(run.dir, "notes.txt"), base_path=run.dir, policy="now")
    time.sleep(0.5)  # a few samples of the machine's metrics
    run.finish()


def resumed(run_id):
    in_parts(run_id, resume="allow")


def reused(run_id):
    """The same id twice, without a word that the second run goes on with the first."""
    in_parts(run_id)


def in_parts(run_id, **how):
    for part in range(2):
        run = wandb.init(project=PROJECT, id=run_id, config={f"part{part}": True, "last": part}, settings=settings(), **how)
        for i in range(5):
            run.log({"x": part * 5 + i})
        print(f"part {part}")
        run.summary[f"part{part}"] = True
        run.finish()


def failing(run_id):
    run = wandb.init(project=PROJECT, id=run_id, settings=settings())
    run.log({"x": 1})
    raise RuntimeError("on purpose")


def endless(run_id):
    """Logs until it is killed; says so when the server has something."""
    run = wandb.init(project=PROJECT, id=run_id, settings=settings())
    step = 0
    while True:
        run.log({"x": step})
        step += 1
        print("logging", flush=True)
        time.sleep(0.05)


def steady(run_id):
    """Logs 400 rows with small pauses, over the death of the server."""
    run = wandb.init(project=PROJECT, id=run_id, settings=settings(x_file_stream_transmit_interval=0.2))
    for step in range(400):
        run.log({"x": step})
        print(step, flush=True)
        time.sleep(0.01)
    run.finish()


def sweep(_):
    config = {"name": "rates", "method": "grid", "parameters": {"lr": {"values": [1, 2]}}}
    sweep_id = wandb.sweep(config, project=PROJECT, entity="local")
    for _ in range(2):
        os.environ["WANDB_SWEEP_ID"] = sweep_id
        run = wandb.init(project=PROJECT, settings=settings(sweep_id=sweep_id))
        run.log({"x": 1})
        run.finish()
    print("sweep", sweep_id)


def nowhere(_):
    """A run that names no project."""
    run = wandb.init(settings=settings())
    run.log({"x": 1})
    run.finish()


def read(run_id):
    """What the real client makes of a run, as JSON."""
    run = wandb.Api().run(f"local/{PROJECT}/{run_id}")
    found = {
        "state": run.state,
        "files": sorted(file.name for file in run.files()),
        "saved": run.file("notes.txt").download(root="download", replace=True).read() if run_id == "whole" else None,
        "scan": [row["_step"] for row in run.scan_history()],
        "scan_keys": [row["val.dotted"] for row in run.scan_history(keys=["val.dotted"])] if run_id == "whole" else None,
        "console": [line.content for line in run.console_logs()],
        "last_step": run.lastHistoryStep,
        "system": len(run.history(stream="system", pandas=False)) > 0,
    }
    print("answer", json.dumps(found))


globals()[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else None)
