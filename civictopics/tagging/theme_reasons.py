"""Why a passage has a theme: the listed phrases in it, and the words that the learned weights speak for it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics.languages.matching import split_words
from civictopics.themes.articles import N_THEMES
from civictopics.themes.evidence import load_evidence
from civictopics.themes.guided import GUIDED_THEMES
from civictopics.themes.weights import load_weights
from civictopics.themes.wording import WordScores

_WORDS = 6
_SHOWN = 0.3
_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class ThemeReason:
    """A passage that a theme was found in.

    Attributes
    ----------
    theme : str
    passage : int
        Its number, from 0.
    weight : float
    phrases : tuple of str
        Phrases of the theme's list that occur in it (of the season, too, for the security of Tet).
    words : tuple of (str, float)
        Folded words that speak most for the theme against none, by learned weights.
    text : str
    """

    theme: str
    passage: int
    weight: float
    phrases: tuple[str, ...]
    words: tuple[tuple[str, float], ...]
    text: str


def theme_reasons(
    passages: Sequence[str],
    weights: NDArray[np.float32],
    present: Sequence[str],
    language: str,
    folder: Path | None = None,
) -> list[ThemeReason]:
    """Return for each theme the passages that have it most, two at most.

    Parameters
    ----------
    passages : sequence of str
    weights : array, shape (n_passages, 4 or more)
    present : sequence of str
        Themes that the article treats; others are shown from a weight of 0.3.
    language : str
    folder : Path, optional
        Further language files.
    """
    found = []
    for number, theme in enumerate(GUIDED_THEMES):
        order = sorted(range(len(passages)), key=lambda place: (-weights[place, number], place))[:_PASSAGES]
        for rank, place in enumerate(order):
            weight = float(weights[place, number])
            if weight >= _SHOWN or (rank == 0 and theme in present):
                phrases, words = (
                    _phrases(passages[place], theme, language, folder),
                    _words(passages[place], number, language),
                )
                found.append(ThemeReason(theme, place, round(weight, 3), phrases, words, passages[place]))
    return found


def _phrases(passage: str, theme: str, language: str, folder: Path | None) -> tuple[str, ...]:
    found = load_evidence(language, folder).find(split_words(passage))
    labels = (theme, "season") if theme == "tet_security" else (theme,)
    return tuple(phrase for label in labels for phrase in found.get(label, ()))


def _words(passage: str, theme: int, language: str) -> tuple[tuple[str, float], ...]:
    scorer = _scorer(language)
    words = list(dict.fromkeys(split_words(passage)))
    if scorer is None or not words:
        return ()
    scores = scorer.score([[word] for word in words])
    speaking = scores[:, theme] - scores[:, N_THEMES]
    order = np.argsort(-speaking, kind="stable")[:_WORDS]
    return tuple((words[place], round(float(speaking[place]), 2)) for place in order.tolist() if speaking[place] > 0)


@cache
def _scorer(language: str) -> WordScores | None:
    weights = load_weights(None)
    return WordScores(language, weights.table(language)) if language in weights.tables else None
