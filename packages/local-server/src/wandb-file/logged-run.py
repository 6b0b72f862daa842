"""Logs one offline run that has some of everything a .wandb file can hold."""

import sys

import wandb

run = wandb.init(
    project="decoder",
    id="every1",
    name="some of everything",
    notes="a note",
    tags=["a", "b"],
    group="g",
    job_type="train",
    config={"lr": 0.1, "opt": {"name": "adam", "betas": [0.9, 0.999]}, "a.b": 1, "none": None},
    settings=wandb.Settings(console="wrap", x_stats_sampling_interval=0.1),
)
run.define_metric("loss", summary="min")
run.define_metric("val/*", step_metric="epoch")
for step in range(60):
    run.log({"loss": 1 / (step + 1), "big": 2**53 + 1 + step, "nan": float("nan"), "inf": -float("inf"), "deep": {"b": {"c": step}, "d.e": 2}, "text": "hé"})
    sys.stdout.write(f"\rstep {step}")
    sys.stdout.flush()
print("\ndone", flush=True)
print("oh", file=sys.stderr, flush=True)
run.log({"val/acc": 0.5, "epoch": 1, "histogram": wandb.Histogram([1, 2, 3])}, step=100)
run.config.update({"lr": 0.2, "later": 5}, allow_val_change=True)
run.summary["best"] = {"acc": 0.9}
run.summary["dropped"] = 1
run.summary["dropped"] = None
run.finish(exit_code=3)
