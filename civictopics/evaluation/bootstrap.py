"""Bootstrap intervals over groups: percentile, and bias-corrected and accelerated (BCa).

References
----------
Efron, B. (1987). Better bootstrap confidence intervals. JASA 82, 171-185.
Davison, A. C. and Hinkley, D. V. (1997). Bootstrap Methods and their Application,
section 3.8: groups are drawn whole, because their members are not independent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.resampling import leave_one_out, replicate
from civictopics.evaluation.scores import Floats, Labels, Score, as_list

Method = Literal["percentile", "bca"]
METHODS: tuple[Method, ...] = ("percentile", "bca")
_MAY_BE_UNDEFINED = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its interval.

    Attributes
    ----------
    value, low, high : float
    level : float
        The nominal coverage, 0.95 for a 95 % interval.
    n_groups : int
        Groups that were resampled.
    method : str
        ``percentile`` or ``bca``.
    """

    value: float
    low: float
    high: float
    level: float
    n_groups: int
    method: str

    @property
    def collapsed(self) -> bool:
        """Whether all resamples agree, as at an accuracy of 1: the width then says nothing."""
        return bool(self.low == self.high)


def bootstrap_interval(
    scores: Score | Sequence[Score],
    groups: Labels,
    *,
    level: float = 0.95,
    method: Method = "bca",
    n_resamples: int = 10_000,
    seed: int = 0,
) -> Interval:
    """Return a score with its bootstrap interval over groups.

    Parameters
    ----------
    scores : Score or sequence of Score
        The score of one method; with several seeds one score each over the same rows.
        Their mean is what is resampled: seeds are repetitions, not further data.
    groups : array of shape (n_rows,)
        The group of each row. Rows of one group are drawn together.
    level, method, n_resamples, seed
        Nominal coverage, kind of interval, number of resamples, seed of the draws.

    Raises
    ------
    InputError
        If there are fewer than two groups, or the score is undefined in over
        one in twenty resamples.

    Examples
    --------
    >>> from civictopics.evaluation.classification import accuracy
    >>> found = bootstrap_interval(accuracy([1, 1, 0, 0] * 20, [1, 1, 0, 1] * 20), list(range(80)))
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (0.75, 0.65, 0.84)
    """
    repeated = as_list(scores)
    return interval_of_contrast(repeated, [1 / len(repeated)] * len(repeated), groups, level, method, n_resamples, seed)


def interval_of_contrast(
    scores: Sequence[Score],
    weights: Sequence[float],
    groups: Labels,
    level: float = 0.95,
    method: Method = "bca",
    n_resamples: int = 10_000,
    seed: int = 0,
) -> Interval:
    """Return the interval of a weighted sum of scores, all taken over the same resamples."""
    return Resampled(scores, groups, level, method, n_resamples, seed).interval(weights)


class Resampled:
    """Scores over one set of resamples of groups, from which intervals of each, and of differences, are read.

    Parameters
    ----------
    scores : sequence of Score
        Of any number of methods and seeds, over the same rows.
    groups, level, method, n_resamples, seed
        As for :func:`bootstrap_interval`.
    """

    def __init__(
        self,
        scores: Sequence[Score],
        groups: Labels,
        level: float = 0.95,
        method: Method = "bca",
        n_resamples: int = 10_000,
        seed: int = 0,
    ) -> None:
        if method not in METHODS:
            raise UsageError(f"unknown kind of interval {method!r}; choose one of {', '.join(METHODS)}")
        if not 0 < level < 1:
            raise UsageError(f"the level of an interval is {level}; it must lie between 0 and 1, such as 0.95")
        self.level, self.method = level, method
        self.n_groups = len(np.unique(np.asarray(groups)))
        self.values = np.array([score.of_all() for score in scores])
        self.replicates = replicate(scores, groups, n_resamples, seed)
        self.left_out = leave_one_out(scores, groups) if method == "bca" else np.empty((len(scores), 0))

    def interval(self, weights: Sequence[float]) -> Interval:
        """Return the interval of the weighted sum of the scores; those of weight zero are not looked at."""
        factors = np.asarray(weights, dtype=np.float64)
        used = np.flatnonzero(factors)
        value = float(factors[used] @ self.values[used])
        if np.isnan(value):
            return Interval(value, float("nan"), float("nan"), self.level, self.n_groups, self.method)
        replicates = factors[used] @ self.replicates[used]
        defined = replicates[~np.isnan(replicates)]
        if len(defined) < (1 - _MAY_BE_UNDEFINED) * len(replicates):
            share = 1 - len(defined) / len(replicates)
            raise InputError(
                f"the score is undefined in {share:.0%} of the resamples; there are too few groups that have it"
            )
        if self.method == "bca":
            low, high = bca_bounds(value, defined, factors[used] @ self.left_out[used], self.level)
        else:
            low, high = percentile_bounds(defined, self.level)
        return Interval(value, low, high, self.level, self.n_groups, self.method)


def percentile_bounds(replicates: Floats, level: float) -> tuple[float, float]:
    """Return the quantiles of the replicates that leave ``(1 - level) / 2`` on each side."""
    tail = (1 - level) / 2
    low, high = np.quantile(replicates, [tail, 1 - tail])
    return float(low), float(high)


def bca_bounds(value: float, replicates: Floats, left_out: Floats, level: float) -> tuple[float, float]:
    """Return the BCa bounds, given the values with each group left out.

    Where the bias correction or the acceleration is undefined (all replicates on one
    side, or no influence at all), the percentile bounds are returned.
    """
    share = (np.count_nonzero(replicates < value) + np.count_nonzero(replicates <= value)) / (2 * len(replicates))
    influence = np.nanmean(left_out) - left_out[~np.isnan(left_out)]
    spread = float(np.sum(influence**2))
    if share in (0.0, 1.0) or spread == 0.0:
        return percentile_bounds(replicates, level)
    bias = float(ndtri(share))
    acceleration = float(np.sum(influence**3)) / (6 * spread**1.5)
    tail = float(ndtri((1 - level) / 2))
    levels = [ndtr(bias + z / (1 - acceleration * z)) for z in (bias + tail, bias - tail)]
    low, high = np.quantile(replicates, levels)
    return float(low), float(high)
