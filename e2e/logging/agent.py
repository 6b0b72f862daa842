"""Sweeps carried out by the real client's agent: `python agent.py`."""

import json

import wandb
from wandb.agents import pyagent

pyagent.Agent.HEARTBEAT_SLEEP_SECONDS = 0.2


def train():
    # The project isn't named: a run of a sweep goes where the sweep is.
    with wandb.init(settings=wandb.Settings(x_disable_stats=True, disable_git=True)) as run:
        run.log({"loss": run.config.lr * run.config.opt["scale"]})


parameters = {"lr": {"values": [1, 2]}, "opt": {"parameters": {"scale": {"values": [0.5, 1.0]}}}}
grid = wandb.sweep({"name": "all", "method": "grid", "parameters": parameters}, project="logged", entity="local")
wandb.agent(grid, function=train, project="logged", entity="local")

random = wandb.sweep({"method": "random", "parameters": {**parameters, "lr": {"min": 0.0, "max": 1.0}}}, project="logged", entity="local")
wandb.agent(random, function=train, project="logged", entity="local", count=2)

bayes = wandb.sweep({"method": "bayes", "metric": {"name": "loss", "goal": "minimize"}, "parameters": parameters}, project="logged", entity="local")
try:
    wandb.agent(bayes, function=train, project="logged", entity="local")
    refused = None
except Exception as error:
    refused = str(error)

print("answer " + json.dumps({"grid": grid, "random": random, "refused": refused}))
