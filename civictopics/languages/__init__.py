"""Word lists and patterns, one data file per language; no other stage holds words of a language."""

from civictopics.languages.loading import (
    LANGUAGES,
    Language,
    available_languages,
    load_language,
    load_languages,
)
from civictopics.languages.matching import PhraseMatcher
from civictopics.languages.normalising import fold, nfc

__all__ = [
    "LANGUAGES",
    "Language",
    "PhraseMatcher",
    "available_languages",
    "fold",
    "load_language",
    "load_languages",
    "nfc",
]
