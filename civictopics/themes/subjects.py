"""What an article is mostly about where it is none of the four themes, by the terms of the language files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from civictopics.languages import Language, PhraseMatcher, load_languages
from civictopics.languages.matching import split_words
from civictopics.themes.names import SUBJECTS

_TITLE_WEIGHT = 3.0


def main_subject(title: str, text: str, language: str, folder: Path | None = None) -> str:
    """Return the subject whose terms occur most, those of the title three times; ``other`` where none does."""
    matcher = _matcher(language, folder)
    scores = dict.fromkeys(SUBJECTS[:-1], 0.0)
    for part, weight in ((title, _TITLE_WEIGHT), (text, 1.0)):
        for match in matcher.find_in_words(split_words(part)):
            scores[match.label] += weight * (match.last - match.first + 1) ** 0.5
    best = max(SUBJECTS[:-1], key=lambda subject: scores[subject])
    return best if scores[best] > 0 else SUBJECTS[-1]


@cache
def _matcher(language: str, folder: Path | None) -> PhraseMatcher:
    languages = load_languages(folder)
    chosen: Mapping[str, Language] = {language: languages[language]} if language in languages else languages
    terms = {s: [p for item in chosen.values() for p in item.subject_terms[s]] for s in SUBJECTS[:-1]}
    return PhraseMatcher(terms)
