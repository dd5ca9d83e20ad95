"""From rows of features to scores of classes; a softmax of the scores gives probabilities."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from civictopics.errors import ModelError

Rows = Any
"""A sparse matrix or an array; no types are published for the former."""
Floats = NDArray[np.float64]
_LEAST = 1e-6


def linear_scores(rows: Rows, arrays: dict[str, NDArray[Any]]) -> Floats:
    """Return one linear score per class, shape (n, n_classes)."""
    scores: Floats = np.asarray(rows @ arrays["coefficients"], dtype=np.float64) + arrays["intercepts"]
    return scores


def sigmoid_scores(rows: Rows, arrays: dict[str, NDArray[Any]]) -> Floats:
    """Return the logarithm of the mean probability that several machines with sigmoids behind them give.

    Each has one decision per class, or one for two classes (Platt 1999); those of several
    classes are brought to a sum of one.
    """
    total: Floats | None = None
    machines = zip(*(arrays[name] for name in ("coefficients", "intercepts", "slopes", "offsets")), strict=True)
    for coefficients, intercepts, slopes, offsets in machines:
        decisions = np.asarray(rows @ coefficients, dtype=np.float64) + intercepts
        chances = expit(-(slopes * decisions + offsets))
        if chances.shape[1] == 1:
            chances = np.hstack([1.0 - chances, chances])
        sums = chances.sum(axis=1, keepdims=True)
        chances = np.where(sums > 0, chances / np.where(sums > 0, sums, 1.0), 1.0 / chances.shape[1])
        total = chances if total is None else total + chances
    if total is None:
        raise ModelError("a model of sigmoids without any; train it again with `civictopics train`")
    logarithms: Floats = np.log(np.clip(total / len(arrays["coefficients"]), _LEAST, 1.0))
    return logarithms


def neighbour_scores(rows: Rows, arrays: dict[str, NDArray[Any]], n_classes: int) -> Floats:
    """Return the logarithm of the share of each class among the nearest stored vectors, weighted by nearness."""
    stored, classes = arrays["vectors"].astype(np.float64), arrays["classes"]
    wanted = min(int(arrays["n_neighbours"][0]), len(stored))
    distances = np.clip(1.0 - _unit(np.asarray(rows, dtype=np.float64)) @ _unit(stored).T, 0.0, 2.0)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :wanted]
    near = np.take_along_axis(distances, nearest, axis=1)
    same = near <= 1e-12
    weights = np.where(same.any(axis=1, keepdims=True), same.astype(np.float64), 1.0 / np.maximum(near, 1e-12))
    shares = np.stack([(weights * (classes[nearest] == number)).sum(axis=1) for number in range(n_classes)], axis=1)
    logarithms: Floats = np.log(np.clip(shares / shares.sum(axis=1, keepdims=True), _LEAST, 1.0))
    return logarithms


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)
