"""k-means on TF-IDF weights (Lloyd 1982)."""

from collections.abc import Sequence

import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.result import Matrix
from civictopics.themes.vocabulary import Counts


class TfidfKMeansThemes(DiscoveringModel):
    """One theme for each passage, by its words: a baseline for one language; languages fall apart.

    Parameters
    ----------
    n_themes : int
    seed : int
    """

    def __init__(self, n_themes: int = 8, seed: int = 0) -> None:
        self.n_themes = n_themes
        self.seed = seed

    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        self._tfidf = TfidfTransformer(sublinear_tf=True).fit(counts.matrix)
        with threadpool_limits(1):
            self._model = KMeans(self.n_themes, n_init=4, random_state=self.seed)
            self._model.fit(self._tfidf.transform(counts.matrix))
        return self._weigh(counts, vectors)

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        with threadpool_limits(1):
            labels = self._model.predict(self._tfidf.transform(counts.matrix))
        weights: Matrix = np.eye(self.n_themes)[labels]
        return weights
