"""McNemar's test of two methods on the same independent articles.

It takes every article for an independent one: with translations in the data use one
article per group, or :func:`civictopics.evaluation.randomisation.randomisation_test`.

References
----------
McNemar, Q. (1947). Note on the sampling error of the difference between correlated
proportions or percentages. Psychometrika 12, 153-157.
Fagerland, M. W., Lydersen, S. and Laake, P. (2013). The McNemar test for binary
matched-pairs data: mid-p and asymptotic are better than exact conditional. BMC Medical
Research Methodology 13, 91.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from civictopics.errors import InputError


@dataclass(frozen=True, slots=True)
class McNemar:
    """Result of McNemar's test.

    Attributes
    ----------
    only_first, only_second : int
        Articles that only the first, or only the second method has right.
    exact, mid : float
        Two-sided p-values: the conservative exact one, and the mid-p, which is
        recommended.
    """

    only_first: int
    only_second: int
    exact: float
    mid: float


def mcnemar_test(first_right: Sequence[bool] | NDArray[Any], second_right: Sequence[bool] | NDArray[Any]) -> McNemar:
    """Compare two methods by the articles that one of them alone has right.

    Examples
    --------
    >>> found = mcnemar_test([True] * 1 + [False] * 7 + [True] * 12, [False] * 1 + [True] * 7 + [True] * 12)
    >>> round(found.exact, 4), round(found.mid, 4)
    (0.0703, 0.0391)
    """
    ours, theirs = np.asarray(first_right, dtype=bool), np.asarray(second_right, dtype=bool)
    if ours.shape != theirs.shape or ours.ndim != 1:
        raise InputError(
            f"right-or-wrong arrays of shapes {ours.shape} and {theirs.shape}; both must be one value per article"
        )
    only_first, only_second = int(np.sum(ours & ~theirs)), int(np.sum(~ours & theirs))
    n = only_first + only_second
    if n == 0:
        return McNemar(0, 0, 1.0, 1.0)
    fewer = min(only_first, only_second)
    point = float(binom.pmf(fewer, n, 0.5))
    exact = min(1.0, 2 * float(binom.cdf(fewer, n, 0.5)))
    mid = 1 - point / 2 if only_first == only_second else exact - point
    return McNemar(only_first, only_second, exact, mid)
