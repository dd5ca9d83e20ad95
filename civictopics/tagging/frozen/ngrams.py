"""Rows of n-grams from a stored vocabulary, as scikit-learn's vectorizers make them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

_SETTINGS = ("analyzer", "ngram_range", "binary", "sublinear_tf")


def freeze_vectorizer(vectorizer: CountVectorizer, number: int) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the settings and terms of a fitted vectorizer, and its weights of terms where it has some."""
    given = vectorizer.get_params()
    settings = {name: given[name] for name in _SETTINGS if name in given}
    settings["ngram_range"] = list(settings["ngram_range"])
    block = {"settings": settings, "terms": vectorizer.get_feature_names_out().tolist()}
    weighted = isinstance(vectorizer, TfidfVectorizer)
    return block, {f"idf_{number}": vectorizer.idf_.astype(np.float32)} if weighted else {}


class FrozenNgrams:
    """Turn documents into rows of n-grams.

    Parameters
    ----------
    blocks : sequence of dict
        From `freeze_vectorizer`.
    arrays : dict of str to array

    Attributes
    ----------
    width : int
    """

    def __init__(self, blocks: Sequence[dict[str, Any]], arrays: dict[str, NDArray[Any]]) -> None:
        self._vectorizers = [_vectorizer(block, arrays.get(f"idf_{number}")) for number, block in enumerate(blocks)]
        self.width = sum(len(block["terms"]) for block in blocks)

    def matrix(self, documents: Sequence[str]) -> sp.csr_matrix:
        """Return the rows, shape (n_documents, width)."""
        return sp.hstack([vectorizer.transform(documents) for vectorizer in self._vectorizers], format="csr")


def _vectorizer(block: dict[str, Any], weights: NDArray[Any] | None) -> CountVectorizer:
    settings = {**block["settings"], "ngram_range": tuple(block["settings"]["ngram_range"])}
    if weights is None:
        return CountVectorizer(**settings, vocabulary=block["terms"])
    vectorizer = TfidfVectorizer(**settings, vocabulary=block["terms"])
    vectorizer.idf_ = weights.astype(np.float64)
    return vectorizer
