"""Meeting types by the terms of the language files: the headline and the lead decide."""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from civictopics.languages import Language, PhraseMatcher, load_languages
from civictopics.languages.matching import split_words

MEETING_TYPES = (
    "annual_review",
    "interim_review",
    "campaign_review",
    "briefing",
    "rollout",
    "launch",
    "congress",
    "committee_session",
    "assembly_session",
    "public_dialogue",
    "award_ceremony",
    "inspection_visit",
    "other_meeting",
    "none",
)
"""The meeting types, in the codebook's order."""

_TITLE, _LEAD, _NEAR, _REST = 3.0, 2.5, 1.0, 0.15
_LEAD_WORDS, _NEAR_WORDS = 70, 160
_NONE_SCORE = 2.0
_SHARPNESS = 0.9


class KeywordMeetingTypes(ClassifierMixin, BaseEstimator):
    """Score each meeting type by its terms, weighted by where they stand.

    Terms in the headline count most, then those among the first 70 words, then the
    first 160; the rest hardly. The type `none` has a constant score, so that an
    article without strong terms is none.

    Parameters
    ----------
    languages_folder : Path, optional
        Further language files.
    """

    def __init__(self, languages_folder: Path | None = None) -> None:
        self.languages_folder = languages_folder

    def fit(self, texts: Sequence[str], y: object = None) -> "KeywordMeetingTypes":
        """Do nothing: the terms are given."""
        self.classes_ = np.array(MEETING_TYPES)
        return self

    def predict_proba(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
    ) -> NDArray[np.float64]:
        """Return a share of the evidence for each type, shape (n_texts, 14); it is not calibrated."""
        heads = titles if titles is not None else [""] * len(texts)
        codes = languages if languages is not None else [""] * len(texts)
        rows = [self._shares(*parts) for parts in zip(texts, heads, codes, strict=True)]
        return np.array(rows).reshape(len(texts), len(MEETING_TYPES))

    def predict(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
    ) -> NDArray[np.str_]:
        """Return the type of each text, shape (n_texts,)."""
        best: NDArray[np.str_] = np.array(MEETING_TYPES)[self.predict_proba(texts, titles, languages).argmax(axis=1)]
        return best

    def _shares(self, text: str, title: str, language: str) -> list[float]:
        matcher = _matcher(language, self.languages_folder)
        scores = dict.fromkeys(MEETING_TYPES, 0.0)
        scores["none"] = _NONE_SCORE
        seen: set[tuple[str, str]] = set()
        for words, in_title in ((split_words(title), True), (split_words(text), False)):
            for match in matcher.find_in_words(words):
                if (match.label, match.phrase) not in seen:
                    seen.add((match.label, match.phrase))
                    place = _TITLE if in_title else _place_weight(match.first)
                    scores[match.label] += place * math.sqrt(match.last - match.first + 1)
        exponents = [math.exp(min(40.0, _SHARPNESS * scores[kind])) for kind in MEETING_TYPES]
        total = sum(exponents)
        return [value / total for value in exponents]


def _place_weight(position: int) -> float:
    if position < _LEAD_WORDS:
        return _LEAD
    return _NEAR if position < _NEAR_WORDS else _REST


@cache
def _matcher(language: str, folder: Path | None) -> PhraseMatcher:
    languages = load_languages(folder)
    chosen: Mapping[str, Language] = {language: languages[language]} if language in languages else languages
    terms = {kind: [p for item in chosen.values() for p in item.meeting_terms[kind]] for kind in MEETING_TYPES[:-1]}
    return PhraseMatcher(terms)
