"""Logs a run with the real client, with all that can be read of it: `python log_details.py KIND PROJECT ID [FILE]`."""

import hashlib
import os
import sys
import time

import wandb

KIND, PROJECT, ID = sys.argv[1:4]


def start(sweep_id=None, **options):
    settings = wandb.Settings(x_disable_stats=True, disable_git=True, disable_code=True, sweep_id=sweep_id)
    return wandb.init(project=PROJECT, id=ID, settings=settings, **options)


def save(run, name, content):
    path = os.path.join(run.dir, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    run.save(path, base_path=run.dir, policy="now")


def whole():
    """Files of every sort, console lines, tags, and a sweep."""
    sweep = {"method": "grid", "name": "the sweep", "parameters": {"lr": {"values": [0.5]}}}
    sweep_id = wandb.sweep(sweep, project=PROJECT)
    run = start(sweep_id, name="every detail", tags=["best", "é😀"], group="g/1", job_type="train", config={"lr": 0.5})
    for step in range(12):
        run.log({"loss": 1 / (step + 1), "nested": {"inner": step}, **({"rare": "text"} if step == 7 else {})}, step=3 * step)
    run.log({"loss": float("nan"), "picture": wandb.Histogram([1, 2, 2])}, step=50)
    for line in range(30):
        print(f"line {line} é😀")
    print("to the other stream", file=sys.stderr)
    save(run, "notes/ü 1%.txt", "\ufeffé😀\r\n".encode())
    save(run, "empty.bin", b"")
    save(run, "big.bin", b"".join(hashlib.sha256(str(i).encode()).digest() for i in range(20_000)))
    for index in range(12):
        save(run, f"many/{index}.csv", f"a,{index}\n".encode())
    run.finish()


def until():
    """A run that goes on until a file is there, and then fails."""
    run = start()
    run.log({"loss": 1})
    print("under way", flush=True)
    while not os.path.exists(sys.argv[4]):
        time.sleep(0.05)
    run.log({"loss": 2})
    run.finish(exit_code=3)


{"whole": whole, "until": until}[KIND]()
