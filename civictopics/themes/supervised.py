"""Theme flags learned from labelled passages: a linear multi-label classifier on vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError


class SupervisedThemes(ClassifierMixin, BaseEstimator):
    """One logistic regression for each theme, on vectors: for a researcher's own labels; needs a few dozen of each.

    Parameters
    ----------
    strength : float
        Inverse of the penalty on large weights.

    Attributes
    ----------
    themes_ : tuple of str
        In alphabetical order.
    """

    def __init__(self, strength: float = 10.0) -> None:
        self.strength = strength

    def fit(self, X: ArrayLike, y: Sequence[Sequence[str]]) -> "SupervisedThemes":
        """Learn from vectors, shape (n_passages, n_dimensions), and the themes of each passage.

        Raises
        ------
        InputError
            If there is not one list of themes for each row, or a theme is in all passages or none.
        """
        values = np.asarray(X, dtype=np.float64)
        if values.ndim != 2 or len(values) != len(y):
            raise InputError(f"vectors of shape {values.shape} for {len(y)} lists of themes; give one row for each")
        self.themes_ = tuple(sorted({theme for themes in y for theme in themes}))
        if not self.themes_:
            raise InputError(f"none of the {len(y)} passages has a theme to learn")
        self._models = []
        with threadpool_limits(1):
            for theme in self.themes_:
                present = np.array([theme in themes for themes in y])
                if present.all():
                    raise InputError(f"every passage has the theme {theme!r}: give some without it")
                self._models.append(LogisticRegression(C=self.strength, max_iter=500).fit(values, present))
        return self

    def transform(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of each theme, shape (n_passages, n_themes)."""
        check_is_fitted(self, "themes_")
        values = np.asarray(X, dtype=np.float64)
        with threadpool_limits(1):
            return np.stack([model.predict_proba(values)[:, 1] for model in self._models], axis=1)

    def predict(self, X: ArrayLike) -> list[list[str]]:
        """Return the themes of each passage."""
        chances = self.transform(X) >= 0.5
        return [[theme for theme, there in zip(self.themes_, row, strict=True) if there] for row in chances]
