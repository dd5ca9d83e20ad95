"""Guided themes: fixed names, found by the seed phrases of the language files."""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from civictopics.languages import Language, PhraseMatcher, load_languages
from civictopics.languages.matching import split_words

GUIDED_THEMES = ("emulation", "mass_mobilisation", "tet_security", "party_building")
"""The four themes, in the order of every table."""

_HALF_WEIGHT_AT = 1.5
_LONG_PASSAGE = 60


class ThemeModel(TransformerMixin, BaseEstimator):
    """Weights of the four themes in passages.

    A passage's weight for a theme grows with the number of different seed phrases
    of that theme in it, longer phrases counting more, and falls with the passage's
    length: ``1 - exp(-evidence)``. Names and order of the themes never change.

    Parameters
    ----------
    languages_folder : Path, optional
        Further language files, whose seeds are used too.
    """

    def __init__(self, languages_folder: Path | None = None) -> None:
        self.languages_folder = languages_folder

    def fit(self, texts: Sequence[str], y: object = None) -> "ThemeModel":
        """Read the seeds; the texts are not needed."""
        self.themes_ = GUIDED_THEMES
        return self

    def transform(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        """Return the weights of the themes, shape (n_texts, 4), each from 0 to 1.

        Parameters
        ----------
        texts : sequence of str
            Passages.
        languages : sequence of str, optional
            ISO 639-1 code of each; without it, and for a language that has no
            file, the seeds of all languages are tried.
        """
        codes = languages if languages is not None else [""] * len(texts)
        rows = [self._weights(text, code) for text, code in zip(texts, codes, strict=True)]
        return np.array(rows, dtype=np.float32).reshape(len(texts), len(GUIDED_THEMES))

    def _weights(self, text: str, language: str) -> list[float]:
        words = split_words(text)
        found: dict[str, set[str]] = {theme: set() for theme in GUIDED_THEMES}
        covered: dict[str, int] = dict.fromkeys(GUIDED_THEMES, -1)
        for match in seed_matcher(language, self.languages_folder).find_in_words(words):
            if match.first > covered[match.label]:  # a phrase inside a longer one of its theme is no second sign
                found[match.label].add(match.phrase)
                covered[match.label] = match.last
        length = math.sqrt(max(1.0, len(words) / _LONG_PASSAGE))
        evidence = [sum(_strength(phrase) for phrase in sorted(found[theme])) / length for theme in GUIDED_THEMES]
        return [round(1.0 - math.exp(-value * math.log(2) / _HALF_WEIGHT_AT), 4) for value in evidence]


@cache
def seed_matcher(language: str, folder: Path | None = None) -> PhraseMatcher:
    """Return the matcher of one language's seeds, or of all where the language has no file."""
    languages = load_languages(folder)
    chosen: Mapping[str, Language] = {language: languages[language]} if language in languages else languages
    return PhraseMatcher(
        {theme: [p for item in chosen.values() for p in item.theme_seeds[theme]] for theme in GUIDED_THEMES}
    )


def _strength(phrase: str) -> float:
    return min(2.0, 0.5 + 0.5 * len(phrase.split()))
