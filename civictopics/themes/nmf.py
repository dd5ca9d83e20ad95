"""Non-negative matrix factorisation of TF-IDF weights (Lee and Seung 1999)."""

from collections.abc import Sequence

from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.result import Matrix
from civictopics.themes.vocabulary import Counts


class NmfThemes(DiscoveringModel):
    """Themes as sums of words: good for one language; words of different languages fall into different themes.

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
        self._model = NMF(self.n_themes, init="nndsvda", random_state=self.seed, max_iter=400)
        with threadpool_limits(1):
            weights: Matrix = self._model.fit_transform(self._tfidf.transform(counts.matrix))
        return weights

    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        with threadpool_limits(1):
            weights: Matrix = self._model.transform(self._tfidf.transform(counts.matrix))
        return weights
