"""Intervals of the mean share of groups: one rule for the report and for notebooks."""

import numpy as np
from numpy.typing import NDArray

from civictopics.evaluation.bootstrap import bootstrap_interval
from civictopics.evaluation.classification import mean_score
from civictopics.evaluation.proportions import wilson_interval

FEWEST_GROUPS = 30
"""With fewer groups the bootstrap's intervals of a share are too short; Wilson's are given."""


def share_interval(shares: NDArray[np.float64], n_resamples: int = 2_000, seed: int = 0) -> tuple[float, float, str]:
    """Return the 95 % interval of the mean of `shares`, shape (n_groups,), and its kind.

    ``bootstrap`` is BCa over groups; ``wilson`` (of the rounded count) stands where groups
    are few or all alike.

    Examples
    --------
    >>> low, high, kind = share_interval(np.array([1.0, 0.0, 0.0, 0.0]))
    >>> round(low, 3), round(high, 3), kind
    (0.046, 0.699, 'wilson')
    """
    share, n_groups = float(shares.mean()), len(shares)
    if n_groups >= FEWEST_GROUPS:
        found = bootstrap_interval(mean_score(shares), np.arange(n_groups), n_resamples=n_resamples, seed=seed)
        if not found.collapsed:
            return found.low, found.high, "bootstrap"
    low, high = wilson_interval(round(share * n_groups), n_groups)
    return min(low, share), max(high, share), "wilson"
