"""Themes beside the guided ones: k-means on vectors, their number chosen by stability under resampling of groups."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError
from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.result import Matrix
from civictopics.themes.stability import Stability, measure_stability, subsample_groups
from civictopics.themes.vector_kmeans import centre_weights, without_mean
from civictopics.themes.vocabulary import Counts

STABLE = 0.5
"""A theme whose chance-adjusted overlap with its counterparts is below is reported as unstable."""

_MOST_PASSAGES = 4000
_TOLERANCE = 0.02


class ResidualThemes(DiscoveringModel):
    """Cluster what no guided theme explains; every passage gets a theme.

    With ``n_themes="auto"`` each number of themes up to `most_themes` is fitted, and
    refitted on subsamples of the groups. Chosen is the largest number whose agreement
    with its refits (adjusted Rand index) is the best or less than 0.02 below it.

    Parameters
    ----------
    n_themes : int or "auto"
    most_themes : int
    n_refits : int
    seed : int

    Attributes
    ----------
    centres_ : array, shape (n_themes, n_dimensions)
    mean_ : array, shape (n_dimensions,)
    agreement_ : dict of int to float
        Mean adjusted Rand index of each number of themes that was tried.
    refits_ : dict of int to array, shape (n_refits,)
        That of each refit.
    stability_ : Stability
        Of the chosen number, themes in the order of `result_`.
    """

    needs_vectors = True

    def __init__(
        self, n_themes: int | Literal["auto"] = "auto", most_themes: int = 12, n_refits: int = 10, seed: int = 0
    ) -> None:
        self.n_themes = n_themes
        self.most_themes = most_themes
        self.n_refits = n_refits
        self.seed = seed

    def fit(
        self,
        texts: Sequence[str],
        y: object = None,
        *,
        languages: Sequence[str] | None = None,
        embeddings: ArrayLike | None = None,
        articles: Sequence[object] | None = None,
    ) -> "ResidualThemes":
        """Find the themes; see `DiscoveringModel.fit`. Give the groups of translations as `articles`."""
        if self.n_themes != "auto" and not (isinstance(self.n_themes, int) and self.n_themes >= 1):
            raise InputError(f"n_themes must be a number from 1, or 'auto', not {self.n_themes!r}")
        super().fit(texts, languages=languages, embeddings=embeddings, articles=articles)
        order = self._order
        found = self._stability
        self.stability_ = Stability(found.overall, found.themes[order], found.low[order], found.high[order])
        names = self.result_.names
        unstable = tuple(name for name, value in zip(names, self.stability_.themes, strict=True) if value < STABLE)
        self.result_ = replace(self.result_, stability=self.stability_.themes, unstable=unstable)
        return self

    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        self.n_dimensions_ = vectors.shape[1]
        self.mean_ = vectors.mean(axis=0)
        vectors = without_mean(vectors, self.mean_)
        part = subsample_groups(owners, self.seed, min(1.0, _MOST_PASSAGES / len(vectors)))
        sample, groups = vectors[part], [owners[row] for row in part]
        self.agreement_: dict[int, float] = {}
        measured: dict[int, Stability] = {}
        fitted: dict[int, Matrix] = {}
        for size in self._sizes(sample):
            fitted[size] = _centres(sample, size, self.seed, 10)
            measured[size] = _refitted(sample, groups, fitted[size], self.n_refits, self.seed)
            self.agreement_[size] = round(float(measured[size].overall.mean()), 6)
        self.refits_ = {size: found.overall for size, found in measured.items()}
        best = max(self.agreement_.values())
        chosen = max(size for size, value in self.agreement_.items() if value >= best - _TOLERANCE)
        self._stability = measured[chosen]
        self.centres_ = (
            fitted[chosen] if len(part) == len(vectors) else _centres(vectors, chosen, self.seed, 4, fitted[chosen])
        )
        return centre_weights(vectors, self.centres_)

    def _sizes(self, sample: Matrix) -> list[int]:
        different = len(np.unique(sample, axis=0))
        if isinstance(self.n_themes, int):
            return [min(self.n_themes, different)]
        return list(range(2, max(3, min(self.most_themes, different, len(sample) // 5) + 1)))

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        return centre_weights(without_mean(vectors, self.mean_), self.centres_)


def _centres(vectors: Matrix, size: int, seed: int, n_init: int, start: Matrix | None = None) -> Matrix:
    with threadpool_limits(1):
        model = KMeans(
            size, init="k-means++" if start is None else start, n_init=n_init if start is None else 1, random_state=seed
        )
        centres: Matrix = model.fit(vectors).cluster_centers_
    return centres


def _refitted(vectors: Matrix, groups: Sequence[object], centres: Matrix, n_refits: int, seed: int) -> Stability:
    def refit(rows: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
        return _nearest(vectors, _centres(vectors[rows], min(len(centres), len(rows)), seed, 4))

    return measure_stability(_nearest(vectors, centres), refit, groups, len(centres), n_refits, seed)


def _nearest(vectors: Matrix, centres: Matrix) -> NDArray[np.int64]:
    labels: NDArray[np.int64] = centre_weights(vectors, centres).argmax(axis=1)
    return labels
