"""How large a difference is, apart from whether it is there.

References
----------
Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, chapter 6.
Newcombe, R. G. (1998). Interval estimation for the difference between independent
proportions: comparison of eleven methods. Statistics in Medicine 17, 873-890 (method 10).
Cliff, N. (1993). Dominance statistics: ordinal analyses to answer ordinal questions.
Psychological Bulletin 114, 494-509.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from civictopics.errors import InputError
from civictopics.evaluation.proportions import wilson_interval


def cohens_h(first: float, second: float) -> float:
    """Return the difference of two proportions on the arcsine scale: 0.2 is small, 0.5 medium, 0.8 large.

    Examples
    --------
    >>> round(cohens_h(0.65, 0.5), 3)
    0.305
    """
    for share in (first, second):
        if not 0 <= share <= 1:
            raise InputError(f"proportion {share} is not between 0 and 1")
    return 2 * math.asin(math.sqrt(first)) - 2 * math.asin(math.sqrt(second))


def risk_difference(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float, float]:
    """Return the difference of two independent proportions with its 95 % interval (Newcombe's hybrid score).

    Each is given as (successes, trials). For two methods on the same articles use
    :func:`civictopics.evaluation.paired.paired_difference`.

    Examples
    --------
    >>> [round(value, 4) for value in risk_difference((56, 70), (48, 80))]
    [0.2, 0.0524, 0.3339]
    """
    if min(first[1], second[1]) < 1:
        raise InputError(f"proportions of {first[1]} and {second[1]} trials; both need one or more")
    ours, theirs = first[0] / first[1], second[0] / second[1]
    (low_1, high_1), (low_2, high_2) = wilson_interval(*first), wilson_interval(*second)
    difference = ours - theirs
    low = difference - math.hypot(ours - low_1, high_2 - theirs)
    high = difference + math.hypot(high_1 - ours, theirs - low_2)
    return difference, low, high


def cliffs_delta(first: Sequence[float] | NDArray[Any], second: Sequence[float] | NDArray[Any]) -> float:
    """Return how much oftener a value of `first` exceeds one of `second` than the reverse, from -1 to 1.

    Examples
    --------
    >>> round(cliffs_delta([3, 4, 5], [1, 2, 4]), 3)
    0.667
    """
    n, m = len(first), len(second)
    if not n or not m:
        raise InputError(f"samples of {n} and {m} values; both need one or more")
    ranks = rankdata(np.concatenate([np.asarray(first, dtype=float), np.asarray(second, dtype=float)]))
    wins = float(ranks[:n].sum()) - n * (n + 1) / 2
    return 2 * wins / (n * m) - 1
