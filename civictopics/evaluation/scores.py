"""What can be resampled: a score written as sums of counts (fast), or as a function of chosen rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Labels = Sequence[Any] | NDArray[Any]


@dataclass(frozen=True, slots=True)
class CountScore:
    """A score that depends on the rows only through sums over them.

    Accuracy, F1, Brier score, means, normalised mutual information and agreement are
    of this kind. A resample of groups is then one row of a matrix product, so that
    ten thousand resamples take a fraction of a second.

    Attributes
    ----------
    rows : ndarray of shape (n_rows, n_counts)
        What each row adds to the sums.
    value : callable
        Takes sums of shape (..., n_counts) to values of shape (...); NaN where undefined.
    """

    rows: Floats
    value: Callable[[Floats], Floats]

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def of_all(self) -> float:
        """Return the score of all rows."""
        return float(self.value(self.rows.sum(axis=0)))

    def where(self, mask: NDArray[np.bool_]) -> "CountScore":
        """Return the score of the rows in `mask` alone; the others stay, and count nothing."""
        return CountScore(self.rows * np.asarray(mask, dtype=np.float64)[:, None], self.value)

    def take(self, indices: Indices) -> "CountScore":
        """Return the score over the rows at `indices` alone."""
        return CountScore(self.rows[indices], self.value)


@dataclass(frozen=True, slots=True)
class RowScore:
    """A score that needs the rows themselves, such as the area under a risk curve.

    Attributes
    ----------
    n_rows : int
    value : callable
        Takes the indices of the chosen rows (repeated as often as drawn) to the score.
    chosen : ndarray of bool, optional
        Rows that count; all by default.
    """

    n_rows: int
    value: Callable[[Indices], float]
    chosen: NDArray[np.bool_] | None = None

    def of_rows(self, indices: Indices) -> float:
        """Return the score of the rows at `indices`; NaN where none of them counts."""
        kept = indices if self.chosen is None else indices[self.chosen[indices]]
        return float(self.value(kept)) if len(kept) else float("nan")

    def of_all(self) -> float:
        """Return the score of all rows."""
        return self.of_rows(np.arange(self.n_rows))

    def where(self, mask: NDArray[np.bool_]) -> "RowScore":
        """Return the score of the rows in `mask` alone."""
        both = np.asarray(mask, dtype=bool)
        return RowScore(self.n_rows, self.value, both if self.chosen is None else both & self.chosen)

    def take(self, indices: Indices) -> "RowScore":
        """Return the score over the rows at `indices` alone."""
        kept = None if self.chosen is None else self.chosen[indices]
        return RowScore(len(indices), lambda rows: self.value(indices[rows]), kept)


Score = CountScore | RowScore


def as_list(scores: Score | Sequence[Score]) -> list[Score]:
    """Return the scores of one method: one per seed, over the same rows."""
    found = [scores] if isinstance(scores, (CountScore, RowScore)) else list(scores)
    if not found:
        raise InputError("no score was given; give one score, or one per seed")
    if len({score.n_rows for score in found}) > 1:
        raise InputError(f"scores over different numbers of rows: {[score.n_rows for score in found]}")
    return found


def mean_value(scores: Score | Sequence[Score]) -> float:
    """Return the mean over the seeds of the score of all rows."""
    return float(np.mean([score.of_all() for score in as_list(scores)]))
