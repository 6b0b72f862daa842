"""Which runs are made: one dictionary each, with the run's name, place in the project and hyper-parameters."""


def sgd(lr, momentum=0.9, schedule="constant"):
    return {"name": "sgd", "lr": lr, "momentum": momentum, "schedule": schedule}


def adam(lr, schedule="constant"):
    return {"name": "adam", "lr": lr, "betas": [0.9, 0.999], "schedule": schedule}


def run(name, model, optimizer, steps, *, group, tags=(), notes=None, job_type="train", seed=1, **more):
    config = {"model": model, "optimizer": optimizer, "steps": steps, "batch_size": 64, "weight_decay": 1e-4}
    special = {key: more.pop(key) for key in ("fail_at", "kill_at") if key in more}
    return {
        "name": name,
        "group": group,
        "job_type": job_type,
        "tags": [model, *tags],
        "notes": notes,
        **special,
        "config": {**config, "seed": seed, "eval_every": 10, **more},
    }


PLAN = [
    *[
        run(f"logreg-sgd-lr{lr}", "logreg", sgd(lr), 150, group="baselines", tags=["baseline"], seed=seed)
        for seed, lr in enumerate([0.01, 0.1, 0.5], 1)
    ],
    run("logreg-adam-lr0.01", "logreg", adam(0.01, "cosine"), 200, group="baselines", eval_every=20),
    *[
        run(f"svm-sgd-lr{lr}", "svm", sgd(lr, schedule="cosine"), 150, group="baselines", eval_every=15)
        for lr in [0.001, 0.01, 0.05]
    ],
    run("svm-adam-lr0.01", "svm", adam(0.01), 120, group="baselines", batch_size=32),
    *[
        run(f"rff-sgd-lr{lr}-width{width}", "rff", sgd(lr), 200, group="kernels", width=width, gamma=0.02)
        for lr, width in [(0.3, 256), (0.3, 512), (1.0, 512)]
    ],
    run("rff-adam-lr0.01-width512", "rff", adam(0.01), 180, group="kernels", width=512, gamma=0.02, eval_every=25),
    *[
        run(f"mlp-adam-lr{lr}", "mlp", adam(lr, "warmup"), 200, group="mlp-lr-sweep", job_type="sweep",
            tags=["sweep"], hidden=32, eval_every=20)
        for lr in [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
    ],
    run("mlp-sgd-lr0.05", "mlp", sgd(0.05, schedule="cosine"), 300, group="mlp", hidden=64, batch_size=128),
    run("mlp-adam-lr0.003-seed2", "mlp", adam(0.003), 200, group="mlp", hidden=64, seed=2,
        notes="The second seed of the sweep's middle, with twice the hidden units."),
    run("mlp-adam-lr0.003-wide", "mlp", adam(0.003, "cosine"), 300, group="mlp", tags=["best"], hidden=128),
    run("rff-sgd-lr40-diverges", "rff", sgd(40.0, 0.0), 300, group="trouble", tags=["diverged"], width=512, gamma=0.02,
        notes="The learning rate is far too high: the loss grows to infinity, then is NaN."),
    run("mlp-sgd-lr0.02-killed", "mlp", sgd(0.02), 250, group="trouble", hidden=64, kill_at=160,
        notes="Killed in the middle of training."),
    run("logreg-sgd-lr0.1-failed", "logreg", sgd(0.1), 150, group="trouble", tags=["baseline"], fail_at=90,
        notes="A broken batch ends this run with an error."),
]
