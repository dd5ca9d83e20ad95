"""Guided themes: fixed names, found by seed phrases, learned wording and context."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from civictopics.errors import InputError
from civictopics.languages.matching import split_words
from civictopics.themes.evidence import load_extra_evidence
from civictopics.themes.extra import read_extra_themes
from civictopics.themes.names import GUIDED_THEMES, MAIN_THEMES
from civictopics.themes.reading import ArticleThemes, LanguageReader, SeedReader, check_vectors, load_reader
from civictopics.themes.weights import load_weights

__all__ = ["GUIDED_THEMES", "ArticleReading", "ThemeModel"]

PRESENT = 0.5
_ARTICLES_AT_A_TIME = 256


class ArticleReading(NamedTuple):
    """The themes of one article.

    Attributes
    ----------
    passage_weights : array of float32, shape (n_passages, n_themes)
    themes : list of str
        Those treated in substance, in the order of the columns.
    main_theme : str
    main_theme_probability : float
    """

    passage_weights: NDArray[np.float32]
    themes: list[str]
    main_theme: str
    main_theme_probability: float


class ThemeModel(TransformerMixin, BaseEstimator):
    """Weights of the four themes in passages, and the themes of articles.

    A passage's weights are probabilities of the four themes; what is left to one
    is the probability of none of them. They come from seed phrases, from scores
    of words learned on the reference corpus, from vectors where such are given,
    and from the passage's neighbours in its article. Names and order of the themes
    never change. A language without learned scores is read by its seeds alone.

    Parameters
    ----------
    languages_folder : Path, optional
        Further language files, whose seeds are used too.
    extra_themes : str or Path, optional
        A TOML file with a researcher's own themes (see `read_extra_themes`). Each adds a
        column after the four, weighed by its phrases alone and independent of the others.
    weights_folder : Path, optional
        Learned weights other than the shipped ones.

    Attributes
    ----------
    themes_ : tuple of str
        The names of the columns.

    Examples
    --------
    >>> model = ThemeModel().fit([])
    >>> passage = "Chi bộ kết nạp 14 đảng viên mới; cấp ủy tăng cường kiểm tra, giám sát, kỷ luật đảng."
    >>> weights = model.transform([passage], languages=["vi"])
    >>> model.themes_[weights[0].argmax()]
    'party_building'
    """

    def __init__(
        self,
        languages_folder: Path | None = None,
        extra_themes: str | Path | None = None,
        weights_folder: Path | None = None,
    ) -> None:
        self.languages_folder = languages_folder
        self.extra_themes = extra_themes
        self.weights_folder = weights_folder

    def fit(self, texts: Sequence[str], y: object = None) -> "ThemeModel":
        """Read weights and theme files; the texts are not needed, and the themes do not depend on them.

        Raises
        ------
        InputError
            If the file of extra themes cannot be used.
        ModelError
            If the weights are damaged.
        """
        self._weights = load_weights(self.weights_folder)
        self._extra = read_extra_themes(self.extra_themes) if self.extra_themes is not None else None
        self.themes_ = (*GUIDED_THEMES, *(self._extra.names if self._extra else ()))
        return self

    def transform(
        self,
        texts: Sequence[str],
        languages: Sequence[str] | None = None,
        embeddings: ArrayLike | None = None,
        articles: Sequence[object] | None = None,
    ) -> NDArray[np.float32]:
        """Return the weights of the themes, shape (n_texts, n_themes), each from 0 to 1.

        Parameters
        ----------
        texts : sequence of str
            Passages.
        languages : sequence of str, optional
            ISO 639-1 code of each; without it, and for a language that has no
            file, the seeds of all languages are tried.
        embeddings : array, shape (n_texts, n_dimensions), optional
            Vectors of the passages from the shipped encoder.
        articles : sequence, optional
            The article of each passage. Neighbours with the same one give each
            other context; without it each passage stands alone.

        Raises
        ------
        InputError
            If languages, articles or embeddings are not one for each text.
        ModelError
            If the embeddings are of another encoder.
        """
        check_is_fitted(self, "themes_")
        codes = list(languages) if languages is not None else [""] * len(texts)
        owners = list(articles) if articles is not None else list(range(len(texts)))
        for name, values in (("languages", codes), ("articles", owners)):
            if len(values) != len(texts):
                raise InputError(f"{len(values)} {name} for {len(texts)} texts; give one for each text")
        vectors = None if embeddings is None else check_vectors(embeddings, len(texts), self._weights)
        weights = np.zeros((len(texts), len(self.themes_)), dtype=np.float32)
        for language, rows in _chunks(codes, owners):
            places = np.concatenate([np.arange(part.start, part.stop) for part in rows])
            cut = [texts[part] for part in rows]
            given = None if vectors is None else vectors[places]
            found = self._reader(language).read([""] * len(cut), cut, given, keep_season=articles is not None)
            weights[places] = self._with_extra(found, [texts[place] for place in places], language)
        return weights

    def transform_article(
        self, title: str, passages: Sequence[str], language: str, embeddings: ArrayLike | None = None
    ) -> ArticleReading:
        """Return the themes of one article's passages, those it treats in substance, and the main one.

        Parameters
        ----------
        title : str
            Empty where there is none.
        passages : sequence of str
            At least one.
        language : str
            ISO 639-1 code.
        embeddings : array, shape (n_passages, n_dimensions), optional
            Vectors of the passages from the shipped encoder.

        Raises
        ------
        InputError
            If there is no passage, or the embeddings are not one for each.
        ModelError
            If the embeddings are of another encoder.
        """
        check_is_fitted(self, "themes_")
        return self.transform_articles([title], [passages], [language], embeddings)[0]

    def transform_articles(
        self,
        titles: Sequence[str],
        articles: Sequence[Sequence[str]],
        languages: Sequence[str],
        embeddings: ArrayLike | None = None,
    ) -> list[ArticleReading]:
        """Return for many articles what `transform_article` does for one, in less time.

        Parameters
        ----------
        titles : sequence of str
        articles : sequence of sequence of str
            The passages of each article.
        languages : sequence of str
            ISO 639-1 code of each article.
        embeddings : array, shape (n_passages, n_dimensions), optional
            Vectors of all passages, article by article.
        """
        check_is_fitted(self, "themes_")
        for title, passages in zip(titles, articles, strict=True):
            if not passages:
                raise InputError(f"the article {title!r} has no passages")
        ends = np.cumsum([len(passages) for passages in articles])
        n_passages = int(ends[-1]) if len(ends) else 0
        vectors = None if embeddings is None else check_vectors(embeddings, n_passages, self._weights)
        readings: dict[int, ArticleReading] = {}
        for language in dict.fromkeys(languages):
            rows = [row for row, code in enumerate(languages) if code == language]
            for first in range(0, len(rows), _ARTICLES_AT_A_TIME):
                part = rows[first : first + _ARTICLES_AT_A_TIME]
                places = np.concatenate([np.arange(ends[row] - len(articles[row]), ends[row]) for row in part])
                chosen_titles, chosen = [titles[row] for row in part], [articles[row] for row in part]
                given = None if vectors is None else vectors[places]
                found = self._reader(language).read(chosen_titles, chosen, given)
                made = self._readings(found, chosen_titles, chosen, language)
                readings.update(zip(part, made, strict=True))
        return [readings[row] for row in range(len(articles))]

    def _readings(
        self, found: ArticleThemes, titles: Sequence[str], articles: Sequence[Sequence[str]], language: str
    ) -> list[ArticleReading]:
        weights = self._with_extra(found, [text for passages in articles for text in passages], language)
        made = []
        start = 0
        for row, (title, passages) in enumerate(zip(titles, articles, strict=True)):
            own = weights[start : start + len(passages)]
            start += len(passages)
            themes = [name for name, chance in zip(GUIDED_THEMES, found.flags[row], strict=True) if chance >= PRESENT]
            themes += self._extra_present(title, own, passages, language)
            best = int(found.main[row].argmax())
            made.append(ArticleReading(own, themes, MAIN_THEMES[best], round(float(found.main[row, best]), 4)))
        return made

    def _reader(self, language: str) -> LanguageReader | SeedReader:
        return load_reader(language, self.weights_folder, self.languages_folder)

    def _with_extra(self, found: ArticleThemes, texts: Sequence[str], language: str) -> NDArray[np.float32]:
        weights = found.passages
        if self._extra is not None:
            evidence = load_extra_evidence(language, self._extra)
            weights = np.concatenate([weights, evidence.weigh([split_words(text) for text in texts])], axis=1)
        return weights.round(4)

    def _extra_present(
        self, title: str, weights: NDArray[np.float32], passages: Sequence[str], language: str
    ) -> list[str]:
        if self._extra is None:
            return []
        of_title = load_extra_evidence(language, self._extra).weigh([split_words(title)])[0]
        lengths = np.array([len(passage.split()) for passage in passages])
        own = weights[:, len(GUIDED_THEMES) :] >= PRESENT
        present = ((own * lengths[:, None]).sum(axis=0) >= 0.25 * lengths.sum()) & own.any(axis=0) | (
            of_title >= PRESENT
        )
        return [name for name, there in zip(self._extra.names, present, strict=True) if there]


def _chunks(codes: Sequence[str], owners: Sequence[object]) -> Iterator[tuple[str, list[slice]]]:
    """Yield some articles of one language at a time, each as the slice of its passages."""
    by_language: dict[str, list[slice]] = {}
    start = 0
    for (language, _), rows in groupby(zip(codes, owners, strict=True)):
        stop = start + sum(1 for _ in rows)
        by_language.setdefault(language, []).append(slice(start, stop))
        start = stop
    for language, parts in by_language.items():
        for first in range(0, len(parts), _ARTICLES_AT_A_TIME):
            yield language, parts[first : first + _ARTICLES_AT_A_TIME]
