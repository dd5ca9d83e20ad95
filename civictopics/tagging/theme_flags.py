"""Theme flags: what each passage is about, and which of the four themes an article treats in substance."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError, ModelError
from civictopics.tagging.store import StoredModel, load_model, shipped_models, weights_of
from civictopics.tagging.theme_features import PASSAGE_THEMES, WIDTH, PassageArticle, passage_matrix
from civictopics.themes.guided import GUIDED_THEMES

TASK = "theme-flags"
_N = len(PASSAGE_THEMES)
_CONTEXT = 5 * _N + 2
_SIGNS = 5
_FOLDS = 5
_SENTENCE = re.compile(r"[.!?…؟](?=\s|$|[\"”»])")


class ThemeFlagTagger(BaseEstimator):
    """Say what passages are about, and which themes an article treats.

    Two logistic regressions read a passage: the first its own words and the seed
    phrases around it, the second what the first says of it and its neighbours.
    A third says from all passages whether the article treats a theme in substance.
    What the second and third learn from are answers out of fold.

    Parameters
    ----------
    penalty : float, default=1.0
        Inverse strength of the regularisation of the first.
    languages_folder : Path, optional
        Further language files.
    model : Path, optional
        A model folder to load when `fit` is given no labels; the shipped one by default.

    Attributes
    ----------
    weights_ : dict of str to array
    """

    def __init__(self, penalty: float = 1.0, languages_folder: Path | None = None, model: Path | None = None) -> None:
        self.penalty = penalty
        self.languages_folder = languages_folder
        self.model = model

    def fit(
        self,
        articles: Sequence[PassageArticle] = (),
        themes: Sequence[Sequence[str]] | None = None,
        flags: Sequence[Sequence[str]] | None = None,
        groups: Sequence[str] | None = None,
    ) -> "ThemeFlagTagger":
        """Load the model; or train one, where labels are given.

        Parameters
        ----------
        articles : sequence of PassageArticle
        themes : sequence of sequence of str, optional
            For each article, the theme of each passage.
        flags : sequence of sequence of str, optional
            For each article, the themes that it treats.
        groups : sequence of str, optional
            Articles of one group stay on one side.

        Raises
        ------
        InputError
            If labels and passages differ in number, or there are fewer groups than folds.
        """
        if themes is None or flags is None:
            self.weights_ = _load(self.model)
            return self
        counts = [len(article.passages) for article in articles]
        if counts != [len(row) for row in themes] or len(articles) != len(flags):
            raise InputError(
                f"{len(articles)} articles with {sum(counts)} passages, but labels for {len(flags)} articles"
            )
        keys = np.repeat(np.array(groups if groups is not None else np.arange(len(articles))), counts)
        if len(np.unique(keys)) < _FOLDS:
            raise InputError(f"{len(np.unique(keys))} groups of articles; training needs at least {_FOLDS}")
        labels = np.array([PASSAGE_THEMES.index(theme) for row in themes for theme in row])
        with threadpool_limits(1):
            rows = passage_matrix(articles, self.languages_folder)
            self.weights_ = self._train(rows, labels, keys, articles, flags)
        return self

    def predict_passages(self, articles: Sequence[PassageArticle]) -> list[NDArray[np.float64]]:
        """Return for each article the probabilities of `PASSAGE_THEMES`, shape (n_passages, 5)."""
        check_is_fitted(self)
        counts = [len(article.passages) for article in articles]
        first = _softmax_of(passage_matrix(articles, self.languages_folder), self.weights_, "words")
        second = _softmax_of(_context(first, counts), self.weights_, "context")
        return np.split(second, np.cumsum(counts)[:-1])

    def predict_proba(self, articles: Sequence[PassageArticle]) -> NDArray[np.float64]:
        """Return the probability that each article treats each of the four themes, shape (n_articles, 4)."""
        passages = self.predict_passages(articles)
        signs = np.array([_signs(article, found) for article, found in zip(articles, passages, strict=True)])
        scores = np.einsum("ats,ts->at", signs, self.weights_["flags"]) + self.weights_["flags_intercept"]
        probabilities: NDArray[np.float64] = expit(scores.astype(np.float64))
        return probabilities

    def predict(self, articles: Sequence[PassageArticle]) -> list[list[str]]:
        """Return the themes that each article treats."""
        return [
            [theme for theme, chance in zip(GUIDED_THEMES, row, strict=True) if chance >= 0.5]
            for row in self.predict_proba(articles)
        ]

    def _train(
        self,
        rows: sp.csr_matrix,
        labels: NDArray[np.int64],
        keys: NDArray[Any],
        articles: Sequence[PassageArticle],
        flags: Sequence[Sequence[str]],
    ) -> dict[str, NDArray[np.float32]]:
        counts = [len(article.passages) for article in articles]
        first = _out_of_fold(rows, labels, keys, self.penalty)
        context = _context(first, counts)
        second = _out_of_fold(context, labels, keys, 1.0)
        split = np.split(second, np.cumsum(counts)[:-1])
        signs = np.array([_signs(article, found) for article, found in zip(articles, split, strict=True)])
        weights = {**_weights(rows, labels, self.penalty, "words"), **_weights(context, labels, 1.0, "context")}
        coefficients, intercepts = [], []
        for number, theme in enumerate(GUIDED_THEMES):
            present = np.array([theme in found for found in flags])
            model = LogisticRegression(C=1.0, max_iter=500).fit(signs[:, number], present)
            coefficients.append(model.coef_[0])
            intercepts.append(model.intercept_[0])
        weights["flags"] = np.array(coefficients, dtype=np.float32)
        weights["flags_intercept"] = np.array(intercepts, dtype=np.float32)
        return weights


def pack(tagger: ThemeFlagTagger) -> dict[str, NDArray[Any]]:
    """Return the weights as they are stored: those of the words as 16-bit numbers."""
    return {
        name: array.astype(np.float16 if name.startswith("words") else np.float32)
        for name, array in tagger.weights_.items()
    }


def unpack(model: StoredModel) -> dict[str, NDArray[np.float32]]:
    """Return the weights of a stored model, their shapes checked."""
    shapes = {
        "words": (WIDTH, _N),
        "words_intercept": (_N,),
        "context": (_CONTEXT, _N),
        "context_intercept": (_N,),
        "flags": (len(GUIDED_THEMES), _SIGNS),
        "flags_intercept": (len(GUIDED_THEMES),),
    }
    return {name: array.astype(np.float32) for name, array in weights_of(model, shapes).items()}


@cache
def _load(folder: Path | None) -> dict[str, NDArray[np.float32]]:
    home = folder or shipped_models().get(TASK)
    if home is None:
        raise ModelError("the package holds no theme-flags model; build it with `make models`")
    return unpack(load_model(home, TASK))


def _weights(
    rows: sp.csr_matrix, labels: NDArray[np.int64], penalty: float, name: str
) -> dict[str, NDArray[np.float32]]:
    model = LogisticRegression(C=penalty, max_iter=300, tol=1e-3).fit(rows, labels)
    coefficients = np.zeros((rows.shape[1], _N), dtype=np.float32)
    intercepts = np.full(_N, -20.0, dtype=np.float32)
    coefficients[:, model.classes_] = model.coef_.T
    intercepts[model.classes_] = model.intercept_
    return {name: coefficients, f"{name}_intercept": intercepts}


def _softmax_of(rows: sp.csr_matrix, weights: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float64]:
    scores = np.asarray(rows @ weights[name], dtype=np.float64) + weights[f"{name}_intercept"]
    probabilities: NDArray[np.float64] = softmax(scores, axis=1)
    return probabilities


def _out_of_fold(
    rows: sp.csr_matrix, labels: NDArray[np.int64], keys: NDArray[Any], penalty: float
) -> NDArray[np.float64]:
    found = np.zeros((len(labels), _N))
    for train, test in GroupKFold(_FOLDS).split(labels, labels, keys):
        found[test] = _softmax_of(rows[test], _weights(rows[train], labels[train], penalty, "fold"), "fold")
    return found


def _context(passages: NDArray[np.float64], counts: Sequence[int]) -> NDArray[np.float64]:
    """Return what the second regression reads: a passage, its neighbours, and the article's mean and maximum."""
    parts = []
    for found in np.split(passages, np.cumsum(counts)[:-1]):
        n = len(found)
        none = np.zeros((1, _N))
        place = np.zeros((n, 2))
        place[:1, 0], place[-1:, 1] = 1.0, 1.0
        parts.append(
            np.hstack(
                [
                    np.log(np.clip(found, 1e-4, 1.0)),
                    np.vstack([none, found[:-1]])[:n],
                    np.vstack([found[1:], none])[:n],
                    np.repeat(found.mean(axis=0, keepdims=True), n, axis=0),
                    np.repeat(found.max(axis=0, keepdims=True), n, axis=0),
                    place,
                ]
            )
        )
    return np.vstack(parts)


def _signs(article: PassageArticle, passages: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return five signs for each theme: strongest passage, share of words, sentences, passages, and the start."""
    themes = passages[:, : len(GUIDED_THEMES)]
    lengths = np.array([max(1, len(passage.split())) for passage in article.passages], dtype=np.float64)
    sentences = np.array([max(1, len(_SENTENCE.findall(passage))) for passage in article.passages])
    said = (themes * sentences[:, None]).sum(axis=0)
    return np.stack(
        [
            themes.max(axis=0),
            (themes * lengths[:, None]).sum(axis=0) / lengths.sum(),
            np.minimum(said, 6.0) / 3.0,
            np.minimum((themes >= 0.5).sum(axis=0), 3) / 3.0,
            themes[0],
        ],
        axis=1,
    )
