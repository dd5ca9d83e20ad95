"""What is gained by not answering: risk against coverage.

References
----------
El-Yaniv, R. and Wiener, Y. (2010). On the foundations of noise-free selective
classification. Journal of Machine Learning Research 11, 1605-1641.
Geifman, Y., Uziel, G. and El-Yaniv, R. (2019). Bias-reduced uncertainty estimation for
deep neural classifiers. ICLR (area under the risk-coverage curve, AURC).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError
from civictopics.evaluation.scores import Floats, Indices, RowScore

Numbers = Sequence[float] | NDArray[Any]


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The curve of risk against coverage.

    Attributes
    ----------
    coverage, risk : ndarray of shape (n_rows,)
        Share of the rows answered, the surest first, and the share of wrong ones among them.
    threshold : ndarray of shape (n_rows,)
        The confidence of the last row answered.
    """

    coverage: Floats
    risk: Floats
    threshold: Floats

    @property
    def area(self) -> float:
        """The mean risk over all coverages (AURC); lower is better."""
        return float(self.risk.mean())

    def coverage_at(self, risk: float) -> float:
        """Return the largest coverage, at a threshold on confidence, whose risk is at most `risk`; else 0.

        Rows of equal confidence are answered together or not at all.
        """
        last = np.append(self.threshold[1:] != self.threshold[:-1], True)
        kept = last & (self.risk <= risk)
        return float(self.coverage[kept].max()) if kept.any() else 0.0


def risk_coverage(confidence: Numbers, right: Numbers) -> RiskCoverage:
    """Return the risk at every coverage; among equal confidences the expected one, whatever the order of rows.

    Examples
    --------
    >>> curve = risk_coverage([0.9, 0.8, 0.7, 0.6], [1, 1, 0, 1])
    >>> [round(float(risk), 2) for risk in curve.risk]
    [0.0, 0.0, 0.33, 0.25]
    >>> curve.coverage_at(0.1)
    0.5
    """
    sure, correct = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if sure.ndim != 1 or sure.shape != correct.shape or not len(sure):
        raise InputError(
            f"confidence and right-or-wrong of shapes {sure.shape} and {correct.shape}; give one of each per row"
        )
    order = np.argsort(-sure, kind="stable")
    values, place, sizes = np.unique(-sure[order], return_inverse=True, return_counts=True)
    wrong = np.bincount(place, weights=1.0 - correct[order], minlength=len(values))
    expected = np.cumsum((wrong / sizes)[place])
    answered = np.arange(1, len(sure) + 1)
    return RiskCoverage(answered / len(sure), expected / answered, sure[order])


def area_under_risk_coverage(confidence: Numbers, right: Numbers) -> RowScore:
    """Return the area under the curve as a score that can be resampled."""
    sure, correct = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)

    def value(indices: Indices) -> float:
        return risk_coverage(sure[indices], correct[indices]).area

    return RowScore(len(sure), value)
