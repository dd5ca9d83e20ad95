"""Latent semantic indexing (Deerwester et al. 1990), by gensim."""

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.gensim_models import corpus_of, models, words_of
from civictopics.themes.result import Matrix
from civictopics.themes.vocabulary import Counts


class LsiThemes(DiscoveringModel):
    """Directions of the largest variance: fast, but a direction mixes what it has for and against itself.

    Parameters
    ----------
    n_themes : int
        Fewer are found where the passages have fewer directions.
    seed : int
    """

    def __init__(self, n_themes: int = 8, seed: int = 0) -> None:
        self.n_themes = n_themes
        self.seed = seed

    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        with threadpool_limits(1):
            self._tfidf = models().TfidfModel(corpus_of(counts))
            self._model = models().LsiModel(
                self._tfidf[corpus_of(counts)],
                num_topics=self.n_themes,
                id2word=words_of(counts),
                random_seed=self.seed,
            )
        return self._weigh(counts, vectors)

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        weights = np.zeros((counts.matrix.shape[0], len(self._model.projection.s)))
        with threadpool_limits(1):
            for row, passage in enumerate(self._model[self._tfidf[corpus_of(counts)]]):
                for theme, value in passage:
                    weights[row, theme] = abs(value)
        return weights
