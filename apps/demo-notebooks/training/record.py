"""Records all runs of the plan anew: `python record.py [OUT]`, where OUT is the `runs` folder beside this file.

The old recordings are replaced only when every run ended as planned and nothing in them names this machine.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from leaks import leaks
from plan import PLAN

HERE = Path(__file__).resolve().parent
RUN_TIMEOUT_S = 180
MOST_BYTES = 5_000_000


def environment(folder):
    """Only what a run needs: no key, no proxy, no settings of this user; one thread, so that sums are repeatable."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if key in os.environ}
    folders = {f"WANDB_{name}_DIR": str(folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
    return {
        **kept,
        **folders,
        "HOME": str(folder / "home"),
        "WANDB_DIR": str(folder),
        "WANDB_MODE": "offline",
        "WANDB_ERROR_REPORTING": "false",
        "WANDB_SILENT": "true",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def expected_exit(spec):
    if "kill_at" in spec:
        return -signal.SIGKILL
    return 1 if "fail_at" in spec else 0


def record_one(spec, folder):
    command = [sys.executable, str(HERE / "train.py"), spec["name"]]
    done = subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=RUN_TIMEOUT_S
    )
    if done.returncode != expected_exit(spec):
        raise SystemExit(f"{spec['name']} ended with {done.returncode}, not {expected_exit(spec)}:\n{done.stderr}")
    print(f"{spec['name']}: exit {done.returncode}", flush=True)


def keep(folder, out):
    """Copies each run's record and saved files; the client's debug logs and links stay behind."""
    for record in sorted((folder / "wandb").glob("offline-run-*/*.wandb")):
        target = out / "wandb" / record.parent.name
        target.mkdir(parents=True)
        shutil.copy(record, target)
        if (record.parent / "files").is_dir():
            shutil.copytree(record.parent / "files", target / "files")


def check(out, folder):
    files = [path for path in out.rglob("*") if path.is_file()]
    records = [path for path in files if path.suffix == ".wandb"]
    if len(records) != len(PLAN):
        raise SystemExit(f"{len(records)} runs were recorded, not {len(PLAN)}")
    size = sum(path.stat().st_size for path in files)
    if size > MOST_BYTES:
        raise SystemExit(f"the recordings take {size} bytes, more than {MOST_BYTES}")
    found = leaks(out, folder, HERE, Path.cwd())
    if found:
        raise SystemExit("the recordings tell where they were made:\n" + "\n".join(sorted(set(found))[:20]))
    print(f"{len(records)} runs, {size} bytes")


def replace(out, new):
    out.parent.mkdir(parents=True, exist_ok=True)
    # Copied beside the old folder first: a rename can't cross file systems, and a copy can fail half-way.
    beside, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(new, beside)
    if out.exists():
        out.rename(old)
    beside.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main(out):
    with tempfile.TemporaryDirectory(prefix="digits-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "home").mkdir()
        for spec in PLAN:
            record_one(spec, folder)
        kept = folder / "kept"
        keep(folder, kept)
        check(kept, folder)
        replace(out, kept)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: python record.py [OUT]")
    main(Path(sys.argv[1]).resolve() if len(sys.argv) == 2 else HERE / "runs")
