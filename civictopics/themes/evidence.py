"""Evidence of themes and subjects in words: the phrases of the language files, counted."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics.languages import Language, load_languages
from civictopics.themes.extra import ExtraThemes
from civictopics.themes.names import GUIDED_THEMES, SUBJECTS
from civictopics.themes.phrase_tree import PhraseTree

SEASON = "season"
"""The label of words that name the Lunar New Year."""

_HALF_WEIGHT_AT = 1.5
_LONG_PASSAGE = 60


class Evidence:
    """Find the phrases of labels (the seeds of themes, the terms of subjects) in texts of one language.

    Parameters
    ----------
    phrases : mapping of str to sequence of str
        The phrases of each label.

    Attributes
    ----------
    labels : tuple of str
        In the order of the columns of `weigh`.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.labels = tuple(phrases)
        self._phrases = PhraseTree(phrases)
        self._column = {label: column for column, label in enumerate(phrases)}
        self._strengths: dict[str, float] = {}

    def find(self, words: list[str]) -> dict[str, list[str]]:
        """Return the different phrases of each label in folded words, in the order they occur.

        A phrase inside a longer one of its label is no second sign.
        """
        found: dict[str, list[str]] = {}
        covered: dict[str, int] = {}
        for label, phrase, first, last in self._phrases.find(words):
            if first > covered.get(label, -1):
                covered[label] = last
                listed = found.setdefault(label, [])
                if phrase not in listed:
                    listed.append(phrase)
        return found

    def weigh(self, texts: Sequence[list[str]]) -> NDArray[np.float32]:
        """Return the weights of the labels in texts given as folded words.

        Longer phrases count more; the weight grows with the evidence and falls
        with the text's length: ``1 - exp(-evidence)``.

        Returns
        -------
        array of float32, shape (n_texts, n_labels)
        """
        weights = np.zeros((len(texts), len(self._column)), dtype=np.float32)
        for row, words in enumerate(texts):
            found = self.find(words)
            if not found:
                continue
            length = math.sqrt(max(1.0, len(words) / _LONG_PASSAGE))
            for label, phrases in found.items():
                evidence = sum(self._strength(phrase) for phrase in phrases) / length
                weights[row, self._column[label]] = 1.0 - math.exp(-evidence * math.log(2) / _HALF_WEIGHT_AT)
        return weights

    def _strength(self, phrase: str) -> float:
        if phrase not in self._strengths:
            self._strengths[phrase] = min(2.0, 0.5 + 0.5 * len(phrase.split()))
        return self._strengths[phrase]


@cache
def load_evidence(language: str, folder: Path | None = None) -> Evidence:
    """Return what finds the seeds of the four themes, the season and the terms of the five subjects in a language.

    The phrases of all languages are tried where it has no file.
    """
    languages = load_languages(folder)
    chosen: Mapping[str, Language] = {language: languages[language]} if language in languages else languages
    seeds = {theme: [p for item in chosen.values() for p in item.theme_seeds[theme]] for theme in GUIDED_THEMES}
    terms = {name: [p for item in chosen.values() for p in item.subject_terms[name]] for name in SUBJECTS[:-1]}
    season = _season()
    named = season.get(language, [phrase for phrases in season.values() for phrase in phrases])
    return Evidence({**seeds, SEASON: named, **terms})


@cache
def _season() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads((files("civictopics.themes") / "season.toml").read_text("utf-8"))
    return found


@cache
def load_extra_evidence(language: str, extra: ExtraThemes) -> Evidence:
    """Return what finds the phrases of a researcher's own themes in a language."""
    return Evidence({theme: extra.phrases(theme, language) for theme in extra.names})
