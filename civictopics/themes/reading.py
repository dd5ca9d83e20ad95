"""Read articles with the learned weights: themes of passages, themes in substance, main theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from civictopics.errors import InputError, ModelError
from civictopics.languages.matching import split_words
from civictopics.themes.articles import (
    N_CLASSES,
    N_SIGNS,
    N_THEMES,
    SEASON_COLUMN,
    Floats,
    UnitBatch,
    article_means,
    cut_articles,
    decide_flags,
    keep_to_season,
    passage_means,
    subject_features,
    substance_features,
)
from civictopics.themes.context import context_features, forward
from civictopics.themes.evidence import load_evidence
from civictopics.themes.names import MAIN_THEMES
from civictopics.themes.weights import ThemeWeights, load_weights
from civictopics.themes.wording import WordScores

_N_SUBJECTS = 5
_LEAST_MAIN = 0.12
_TITLE_BONUS = 0.3


@dataclass(frozen=True, slots=True)
class ArticleThemes:
    """What is read from some articles of one language.

    Attributes
    ----------
    passages : array of float32, shape (n_passages, 4)
        Probability of each theme in each passage; what is left to one is none of them.
    flags : array of float32, shape (n_articles, 4)
        Probability that an article treats a theme in substance.
    main : array of float32, shape (n_articles, 10)
        Probability of each main theme.
    """

    passages: Floats
    flags: Floats
    main: Floats


class LanguageReader:
    """Read articles of one language that the weights know."""

    def __init__(self, language: str, weights: ThemeWeights, folder: Path | None = None) -> None:
        self.evidence = load_evidence(language, folder)
        self.weights = weights
        self._scores = WordScores(language, weights.table(language))

    def read(
        self,
        titles: Sequence[str],
        articles: Sequence[Sequence[str]],
        vectors: Floats | None = None,
        keep_season: bool = True,
    ) -> ArticleThemes:
        """Read articles: their titles (empty where there is none) and passages, at least one in each.

        Parameters
        ----------
        titles : sequence of str
        articles : sequence of sequence of str
        vectors : array of float32, shape (n_passages, n_dimensions), optional
            Vectors of all passages from the encoder that the weights were learned with.
        keep_season : bool
            Whether an article that never names the Lunar New Year is kept from being about its security.
        """
        batch = cut_articles(articles)
        suffix = "" if vectors is None else "_vectors"
        networks = self.weights.networks
        words, evidence = self._scores.score(batch.words), self.evidence.weigh(batch.words)
        theme = [words[:, :N_CLASSES], evidence[:, :N_SIGNS]]
        main = words[:, N_CLASSES:]
        seen = evidence
        if vectors is not None:
            of_vectors = _vector_scores(vectors, self.weights, batch)
            theme.append(of_vectors[:, :N_CLASSES])
            seen = np.concatenate([evidence, of_vectors[:, N_CLASSES:]], axis=1)
        scores = np.concatenate(theme, axis=1)
        has_title = np.array([bool(title.strip()) for title in titles])
        title_words = [split_words(title) for title in titles]
        of_titles, title_evidence = self._scores.score(title_words), self.evidence.weigh(title_words)
        title_scores = np.concatenate([of_titles[:, :N_CLASSES], title_evidence[:, :N_SIGNS]], axis=1)
        padded = np.pad(title_scores, ((0, 0), (0, scores.shape[1] - title_scores.shape[1])))
        chances = forward(context_features(scores, batch.starts, padded, has_title), networks[f"passage{suffix}"])
        if keep_season:
            named = title_evidence[:, SEASON_COLUMN]
            chances = keep_to_season(chances, batch, evidence[:, SEASON_COLUMN], named)
        features = substance_features(chances, evidence[:, :N_SIGNS], batch, title_scores, has_title)
        flags = decide_flags(features, *networks[f"flags{suffix}"][0])
        title = np.concatenate([of_titles, title_evidence], axis=1)
        subjects = forward(subject_features(chances, batch, main, seen, title, has_title), networks[f"main{suffix}"])
        return ArticleThemes(passage_means(chances, batch)[:, :N_THEMES], flags, subjects)


class SeedReader:
    """Read articles of a language that the weights do not know, by the phrases of the language files alone."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.evidence = load_evidence(language, folder)

    def read(
        self,
        titles: Sequence[str],
        articles: Sequence[Sequence[str]],
        vectors: Floats | None = None,
        keep_season: bool = True,
    ) -> ArticleThemes:
        """Read articles as `LanguageReader.read` does; vectors add nothing."""
        batch = cut_articles(articles)
        evidence = self.evidence.weigh(batch.words)
        of_titles = self.evidence.weigh([split_words(title) for title in titles])
        means = article_means(evidence, batch) + _TITLE_BONUS * of_titles
        themes = evidence[:, :N_THEMES]
        total = np.add.reduceat(batch.lengths, batch.starts)[:, None]
        share = np.add.reduceat((themes >= 0.5) * batch.lengths[:, None], batch.starts, axis=0) / total
        sentences = np.add.reduceat((themes >= 0.5) * batch.sentences[:, None], batch.starts, axis=0)
        flags = np.maximum(np.minimum(1.0, np.maximum(2.0 * share, sentences / 6.0)), of_titles[:, :N_THEMES])
        subjects = np.zeros((len(articles), len(MAIN_THEMES)), dtype=np.float32)
        subjects[:, :N_THEMES] = means[:, :N_THEMES]
        subjects[:, N_THEMES : N_THEMES + _N_SUBJECTS] = means[:, N_SIGNS:]
        guided = means[:, :N_THEMES].max(axis=1) >= _LEAST_MAIN
        subjects[guided, N_THEMES:] = 0.0
        subjects[~guided, :N_THEMES] = 0.0
        subjects[:, -1] = 1e-3
        subjects /= subjects.sum(axis=1, keepdims=True)
        return ArticleThemes(passage_means(themes, batch), flags.astype(np.float32), subjects)


@cache
def load_reader(language: str, weights: Path | None = None, folder: Path | None = None) -> LanguageReader | SeedReader:
    """Return the reader of one language: by learned weights where there are some, else by phrases alone."""
    learned = load_weights(weights)
    if language in learned.tables:
        return LanguageReader(language, learned, folder)
    return SeedReader(language, folder)


def check_vectors(vectors: object, n_passages: int, weights: ThemeWeights) -> Floats:
    """Return vectors as an array that fits passages and weights.

    Raises
    ------
    InputError
        If they are not one finite row for each passage.
    ModelError
        If they are not of the encoder that the weights were learned with.
    """
    values = np.asarray(vectors, dtype=np.float32)
    if values.ndim != 2 or len(values) != n_passages:
        raise InputError(f"embeddings of shape {values.shape} for {n_passages} passages; give one row for each passage")
    if not np.isfinite(values).all():
        raise InputError("embeddings hold values that are not finite numbers")
    expected = max(0, len(weights.vector_table) - 1)
    if values.shape[1] != expected:
        known = f"{expected} (of the shipped encoder)" if expected else "none: it was learned without vectors"
        raise ModelError(
            f"embeddings have {values.shape[1]} dimensions, the theme model takes {known}; leave out embeddings="
        )
    return values


def _vector_scores(vectors: Floats, weights: ThemeWeights, batch: UnitBatch) -> Floats:
    found = np.einsum("ij,jk->ik", vectors, weights.vector_table[:-1]) + weights.vector_table[-1]
    scores: Floats = found[batch.passage_of]
    return scores
