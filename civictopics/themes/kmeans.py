"""Discovered themes: k-means on vectors (Lloyd 1982), numbered by size."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import KMeans
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

from civictopics.encoding.base import Vectors


class KMeansThemes(ClusterMixin, BaseEstimator):
    """Number the themes that passages fall into, the largest first.

    Parameters
    ----------
    n_themes : int
        Fewer are found where there are fewer different passages.
    seed : int
        Seed of the starting points.

    Attributes
    ----------
    centres_ : array of float32, shape (n_themes, n_dimensions)
    labels_ : array of int, shape (n_passages,)
        Themes of the passages that it was fitted on.
    """

    def __init__(self, n_themes: int = 8, seed: int = 0) -> None:
        self.n_themes = n_themes
        self.seed = seed

    def fit(self, X: Vectors, y: object = None) -> "KMeansThemes":
        """Find the themes of passages given as vectors, shape (n_passages, n_dimensions)."""
        values: NDArray[np.floating] = validate_data(self, X, dtype=(np.float32, np.float64))
        size = min(self.n_themes, len(np.unique(values, axis=0)))
        with threadpool_limits(1):
            model = KMeans(size, n_init=4, random_state=self.seed).fit(values)
        order = np.argsort(-np.bincount(model.labels_, minlength=size), kind="stable")
        self.centres_ = model.cluster_centers_[order]
        self.labels_ = np.argsort(order)[model.labels_]
        return self

    def predict(self, X: Vectors) -> NDArray[np.int64]:
        """Return the theme of each passage, shape (n_passages,)."""
        check_is_fitted(self)
        values = validate_data(self, X, dtype=(np.float32, np.float64), reset=False)
        with threadpool_limits(1):
            distances = (self.centres_**2).sum(axis=1) - 2.0 * values @ self.centres_.T
        nearest: NDArray[np.int64] = distances.argmin(axis=1)
        return nearest


def discovered_name(theme: int) -> str:
    """Return how a discovered theme is called: ``d1`` is the largest."""
    return f"d{theme + 1}"


def weighted_majority(themes: Sequence[int], weights: Sequence[float]) -> int:
    """Return the theme with the largest total weight; of equals, the lower number.

    Examples
    --------
    >>> weighted_majority([2, 1, 1], [5.0, 2.0, 2.0])
    2
    """
    totals: dict[int, float] = {}
    for theme, weight in zip(themes, weights, strict=True):
        totals[theme] = totals.get(theme, 0.0) + weight
    return min(totals, key=lambda theme: (-totals[theme], theme))
