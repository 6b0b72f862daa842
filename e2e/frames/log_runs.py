"""Logs runs that are hard to put into one frame, with the real client: argv[1] is the project's name.

Each group is one difficulty; a test reads a group, or all of them.
"""

import math
import sys

import wandb

PROJECT = sys.argv[1]
QUIET = {"silent": True, "console": "off", "x_disable_meta": True, "x_disable_stats": True}


def log(group, number, rows, **options):
    """Logs a run of a group, one row a step."""
    run_id = f"{group}-{number}"
    with wandb.init(project=PROJECT, id=run_id, group=group, settings=wandb.Settings(**QUIET), **options) as run:
        for row in rows:
            run.log(row)


# The same keys of the same types in every run: what Python's polars can stack.
for n in range(3):
    log(
        "alike",
        n,
        [
            {
                "loss": 1 / (step + n + 1),
                "counted": step * n,
                "big": 2**53 + 1 + step,
                "negative": -(2**60) - step,
                "flag": step % 2 == 0,
                "words": f'{step} "é😀" \\ \n\u2028</script>',
                "half": step / 2,
                "whole": float(step),
            }
            for step in range(25)
        ],
        name=f"alike é {n}",
        tags=["all", f"tag {n}"] if n > 0 else [],
        config={"lr": 0.1 / (n + 1), "opt": {"name": "adam", "betas": [0.9, n]}, "steps": 2**53 + n},
    )

# Other keys in each run, and a run without any.
log("ragged", 0, [{"loss": 1 / (step + 1)} for step in range(6)], config={"lr": 0.1})
log("ragged", 1, [{"loss": step, **({"acc": step / 6} if step % 2 else {})} for step in range(6)], config={"lr": "auto"})
log("ragged", 2, [{"acc": 1.0, "only here": "text", "flag": True}, {"acc": 0.5, "seed": 2**53 + 1}], config={})
log("ragged", 3, [], config={"lr": None})

# The same key with another type in each run.
OF_TYPES = [[1, 2], [0.5, 1.5], ["text", "1"], [True, False], [{"a": 1}, [1, "x", None]], [None, None], [2**53 + 1, -1]]
for n, values in enumerate(OF_TYPES):
    log("types", n, [{"value": value, "loss": n} for value in values])
# Types that have one in common: whole numbers and others, in other runs and in one.
log("numbers", 0, [{"value": 1, "other": 3}, {"value": 2, "other": 0.25}])
log("numbers", 1, [{"value": 0.5, "other": 2**53 - 1}, {"value": 2**40, "other": -7}])
log("numbers", 2, [{"value": None, "other": None}])

# Values that are no numbers, beside null and beside nothing.
log("nonfinite", 0, [{"loss": loss, "ok": step} for step, loss in enumerate([1.5, math.inf, -math.inf, 2, math.nan])])
log("nonfinite", 1, [{"loss": None, "ok": 0}, {"ok": 1}, {"loss": math.nan, "ok": 2}, {"loss": 0.5, "ok": 3}])

# Nested values and what wandb makes of its own types.
for n in range(2):
    log(
        "nested",
        n,
        [
            {
                "norms": {"w": step / 4, "deep": {"text": "é", "n": step}},
                "list": [step, step + 1],
                "histogram": wandb.Histogram([0.5, 1.5, 1.5, step]),
                "page": wandb.Html(f"<b>{step}</b>"),
            }
            for step in range(4)
        ],
    )
log("uneven", 0, [{"v": {"a": 1}}, {"v": {"b": "x", "a": 0.5}}, {"v": {"a": None, "c": [1, {"d": math.nan}]}}])
log("uneven", 1, [{"v": {"a": 2, "big": 2**53 + 1}}, {"v": {}}, {"other": 1}])

# What a reader that looks at the first 100 rows only gets wrong.
log(
    "late",
    0,
    [
        {"drift": 2.5 if step == 140 else step, **({"late": step} if step >= 120 else {})}
        for step in range(150)
    ],
)

# Whole numbers beyond 64 bits.
log("huge", 0, [{"huge": 2**63 - 1}, {"huge": 2**63}, {"huge": 2**64 + 1}])

# Names that a frame has members of, and other names that are hard.
log("names", 0, [{"columns": 1, "shape": "s", "$data": 2, "length": 3, "a/b": 4, "a.b": 5, "é \"q\"": 6, "constructor": 7, "index": 8}])

# A metric that is null in every run.
log("nothing", 0, [{"none": None, "loss": 1}])
