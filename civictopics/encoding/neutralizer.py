"""Remove from vectors what tells the language of the text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError

_SAME = 1e-6


class LanguageNeutralizer(TransformerMixin, BaseEstimator):
    """Centre each language, and remove the directions that languages differ in.

    Each language's mean is moved to the mean of all (Libovický et al. 2020). Then
    the low-rank space that the means span is projected out (Xie et al. 2022), which
    also serves texts whose language is not known; on request the first principal
    components of each language as well (Yang et al. 2021). Fit it on training
    groups only.

    Parameters
    ----------
    n_directions : int, optional
        Rank of the space removed; by default all that the means span, one less than
        there are languages.
    n_principal : int
        Principal components removed per language, of centred vectors. They hold
        meaning too: each costs some of the themes.
    normalize : bool
        Bring the rows back to length one.

    Attributes
    ----------
    languages_ : array of str, shape (n_languages,)
    means_ : array, shape (n_languages, n_features)
    overall_mean_ : array, shape (n_features,)
        Mean of the languages' means.
    directions_ : array, shape (n_directions, n_features)
        Orthonormal rows: the space removed from every vector.
    principal_ : array, shape (n_languages, n_principal, n_features)
        Orthonormal rows within each language.

    References
    ----------
    Libovický, Rosa and Fraser (2020), On the language neutrality of pre-trained multilingual representations.
    Yang, Yang, Cer and Darve (2021), A simple and effective method to eliminate the self language bias in
    multilingual representations.
    Xie, Zhao, Yu and Li (2022), Discovering low-rank subspaces for language-agnostic multilingual representations.
    """

    def __init__(self, n_directions: int | None = None, n_principal: int = 0, normalize: bool = True) -> None:
        self.n_directions = n_directions
        self.n_principal = n_principal
        self.normalize = normalize

    def fit(self, X: ArrayLike, y: object = None, languages: Sequence[str] | None = None) -> "LanguageNeutralizer":
        """Learn means and directions.

        Parameters
        ----------
        X : array, shape (n_texts, n_features)
        y : ignored
        languages : sequence of str, shape (n_texts,)
            Language of each text; without it all texts are of one language.

        Raises
        ------
        InputError
            If there are more or fewer languages than texts.
        """
        vectors = validate_data(self, X, dtype=[np.float64, np.float32])
        codes = _codes(languages, len(vectors))
        filled = vectors.any(axis=1)  # a zero row is a text without a known token
        if filled.any():
            vectors, codes = vectors[filled], codes[filled]
        self.languages_ = np.unique(codes)
        dtype = vectors.dtype
        with threadpool_limits(1):
            means = np.stack([vectors[codes == code].mean(axis=0, dtype=np.float64) for code in self.languages_])
            overall = means.mean(axis=0)
            self.directions_ = _span(means - overall, self.n_directions).astype(dtype)
            self.principal_ = np.zeros((len(means), max(self.n_principal, 0), vectors.shape[1]), dtype=dtype)
            if self.n_principal > 0:
                for number, code in enumerate(self.languages_):
                    rows = _span(vectors[codes == code] - means[number], self.n_principal)
                    self.principal_[number, : len(rows)] = rows
        self.means_, self.overall_mean_ = means.astype(dtype), overall.astype(dtype)
        return self

    def transform(self, X: ArrayLike, languages: Sequence[str] | None = None) -> NDArray[Any]:
        """Return vectors without their language, shape (n_texts, n_features).

        Parameters
        ----------
        X : array, shape (n_texts, n_features)
        languages : sequence of str, shape (n_texts,)
            Texts of a language that was not fitted, and all where this is missing, are
            not centred; the directions are removed from every text.
        """
        check_is_fitted(self)
        vectors = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        neutral: NDArray[Any] = np.array(vectors)
        if languages is not None or len(self.languages_) == 1:
            codes = (
                _codes(languages, len(vectors)) if languages is not None else np.full(len(vectors), self.languages_[0])
            )
            for number, code in enumerate(self.languages_):
                rows = codes == code
                moved = vectors[rows] - self.means_[number]
                moved -= moved @ self.principal_[number].T @ self.principal_[number]
                neutral[rows] = moved + self.overall_mean_
        neutral -= neutral @ self.directions_.T @ self.directions_
        neutral[~vectors.any(axis=1)] = 0
        if self.normalize:
            lengths = np.linalg.norm(neutral, axis=1, keepdims=True)
            np.divide(neutral, lengths, out=neutral, where=lengths > 0)
        return neutral

    def fit_transform(self, X: ArrayLike, y: object = None, languages: Sequence[str] | None = None) -> NDArray[Any]:
        """Fit, then transform the same vectors."""
        return self.fit(X, y, languages).transform(X, languages)


def _codes(languages: Sequence[str] | None, count: int) -> NDArray[np.str_]:
    if languages is None:
        return np.full(count, "")
    if len(languages) != count:
        raise InputError(f"{len(languages)} languages for {count} vectors; give one for each")
    return np.asarray(languages, dtype=np.str_)


def _span(rows: NDArray[np.floating], most: int | None) -> NDArray[np.float64]:
    """Return an orthonormal basis of the space of `rows`, at most so many directions, the widest first."""
    _, sizes, basis = np.linalg.svd(np.asarray(rows, dtype=np.float64), full_matrices=False)
    rank = int((sizes > _SAME * max(float(sizes.max(initial=0)), _SAME)).sum())
    kept: NDArray[np.float64] = basis[: rank if most is None else min(rank, max(most, 0))]
    return kept
