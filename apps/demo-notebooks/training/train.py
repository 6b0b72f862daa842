"""Trains one run of the plan and logs it with wandb: `python train.py NAME`. `record.py` calls it for all of them."""

import hashlib
import os
import signal
import sys

import numpy as np
import wandb
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from models import make_model
from optimizers import make_optimizer, scheduled
from plan import PLAN

# The recordings are shared, so nothing that names this machine is collected; system metrics come often, because
# the runs are short; little is kept back, because one of them is killed.
SETTINGS = wandb.Settings(
    console="wrap",
    disable_code=True,
    disable_git=True,
    host="lab",
    program="train.py",
    x_disable_meta=True,
    x_save_requirements=False,
    x_stats_disk_paths=(),
    x_stats_sampling_interval=0.1,
    x_transaction_log_flush_interval=0.1,
)


class BrokenBatch(Exception):
    pass


def digits(seed):
    data = load_digits()
    return train_test_split(data.data / 16.0, data.target, test_size=0.25, random_state=seed, stratify=data.target)


def batches(x, y, size, rng):
    while True:
        order = rng.permutation(len(x))
        for start in range(0, len(x) - size + 1, size):
            chosen = order[start : start + size]
            yield x[chosen], y[chosen]


def check(x):
    if not (0 <= x.min() and x.max() <= 1):
        raise BrokenBatch(f"a batch holds pixels from {x.min():g} to {x.max():g}, not from 0 to 1")


def accuracy(scores, labels):
    return float((scores.argmax(axis=1) == labels).mean())


def train(run, spec):
    config = spec["config"]
    optimizer_config = config["optimizer"]
    rng = np.random.default_rng(config["seed"])
    x, x_validation, y, y_validation = digits(config["seed"])
    model = make_model(config, x.shape[1], rng)
    optimizer = make_optimizer(optimizer_config, model.params)
    source = batches(x, y, config["batch_size"], rng)
    print(f"{spec['name']}: {len(x)} digits to train on, {len(x_validation)} to validate", flush=True)
    for step in range(config["steps"]):
        x_batch, y_batch = next(source)
        if step == spec.get("fail_at"):
            x_batch = x_batch * 16.0  # somebody forgot to scale this one
        check(x_batch)
        lr = scheduled(optimizer_config["schedule"], optimizer_config["lr"], step, config["steps"])
        loss, gradient = model.gradient(x_batch, y_batch)
        scores = model.scores(x_batch)
        optimizer.step(model.params, gradient, lr)
        row = {"train/loss": float(loss), "train/accuracy": accuracy(scores, y_batch), "lr": lr}
        if step % 5 == 0:
            row["norms"] = {
                name: {"weight": float(np.linalg.norm(value)), "gradient": float(np.linalg.norm(gradient[name]))}
                for name, value in model.params.items()
            }
        if step % 50 == 0 and all(np.isfinite(value).all() for value in gradient.values()):
            flat = np.concatenate([value.ravel() for value in gradient.values()])
            row["gradients"] = wandb.Histogram(np_histogram=np.histogram(flat, bins=16))
        if step % config["eval_every"] == 0 or step == config["steps"] - 1:
            scores = model.scores(x_validation)
            row["val/loss"] = float(model.loss(scores, y_validation)[0])
            row["val/accuracy"] = accuracy(scores, y_validation)
            print(f"step {step:3d}  loss {row['train/loss']:.4f}  val accuracy {row['val/accuracy']:.4f}", flush=True)
        run.log(row)
        if step == spec.get("kill_at"):
            os.kill(os.getpid(), signal.SIGKILL)
    run.summary["best"] = {"steps": config["steps"], "accuracy": row["val/accuracy"]}


def main(name):
    spec = next((spec for spec in PLAN if spec["name"] == name), None)
    if spec is None:
        sys.exit(f"no run is called {name!r}; plan.py lists them")
    run = wandb.init(
        project="digits",
        id=hashlib.sha256(name.encode()).hexdigest()[:8],
        name=name,
        group=spec["group"],
        job_type=spec["job_type"],
        tags=spec["tags"],
        notes=spec["notes"],
        config=spec["config"],
        settings=SETTINGS,
    )
    run.define_metric("val/accuracy", summary="max")
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            train(run, spec)
    except BrokenBatch as error:
        # Not left to the interpreter: its traceback would put this machine's paths into the console log.
        print(f"error: {error}", file=sys.stderr, flush=True)
        run.finish(exit_code=1)
        sys.exit(1)
    run.finish()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python train.py NAME")
    main(sys.argv[1])
