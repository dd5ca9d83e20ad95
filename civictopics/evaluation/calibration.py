"""Whether probabilities can be believed: expected calibration error and Brier score.

References
----------
Brier, G. W. (1950). Verification of forecasts expressed in terms of probability.
Monthly Weather Review 78, 1-3.
Guo, C. et al. (2017). On calibration of modern neural networks. ICML (equal widths).
Nixon, J. et al. (2019). Measuring calibration in deep learning. CVPR workshops
(equal masses).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.classification import mean_score
from civictopics.evaluation.scores import CountScore, Floats, Indices, Labels, RowScore

Bins = Literal["equal_width", "equal_mass"]
Numbers = Sequence[float] | NDArray[Any]


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Articles of like confidence: how many, how sure on average, and how often right."""

    count: int
    confidence: float
    accuracy: float


def calibration_bins(
    confidence: Numbers, right: Numbers, *, n_bins: int = 15, bins: Bins = "equal_mass"
) -> list[CalibrationBin]:
    """Return the bins that hold articles, the least sure first.

    Bins of equal width divide 0 to 1; those of equal mass divide at the quantiles of
    the confidence, and equal confidences stay together.
    """
    sure, correct = _checked(confidence, right)
    if bins not in ("equal_width", "equal_mass"):
        raise UsageError(f"unknown kind of bins {bins!r}; choose equal_width or equal_mass")
    shares = np.linspace(0, 1, n_bins + 1)
    edges = shares if bins == "equal_width" else np.quantile(sure, shares)
    place = np.searchsorted(edges[1:-1], sure)
    counts = np.bincount(place, minlength=n_bins)
    sums = np.bincount(place, weights=sure, minlength=n_bins)
    hits = np.bincount(place, weights=correct, minlength=n_bins)
    return [
        CalibrationBin(int(n), float(s / n), float(h / n)) for n, s, h in zip(counts, sums, hits, strict=True) if n > 0
    ]


def expected_calibration_error(
    confidence: Numbers, right: Numbers, *, n_bins: int = 15, bins: Bins = "equal_mass"
) -> float:
    """Return the mean distance of confidence and accuracy over the bins, weighted by their articles.

    Examples
    --------
    >>> round(expected_calibration_error([0.9, 0.9, 0.6, 0.6], [1, 1, 1, 0], n_bins=10, bins="equal_width"), 3)
    0.1
    """
    found = calibration_bins(confidence, right, n_bins=n_bins, bins=bins)
    return sum(b.count * abs(b.confidence - b.accuracy) for b in found) / sum(b.count for b in found)


def calibration_score(confidence: Numbers, right: Numbers, *, n_bins: int = 15, bins: Bins = "equal_mass") -> RowScore:
    """Return the expected calibration error as a score that can be resampled.

    The error is biased upwards in small samples, and more so in resamples; its
    percentile interval tends to lie above the value.
    """
    sure, correct = _checked(confidence, right)

    def value(indices: Indices) -> float:
        return expected_calibration_error(sure[indices], correct[indices], n_bins=n_bins, bins=bins)

    return RowScore(len(sure), value)


def brier_score(probabilities: Floats, labels: Sequence[str], truth: Labels) -> CountScore:
    """Return the mean squared distance of the probabilities from the truth, summed over labels (0 to 2).

    Parameters
    ----------
    probabilities : ndarray of shape (n_rows, n_labels)
    labels : sequence of str
        What each column stands for.
    truth : array of shape (n_rows,)
    """
    given, true = np.asarray(probabilities, dtype=np.float64), np.asarray(truth)
    if given.shape != (len(true), len(labels)):
        raise InputError(f"probabilities of shape {given.shape} for {len(true)} rows and {len(labels)} labels")
    unknown = sorted(set(true.tolist()) - set(labels))
    if unknown:
        raise InputError(f"label {unknown[0]!r} is not one of {', '.join(labels)}")
    return mean_score(((given - (true[:, None] == np.asarray(labels))) ** 2).sum(axis=1))


def _checked(confidence: Numbers, right: Numbers) -> tuple[Floats, Floats]:
    sure, correct = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if sure.ndim != 1 or sure.shape != correct.shape or not len(sure):
        raise InputError(
            f"confidence and right-or-wrong of shapes {sure.shape} and {correct.shape}; give one of each per row"
        )
    if not ((sure >= 0) & (sure <= 1)).all():
        raise InputError("a confidence is not between 0 and 1")
    return sure, correct
