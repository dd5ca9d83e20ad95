"""k-means on vectors: every passage gets a theme, in all languages at once."""

from collections.abc import Sequence

import numpy as np
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.result import Matrix
from civictopics.themes.vocabulary import Counts

_SHARPNESS = 20.0


class VectorKMeansThemes(DiscoveringModel):
    """Themes around centres of vectors; weights fall with the distance from them.

    What all passages share is taken out first: their mean, after which rows have length one again.

    Parameters
    ----------
    n_themes : int
    seed : int

    Attributes
    ----------
    centres_ : array, shape (n_themes, n_dimensions)
    mean_ : array, shape (n_dimensions,)
    """

    needs_vectors = True

    def __init__(self, n_themes: int = 8, seed: int = 0) -> None:
        self.n_themes = n_themes
        self.seed = seed

    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        self.n_dimensions_ = vectors.shape[1]
        self.mean_ = vectors.mean(axis=0)
        with threadpool_limits(1):
            model = KMeans(self.n_themes, n_init=10, random_state=self.seed)
            self.centres_ = model.fit(without_mean(vectors, self.mean_)).cluster_centers_
        return self._weigh(counts, vectors)

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        return centre_weights(without_mean(vectors, self.mean_), self.centres_)


def without_mean(vectors: Matrix, mean: Matrix) -> Matrix:
    """Return vectors less their mean, with rows of length one (a row equal to the mean stays zero)."""
    rest = vectors - mean
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    unit: Matrix = np.divide(rest, lengths, out=np.zeros_like(rest), where=lengths > 0)
    return unit


def centre_weights(vectors: Matrix, centres: Matrix) -> Matrix:
    """Return weights of centres, largest for the nearest, rows summing to one, shape (n, n_centres)."""
    with threadpool_limits(1):
        distances = (centres**2).sum(axis=1) - 2.0 * vectors @ centres.T
    closeness = np.exp(-0.5 * _SHARPNESS * (distances - distances.min(axis=1, keepdims=True)))
    weights: Matrix = closeness / closeness.sum(axis=1, keepdims=True)
    return weights
