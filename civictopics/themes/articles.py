"""Articles as numbers: units, what their words say, and what follows for the article."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.passages import word_count
from civictopics.languages.matching import split_words
from civictopics.themes.names import GUIDED_THEMES
from civictopics.themes.units import sentence_counts, split_units

N_THEMES = 4
N_CLASSES = 5
N_SIGNS = 5
"""The four themes' seeds, and the season."""

SEASON_COLUMN = 4
_TREATED = 0.5
_LEAST_NAMED_SHARE = 0.15
_LEAST_NAMED = 2
_STRONGEST = 4
_LEAST_CHANCE = 0.35
_DOUBT = 0.25
"""Chances below count nothing: small ones of many sentences do not add up to a theme."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class UnitBatch:
    """The units of some articles, article by article.

    Attributes
    ----------
    words : list of list of str
        Folded words of each unit.
    lengths, sentences : array of float32, shape (n_units,)
        How many words and sentences each has, at least 1.
    passage_of : array of int, shape (n_units,)
        The passage that each is cut from, counted over all articles.
    starts : array of int, shape (n_articles,)
        First unit of each article.
    n_passages : int
    """

    words: list[list[str]]
    lengths: Floats
    sentences: Floats
    passage_of: NDArray[np.int64]
    starts: NDArray[np.int64]
    n_passages: int


def cut_articles(articles: Sequence[Sequence[str]]) -> UnitBatch:
    """Cut articles, each a list of at least one passage, into units."""
    units: list[str] = []
    passage_of: list[int] = []
    starts: list[int] = []
    passage = 0
    for passages in articles:
        starts.append(len(units))
        for text in passages:
            cut = split_units(text)
            units += cut
            passage_of += [passage] * len(cut)
            passage += 1
    return UnitBatch(
        words=[split_words(unit) for unit in units],
        lengths=np.array([word_count(unit) for unit in units], dtype=np.float32),
        sentences=np.array(sentence_counts(units), dtype=np.float32),
        passage_of=np.array(passage_of, dtype=np.int64),
        starts=np.array(starts, dtype=np.int64),
        n_passages=passage,
    )


def passage_means(values: Floats, batch: UnitBatch) -> Floats:
    """Return the length-weighted means of unit values over passages, shape (n_passages, n)."""
    starts = np.flatnonzero(np.diff(batch.passage_of, prepend=-1))
    sums = np.add.reduceat(values * batch.lengths[:, None], starts, axis=0)
    return (sums / np.add.reduceat(batch.lengths, starts)[:, None]).astype(np.float32)


def article_means(values: Floats, batch: UnitBatch) -> Floats:
    """Return the length-weighted means of unit values over articles, shape (n_articles, n)."""
    sums = np.add.reduceat(values * batch.lengths[:, None], batch.starts, axis=0)
    return (sums / np.add.reduceat(batch.lengths, batch.starts)[:, None]).astype(np.float32)


def anchors(signs: Floats) -> Floats:
    """Return how firmly texts name each theme, shape (n, 4): its seeds, for the security of Tet the season.

    Parameters
    ----------
    signs : array, shape (n, 5)
        Weights of the four themes' seeds and of the season.
    """
    named = signs[:, :N_THEMES].copy()
    tet = GUIDED_THEMES.index("tet_security")
    named[:, tet] = signs[:, SEASON_COLUMN]
    return named


def substance_features(
    chances: Floats, signs: Floats, batch: UnitBatch, title_scores: Floats, has_title: NDArray[np.bool_]
) -> Floats:
    """Return what the codebook's rule of substance looks at, for each article and theme.

    Sentences and share of the article that a theme is expected to have, and has
    where it is the likelier answer; its strongest unit and its spread; in how many
    units and what share it is named; the headline's score and names.

    Parameters
    ----------
    chances : array, shape (n_units, 5)
        Probabilities of the themes and of none of them.
    signs : array, shape (n_units, 5)
        Weights of the four themes' seeds and of the season.
    title_scores : array, shape (n_articles, 10)
        Learned scores of the five classes, then the signs.

    Returns
    -------
    array of float32, shape (n_articles, 4, 10)
    """
    themes = chances[:, :N_THEMES]
    sure = np.maximum(themes - _DOUBT, 0.0) / (1.0 - _DOUBT)
    likely = (themes >= _TREATED).astype(np.float32)
    named = (anchors(signs) > 0).astype(np.float32)
    total = np.add.reduceat(batch.lengths, batch.starts)[:, None]

    def summed(values: Floats, weights: Floats) -> Floats:
        sums: Floats = np.add.reduceat(values * weights[:, None], batch.starts, axis=0)
        return sums

    titles = np.where(has_title[:, None], title_scores, 0.0)
    features = [
        np.log1p(summed(sure, batch.sentences)),
        np.log1p(summed(likely, batch.sentences)),
        summed(sure, batch.lengths) / total,
        summed(likely, batch.lengths) / total,
        np.maximum.reduceat(themes, batch.starts, axis=0),
        np.sqrt(summed(sure**2, batch.lengths) / total),
        np.log1p(np.add.reduceat(named, batch.starts, axis=0)),
        summed(named, batch.lengths) / total,
        titles[:, :N_THEMES],
        anchors(titles[:, N_CLASSES : N_CLASSES + N_SIGNS]) > 0,
    ]
    return np.stack(features, axis=2).astype(np.float32)


def decide_flags(features: Floats, weights: Floats, bias: Floats) -> Floats:
    """Return the probability that each article treats each theme in substance, shape (n_articles, 4).

    A theme that no unit is likely to be about is not treated, whatever the headline says.

    Parameters
    ----------
    features : array, shape (n_articles, 4, n)
    weights : array, shape (4, n)
    bias : array, shape (4,)
    """
    values = np.einsum("atf,tf->at", features, weights) + bias
    chances: Floats = 1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0)))
    return np.where(features[:, :, _STRONGEST] < _LEAST_CHANCE, 0.0, chances).astype(np.float32)


def subject_features(
    chances: Floats, batch: UnitBatch, main: Floats, evidence: Floats, title: Floats, has_title: NDArray[np.bool_]
) -> Floats:
    """Return what the main theme is decided from, shape (n_articles, n).

    Parameters
    ----------
    chances : array, shape (n_units, 5)
    main : array, shape (n_units, 10)
        Learned scores of the main themes.
    evidence : array, shape (n_units, n)
        Weights of the seeds of the themes, the season and the terms of the subjects.
    title : array, shape (n_articles, n)
        All of that (but the chances) for the headline.
    """
    means = article_means(np.concatenate([chances, main, evidence], axis=1), batch)
    strongest = np.maximum.reduceat(np.concatenate([chances, main], axis=1), batch.starts, axis=0)
    lead = np.concatenate([chances, main, evidence], axis=1)[batch.starts]
    titles = np.where(has_title[:, None], title, 0.0)
    return np.concatenate([means, strongest, lead, titles, has_title[:, None]], axis=1).astype(np.float32)


def keep_to_season(chances: Floats, batch: UnitBatch, season: Floats, of_title: Floats) -> Floats:
    """Return the chances with none for the security of Tet in articles that name the season in passing or not at all.

    Enough is the headline, two units, or one in a short article: the codebook leaves
    out what merely falls in the Tet days.

    Parameters
    ----------
    chances : array, shape (n_units, 5)
    season : array, shape (n_units,)
        Weight of the words of the season in each unit.
    of_title : array, shape (n_articles,)
        The same for the headlines.
    """
    names = (season > 0).astype(np.float32)
    share = np.add.reduceat(names * batch.lengths, batch.starts) / np.add.reduceat(batch.lengths, batch.starts)
    units = np.add.reduceat(names, batch.starts)
    named = (units >= _LEAST_NAMED) | (share >= _LEAST_NAMED_SHARE) | (of_title > 0)
    sizes = np.diff(np.append(batch.starts, len(chances)))
    kept = chances.copy()
    tet = GUIDED_THEMES.index("tet_security")
    kept[:, tet] = np.where(np.repeat(named, sizes), chances[:, tet], 0.0)
    kept[:, -1] += chances[:, tet] - kept[:, tet]
    return kept
