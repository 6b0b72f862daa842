"""SGD with momentum, Adam, and learning-rate schedules."""

import math

import numpy as np


class Sgd:
    def __init__(self, params, momentum):
        self.momentum = momentum
        self.velocity = {name: np.zeros_like(value) for name, value in params.items()}

    def step(self, params, gradient, lr):
        for name, value in gradient.items():
            self.velocity[name] = self.momentum * self.velocity[name] + value
            params[name] -= lr * self.velocity[name]


class Adam:
    def __init__(self, params, betas):
        self.betas, self.count = betas, 0
        self.mean = {name: np.zeros_like(value) for name, value in params.items()}
        self.square = {name: np.zeros_like(value) for name, value in params.items()}

    def step(self, params, gradient, lr):
        self.count += 1
        first, second = self.betas
        for name, value in gradient.items():
            self.mean[name] = first * self.mean[name] + (1 - first) * value
            self.square[name] = second * self.square[name] + (1 - second) * value**2
            mean = self.mean[name] / (1 - first**self.count)
            square = self.square[name] / (1 - second**self.count)
            params[name] -= lr * mean / (np.sqrt(square) + 1e-8)


def make_optimizer(config, params):
    if config["name"] == "sgd":
        return Sgd(params, config["momentum"])
    if config["name"] == "adam":
        return Adam(params, config["betas"])
    raise ValueError(f"unknown optimizer {config['name']!r}")


def scheduled(schedule, lr, step, steps):
    if schedule == "constant":
        return lr
    if schedule == "cosine":
        return lr * 0.5 * (1 + math.cos(math.pi * step / steps))
    if schedule == "warmup":
        return lr * min(1, (step + 1) / 20)
    raise ValueError(f"unknown schedule {schedule!r}")
