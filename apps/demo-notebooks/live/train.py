"""Trains a softmax regression on points around three centres, for a few seconds, and logs it: `python train.py`.

The notebook 04-live watches it.
"""

import time

import numpy as np
import wandb

STEPS = 60
SECONDS_A_STEP = 0.05
CENTRES = np.array([[0.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])


def points(count, rng):
    labels = rng.integers(len(CENTRES), size=count)
    return CENTRES[labels] + rng.normal(0, 0.6, (count, 2)), labels


def loss_and_gradient(weights, x, labels):
    scores = np.exp(x @ weights)
    likelihood = scores / scores.sum(axis=1, keepdims=True)
    error = likelihood - np.eye(len(CENTRES))[labels]
    loss = -np.log(likelihood[np.arange(len(labels)), labels]).mean()
    return loss, x.T @ error / len(labels), (likelihood.argmax(axis=1) == labels).mean()


def main():
    rng = np.random.default_rng(7)
    x, labels = points(300, rng)
    weights = np.zeros((2, len(CENTRES)))
    # Steps are slow on purpose: there is something to watch. They are sent as they come.
    settings = wandb.Settings(disable_git=True, disable_code=True, x_disable_meta=True, x_disable_stats=True,
                              x_file_stream_transmit_interval=0.5)
    with wandb.init(project="live", name="softmax", config={"lr": 0.3, "steps": STEPS}, settings=settings) as run:
        print(f"{run.name} is being logged", flush=True)
        for step in range(STEPS):
            loss, gradient, accuracy = loss_and_gradient(weights, x, labels)
            weights -= run.config.lr * gradient
            run.log({"loss": float(loss), "accuracy": float(accuracy)})
            time.sleep(SECONDS_A_STEP)


if __name__ == "__main__":
    main()
