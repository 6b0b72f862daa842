"""Small classifiers in plain numpy: each gives scores, a loss, and the gradient of that loss."""

import numpy as np

CLASSES = 10


def one_hot(labels):
    return np.eye(CLASSES)[labels]


def cross_entropy(scores, labels):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_likelihood = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    target = one_hot(labels)
    return -(target * log_likelihood).sum(axis=1).mean(), (np.exp(log_likelihood) - target) / len(labels)


def hinge(scores, labels):
    """One against the rest: every class has its own margin."""
    sign = 2 * one_hot(labels) - 1
    margin = np.maximum(0, 1 - sign * scores)
    return margin.sum(axis=1).mean(), -sign * (margin > 0) / len(labels)


def squared(scores, labels):
    error = scores - one_hot(labels)
    return 0.5 * (error**2).sum(axis=1).mean(), error / len(labels)


class Linear:
    """A linear layer under one of the losses above, with weight decay."""

    def __init__(self, inputs, loss, decay, rng):
        self.loss, self.decay = loss, decay
        self.params = {"w": rng.normal(0, 0.01, (inputs, CLASSES)), "b": np.zeros(CLASSES)}

    def features(self, x):
        return x

    def scores(self, x):
        return self.features(x) @ self.params["w"] + self.params["b"]

    def gradient(self, x, labels):
        loss, error = self.loss(self.scores(x), labels)
        return loss, {"w": self.features(x).T @ error + self.decay * self.params["w"], "b": error.sum(axis=0)}


class RandomFeatures(Linear):
    """Random Fourier features: ridge regression with an approximated Gaussian kernel."""

    def __init__(self, inputs, width, gamma, decay, rng):
        super().__init__(width, squared, decay, rng)
        self.frequencies = rng.normal(0, np.sqrt(2 * gamma), (inputs, width))
        self.phases = rng.uniform(0, 2 * np.pi, width)

    def features(self, x):
        return np.sqrt(2 / len(self.phases)) * np.cos(x @ self.frequencies + self.phases)


class Mlp:
    """One hidden layer of rectified units."""

    def __init__(self, inputs, hidden, decay, rng):
        self.decay = decay
        self.params = {
            "w1": rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden)),
            "b1": np.zeros(hidden),
            "w2": rng.normal(0, np.sqrt(2 / hidden), (hidden, CLASSES)),
            "b2": np.zeros(CLASSES),
        }

    def hidden(self, x):
        return np.maximum(0, x @ self.params["w1"] + self.params["b1"])

    def scores(self, x):
        return self.hidden(x) @ self.params["w2"] + self.params["b2"]

    def loss(self, scores, labels):
        return cross_entropy(scores, labels)

    def gradient(self, x, labels):
        hidden = self.hidden(x)
        loss, error = cross_entropy(hidden @ self.params["w2"] + self.params["b2"], labels)
        back = (error @ self.params["w2"].T) * (hidden > 0)
        return loss, {
            "w1": x.T @ back + self.decay * self.params["w1"],
            "b1": back.sum(axis=0),
            "w2": hidden.T @ error + self.decay * self.params["w2"],
            "b2": error.sum(axis=0),
        }


def make_model(config, inputs, rng):
    family, decay = config["model"], config["weight_decay"]
    if family == "logreg":
        return Linear(inputs, cross_entropy, decay, rng)
    if family == "svm":
        return Linear(inputs, hinge, decay, rng)
    if family == "rff":
        return RandomFeatures(inputs, config["width"], config["gamma"], decay, rng)
    if family == "mlp":
        return Mlp(inputs, config["hidden"], decay, rng)
    raise ValueError(f"unknown model {family!r}")
