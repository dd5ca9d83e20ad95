"""Latent Dirichlet allocation (Blei et al. 2003; online: Hoffman et al. 2010), by gensim."""

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.gensim_models import corpus_of, models, words_of
from civictopics.themes.result import Matrix
from civictopics.themes.vocabulary import Counts


class LdaThemes(DiscoveringModel):
    """Each passage a mixture of themes, each theme a distribution of words: wants long texts in one language.

    Parameters
    ----------
    n_themes : int
    seed : int
    passes : int
        How often the passages are gone through.
    """

    def __init__(self, n_themes: int = 8, seed: int = 0, passes: int = 10) -> None:
        self.n_themes = n_themes
        self.seed = seed
        self.passes = passes

    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        with threadpool_limits(1):
            self._model = models().LdaModel(
                corpus_of(counts),
                num_topics=self.n_themes,
                id2word=words_of(counts),
                passes=self.passes,
                alpha="auto",
                eta="auto",
                random_state=self.seed,
                dtype=np.float64,
            )
        return self._weigh(counts, vectors)

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        self._model.random_state = np.random.RandomState(self.seed)
        with threadpool_limits(1):
            gamma, _ = self._model.inference(list(corpus_of(counts)))
        weights: Matrix = gamma / gamma.sum(axis=1, keepdims=True)
        return weights
