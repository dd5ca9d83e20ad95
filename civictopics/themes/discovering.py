"""What the discovering methods share: checks, order of the themes, and the result they describe."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from civictopics.corpus.passages import word_count
from civictopics.errors import InputError
from civictopics.languages import fold, load_languages
from civictopics.themes.keyphrases import domain_words, key_phrases
from civictopics.themes.kmeans import discovered_name
from civictopics.themes.result import Matrix, ThemeResult, TypicalText, article_means
from civictopics.themes.vocabulary import Counts, count_passages
from civictopics.themes.wording import SYLLABIC

_TYPICAL = 3
_PHRASE_TEXTS = 800


class DiscoveringModel(ABC, BaseEstimator):
    """A model that finds themes in passages. Themes are numbered, the largest first, and keep their number.

    Attributes
    ----------
    result_ : ThemeResult
        The themes of the passages that it was fitted on.
    """

    needs_vectors = False

    def fit(
        self,
        texts: Sequence[str],
        y: object = None,
        *,
        languages: Sequence[str] | None = None,
        embeddings: ArrayLike | None = None,
        articles: Sequence[object] | None = None,
    ) -> "DiscoveringModel":
        """Find the themes of passages; the arguments are left as they are.

        Parameters
        ----------
        texts : sequence of str
        y : None
            Not used.
        languages : sequence of str, optional
            ISO 639-1 code of each; ``en`` by default.
        embeddings : array, shape (n_texts, n_dimensions), optional
            Vectors, for the methods that work on them.
        articles : sequence, optional
            The article (or group of translations) of each passage; by default each is its own.

        Raises
        ------
        InputError
            If there are fewer passages than themes, vectors are missing, of the
            wrong shape or all equal, or there is no word to count.
        """
        codes, owners, vectors = self._checked(texts, languages, embeddings, articles)
        self._counts = count_passages(texts, codes)
        weights = self._find(self._counts, vectors, owners)
        self._order = np.argsort(-np.bincount(weights.argmax(axis=1), minlength=weights.shape[1]), kind="stable")
        self.result_ = self._described(texts, codes, owners, weights[:, self._order])
        return self

    def transform(
        self,
        texts: Sequence[str],
        languages: Sequence[str] | None = None,
        embeddings: ArrayLike | None = None,
    ) -> Matrix:
        """Return the weights of the found themes in passages, shape (n_texts, n_themes)."""
        check_is_fitted(self, "result_")
        if not len(texts):
            return np.zeros((0, len(self.result_.names)))
        codes = list(languages) if languages is not None else ["en"] * len(texts)
        vectors = self._checked_vectors(len(texts), embeddings)
        counts = count_passages(texts, codes, self._counts.vocabulary)
        return self._weigh(counts, vectors)[:, self._order]

    def predict(
        self,
        texts: Sequence[str],
        languages: Sequence[str] | None = None,
        embeddings: ArrayLike | None = None,
    ) -> NDArray[np.int64]:
        """Return the strongest theme of each passage, shape (n_texts,)."""
        strongest: NDArray[np.int64] = self.transform(texts, languages, embeddings).argmax(axis=1)
        return strongest

    @abstractmethod
    def _find(self, counts: Counts, vectors: Matrix, owners: Sequence[object]) -> Matrix:
        """Learn themes and return their weights in the passages, shape (n_passages, n_themes)."""

    @abstractmethod
    def _weigh(self, counts: Counts, vectors: Matrix) -> Matrix:
        """Return the weights in other passages, themes in the order of `_find`."""

    def _least_passages(self) -> int:
        """Return how many passages the method needs."""
        wanted = getattr(self, "n_themes", 2)
        return wanted if isinstance(wanted, int) else 2

    def _checked(
        self,
        texts: Sequence[str],
        languages: Sequence[str] | None,
        embeddings: ArrayLike | None,
        articles: Sequence[object] | None,
    ) -> tuple[list[str], list[object], Matrix]:
        n_texts, least = len(texts), self._least_passages()
        if n_texts < least:
            raise InputError(f"{n_texts} passage(s) for {least} themes; give more passages or ask for fewer themes")
        codes = list(languages) if languages is not None else ["en"] * n_texts
        owners: list[object] = list(articles) if articles is not None else list(range(n_texts))
        for name, values in (("languages", codes), ("articles", owners)):
            if len(values) != n_texts:
                raise InputError(f"{len(values)} {name} for {n_texts} texts; give one for each text")
        vectors = self._checked_vectors(n_texts, embeddings)
        if self.needs_vectors and len(vectors) > 1 and not np.ptp(vectors, axis=0).any():
            raise InputError(f"the vectors of all {n_texts} passages are equal: there is nothing to tell themes by")
        return codes, owners, vectors

    def _checked_vectors(self, n_texts: int, embeddings: ArrayLike | None) -> Matrix:
        if not self.needs_vectors:
            return np.zeros((n_texts, 0))
        if embeddings is None:
            raise InputError(
                f"{type(self).__name__} works on vectors; pass embeddings=, such as load_encoder().encode(texts)"
            )
        values = np.array(embeddings, dtype=np.float64)
        if values.ndim != 2 or len(values) != n_texts:
            raise InputError(f"embeddings of shape {values.shape} for {n_texts} texts; give one row for each text")
        if not np.isfinite(values).all():
            raise InputError("embeddings hold values that are not finite numbers")
        width = getattr(self, "n_dimensions_", values.shape[1])
        if hasattr(self, "result_") and values.shape[1] != width:
            raise InputError(f"embeddings have {values.shape[1]} dimensions, the model was fitted on {width}")
        return values

    def _described(
        self, texts: Sequence[str], codes: Sequence[str], owners: Sequence[object], weights: Matrix
    ) -> ThemeResult:
        labels = weights.argmax(axis=1)
        n_themes = weights.shape[1]
        members = np.zeros_like(weights)
        members[np.arange(len(labels)), labels] = 1.0
        counted = np.asarray((self._counts.matrix.T @ members).T)
        totals = counted.sum(axis=1, keepdims=True)
        means, order = article_means(weights, [word_count(text) for text in texts], owners)
        return ThemeResult(
            method=type(self).__name__,
            names=tuple(discovered_name(theme) for theme in range(n_themes)),
            vocabulary=self._counts.vocabulary,
            theme_term=np.divide(counted, totals, out=np.zeros_like(counted), where=totals > 0),
            passage_theme=weights,
            article_theme=means,
            articles=order,
            key_phrases=phrases_of_themes(texts, codes, labels, n_themes),
            typical=tuple(_typical(texts, weights[:, theme]) for theme in range(n_themes)),
            sizes=np.bincount(labels, minlength=n_themes),
        )


def phrases_of_themes(
    texts: Sequence[str], codes: Sequence[str], labels: NDArray[np.int64], n_themes: int
) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return the key phrases of each theme in each language, from at most 800 passages of each."""
    found: list[dict[str, tuple[str, ...]]] = [{} for _ in range(n_themes)]
    known = load_languages()
    for code in dict.fromkeys(codes):
        groups: dict[str, list[str]] = {}
        for text, language, label in zip(texts, codes, labels.tolist(), strict=True):
            if language == code and len(groups.setdefault(str(label), [])) < _PHRASE_TEXTS:
                groups[str(label)].append(text)
        stops = frozenset(map(fold, known[code].stop_words)) if code in known else frozenset[str]()
        domain = domain_words(known[code]) if code in known else frozenset[str]()
        shortest = 2 if code in SYLLABIC else 1
        for label, phrases in key_phrases(groups, stops, shortest=shortest, domain=domain).items():
            found[int(label)][code] = tuple(phrases)
    return tuple(found)


def _typical(texts: Sequence[str], weights: Matrix) -> tuple[TypicalText, ...]:
    order = np.argsort(-weights, kind="stable")[:_TYPICAL]
    return tuple(TypicalText(int(row), round(float(weights[row]), 6), texts[row]) for row in order if weights[row] > 0)
