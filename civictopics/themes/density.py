"""HDBSCAN on vectors (Campello et al. 2013): dense regions are themes, the rest goes to the nearest."""

from collections.abc import Sequence

import numpy as np
from sklearn.cluster import HDBSCAN
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError
from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.result import Matrix
from civictopics.themes.vector_kmeans import centre_weights
from civictopics.themes.vocabulary import Counts


class HdbscanThemes(DiscoveringModel):
    """Themes as dense regions: their number follows from the data, and is often far too large or one.

    Parameters
    ----------
    least_passages : int
        A region has at least as many.

    Attributes
    ----------
    outliers_ : array of bool, shape (n_passages,)
        Passages in no region; they are weighed by the centres all the same.
    """

    needs_vectors = True

    def __init__(self, least_passages: int = 15) -> None:
        self.least_passages = least_passages

    def _least_passages(self) -> int:
        return self.least_passages

    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        self.n_dimensions_ = vectors.shape[1]
        with threadpool_limits(1):
            labels = HDBSCAN(min_cluster_size=self.least_passages, copy=True).fit_predict(vectors)
        self.outliers_ = labels < 0
        if self.outliers_.all():
            raise InputError(
                f"no region of {self.least_passages} or more passages is denser than the rest; lower least_passages"
            )
        self.centres_ = np.stack([vectors[labels == theme].mean(axis=0) for theme in range(labels.max() + 1)])
        return self._weigh(counts, vectors)

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        return centre_weights(vectors, self.centres_)
