"""Calibrated probabilities: one temperature per language, fitted on scores out of fold."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp, softmax

ANY_LANGUAGE = ""
"""The key of the temperature for languages that were not trained on."""

RISKS = (0.02, 0.05, 0.08, 0.1, 0.15)
"""Shares of wrong answers that a user may choose to accept."""

_FLATTEST = np.log(8.0)


def fit_temperatures(
    scores: NDArray[np.float64],
    classes: NDArray[np.int64],
    languages: Sequence[str],
    weights: NDArray[np.float64],
    least: float = 1.0,
) -> dict[str, float]:
    """Return for each language the temperature with the least log loss.

    Scores are divided by the temperature before the softmax (Guo et al. 2017).
    By default no temperature is below one: the corpus is easier than the news, so that
    scores are never made surer than the model was.

    Parameters
    ----------
    scores : array, shape (n, n_classes)
        From models that have not seen the article or a translation of it.
    classes : array of int, shape (n,)
    languages : sequence of str
    weights : array, shape (n,)
    least : float, default=1.0
        The least temperature.
    """
    codes = np.array(languages)
    found = {ANY_LANGUAGE: _temperature(scores, classes, weights, least)}
    for code in sorted(set(languages)):
        chosen = codes == code
        found[code] = _temperature(scores[chosen], classes[chosen], weights[chosen], least)
    return found


def apply_temperatures(
    scores: NDArray[np.float64], languages: Sequence[str], temperatures: Mapping[str, float]
) -> NDArray[np.float64]:
    """Return probabilities, shape (n, n_classes)."""
    divisors = np.array([temperatures.get(code, temperatures[ANY_LANGUAGE]) for code in languages])
    probabilities: NDArray[np.float64] = softmax(scores / divisors.reshape(-1, 1), axis=1)
    return probabilities


def risk_thresholds(
    probabilities: NDArray[np.float64], classes: NDArray[np.int64], weights: NDArray[np.float64]
) -> dict[str, float]:
    """Return for each of `RISKS` the least probability above which the share of wrong answers stays below it.

    Parameters
    ----------
    probabilities : array, shape (n, n_classes)
        Calibrated, out of fold.
    classes : array of int, shape (n,)
    weights : array, shape (n,)

    Examples
    --------
    >>> sure = np.array([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]])
    >>> risk_thresholds(sure, np.array([0, 0, 1]), np.ones(3))["0.1"]
    0.8
    """
    confidence = probabilities.max(axis=1)
    wrong = (probabilities.argmax(axis=1) != classes) * weights
    order = np.argsort(-confidence, kind="stable")
    risk = np.cumsum(wrong[order]) / np.cumsum(weights[order])
    found = {}
    for wanted in RISKS:
        kept = np.flatnonzero(risk <= wanted)
        found[str(wanted)] = round(float(confidence[order][kept[-1]]), 4) if len(kept) else 1.0
    return found


def _temperature(
    scores: NDArray[np.float64], classes: NDArray[np.int64], weights: NDArray[np.float64], least: float
) -> float:
    rows = np.arange(len(classes))

    def loss(logarithm: float) -> float:
        scaled = scores / np.exp(logarithm)
        return float(np.average(logsumexp(scaled, axis=1) - scaled[rows, classes], weights=weights))

    best = minimize_scalar(loss, bounds=(float(np.log(least)), _FLATTEST), method="bounded", options={"xatol": 1e-4})
    return round(float(np.exp(best.x)), 4)
