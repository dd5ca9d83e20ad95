"""Latent semantic analysis of the corpus at hand (Deerwester et al. 1990): needs no model, knows no translation."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from civictopics.encoding.base import Vectors, digest_of, unit_rows, warn_of_empty
from civictopics.errors import InputError
from civictopics.languages.matching import split_words


class LsaEncoder(BaseEstimator):
    """Vectors from the singular value decomposition of TF-IDF weights of words and word pairs.

    Words of different languages share nothing, so each language gets a space of
    its own within the vectors. Fit it on a sample of the passages to be encoded.

    Parameters
    ----------
    n_dimensions_wanted : int
        Fewer are kept where the sample has fewer passages.
    seed : int
        Seed of the randomised decomposition.
    """

    name = "lsa"

    def __init__(self, n_dimensions_wanted: int = 128, seed: int = 0) -> None:
        self.n_dimensions_wanted = n_dimensions_wanted
        self.seed = seed

    def fit(self, texts: Sequence[str]) -> "LsaEncoder":
        """Learn weights and dimensions from `texts`.

        Raises
        ------
        InputError
            If there are fewer than two texts with words.
        """
        counts = _hashing().transform(texts)
        filled = counts[np.flatnonzero(np.diff(counts.indptr))]
        if filled.shape[0] < 2:
            raise InputError(f"cannot fit vectors on {filled.shape[0]} text(s) with words; at least 2 are needed")
        self._tfidf = TfidfTransformer(sublinear_tf=True).fit(filled)
        size = min(self.n_dimensions_wanted, filled.shape[0] - 1)
        self._svd = TruncatedSVD(size, n_iter=4, random_state=self.seed)
        with threadpool_limits(1):  # the sum's order, and with it the last digits, would depend on the threads
            self._svd.fit(self._tfidf.transform(filled))
        self.n_dimensions_ = size
        self.digest_ = self.digest_of_training(texts)
        return self

    def digest_of_training(self, texts: Sequence[str]) -> str:
        """Return the digest that fitting on `texts` gives, without fitting."""
        return digest_of("lsa-1", str(self.n_dimensions_wanted), str(self.seed), *texts)

    @property
    def digest(self) -> str:
        """SHA-256 of the settings and training texts."""
        check_is_fitted(self)
        return self.digest_

    @property
    def n_dimensions(self) -> int:
        """Length of a vector."""
        check_is_fitted(self)
        return int(self.n_dimensions_)

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """Return vectors, shape (n_texts, n_dimensions); see `Encoder.encode`."""
        check_is_fitted(self)
        warn_of_empty(texts)
        if not len(texts):
            return np.zeros((0, self.n_dimensions_), dtype=np.float32)
        with threadpool_limits(1):
            weights = self._tfidf.transform(_hashing().transform(texts))
            return unit_rows(self._svd.transform(weights))


def _hashing() -> HashingVectorizer:
    return HashingVectorizer(analyzer=_terms, n_features=1 << 16, alternate_sign=False, norm=None, dtype=np.float32)


def _terms(text: str) -> list[str]:
    words = split_words(text)
    return words + [f"{first} {second}" for first, second in pairwise(words)]
