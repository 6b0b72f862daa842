"""Logs a project that is awkward on purpose, with the real client: argv[1] is the project's name."""

import math
import sys
import time

import wandb

PROJECT = sys.argv[1]
QUIET = {"silent": True, "console": "off", "x_disable_meta": True, "x_disable_stats": True}


def start(run_id, settings=None, **options):
    settings = wandb.Settings(**{**QUIET, **(settings or {})})
    return wandb.init(project=PROJECT, id=run_id, settings=settings, **options)


def cadences():
    """Two metrics at different steps, one under a dotted and one under a slashed name."""
    config = {"lr": 0.01, "opt": {"name": "adam", "betas": [0.9, 0.999]}, "weird.key": 1, "a/b": 2}
    with start("cadences", name="two cadences", tags=["best", "v1"], group="g0", notes="note 0", config=config) as run:
        for step in range(30):
            row = {"loss": 1 / (step + 1)}
            if step % 5 == 0:
                row["val/loss"] = 2 / (step + 1)
                row["val.acc"] = step
            run.log(row)
        run.summary["accuracy"] = 0.5


def non_finite():
    config = {"lr": 0.1, "nothing": None, "nan": math.nan}
    with start("nonfinite", name="diverges", tags=["v1"], job_type="train", config=config) as run:
        for step, loss in enumerate([1.5, math.inf, -math.inf, 2, math.nan]):
            run.log({"loss": loss, "nested": {"inner": [loss, {"deep": loss}]}, "text": f"step {step}"})


def integers():
    """Beyond 2^53, where a double skips integers."""
    with start("integers", name="big integers", group="g1", config={"lr": 0.001, "seed": 2**53 + 1}) as run:
        for step in range(4):
            run.log({"big": 2**53 + 1 + step, "negative": -(2**60) - step, "small": step, "double": step / 2, "loss": step})
        run.summary["accuracy"] = 2**60 + 1


def nested():
    config = {"lr": "adaptive", "flag": True, "list": [1, "two", None]}
    with start("nested", name="nested and text", tags=[], group="g0", job_type="eval", config=config) as run:
        for step in range(6):
            inner = {"b": {"c": step, "t": "x"}, "list": [step, None, True]}
            run.log({"a": inner, "flag": step % 2 == 0, "words": 'quote " \\ é😀\n</script>'})
            run.log({"none": None, "loss": 3 - step, "a": {"b": {"c": step}}})
        run.summary["accuracy"] = 0.9


def hostile():
    name = '<script>alert("x")</script> \'é😀\n\u2028 %s {{7*7}}'
    with start("hostile", name=name, tags=["<b>", "with space", "é😀"], group="<i>", notes=name, config={name: name}) as run:
        run.log({name: 1, "loss": 0.25, "__proto__": 3})
        run.log({"constructor": 4, "toString": 5, "loss": 0.5, "length": 6})


def empty():
    with start("empty", name="no history", config={"lr": 1}):
        pass


def long():
    """More rows than a sample holds, and the first steps left out."""
    with start("long", name="many rows", tags=["best"], config={"lr": 0.02}) as run:
        for step in range(1300):
            run.log({"loss": math.exp(-step / 200), **({"rare": step} if step % 100 == 7 else {})}, step=10 + 3 * step)
        run.summary["accuracy"] = 0.7


def failed():
    run = start("failed", name="it failed", tags=["broken"], config={"lr": 0.01})
    run.log({"loss": 9})
    run.finish(exit_code=1)


def in_sweep():
    sweep = {"method": "grid", "name": "the sweep", "parameters": {"lr": {"values": [0.5]}}}
    settings = {"sweep_id": wandb.sweep(sweep, project=PROJECT)}
    with start("swept", settings, name="in a sweep", config={"lr": 0.5}) as run:
        run.log({"loss": 0.75})


def measured():
    """Long enough for the client to measure the machine a few times."""
    stats = {"x_disable_stats": False, "x_stats_sampling_interval": 0.2}
    with start("measured", stats, name="with machine metrics", config={"lr": 0.03}) as run:
        until = time.monotonic() + 3
        while time.monotonic() < until:
            run.log({"loss": math.sin(time.monotonic())})
            time.sleep(0.1)  # the pace of training; the machine is measured meanwhile


if __name__ == "__main__":
    for log in (cadences, non_finite, integers, nested, hostile, empty, long, failed, in_sweep, measured):
        log()
