"""Cues of meetings: words for events and for what is done at them, under the same names in every language."""

import csv
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from civictopics.errors import LanguageFileError
from civictopics.languages import load_languages
from civictopics.tagging.cue_trie import CueTrie
from civictopics.tagging.plain_words import plain_words

_SHORTEST_STEM, _ENDING = 5, 2

ANCHORS = (
    "conference",
    "meeting",
    "congress",
    "session",
    "ceremony",
    "gathering",
    "seminar",
    "training",
    "press_conference",
    "contest",
    "dialogue",
    "voters",
    "reception",
    "delegation",
    "visit",
    "summing_up",
    "preliminary",
    "briefing",
    "launch",
    "appointment",
    "questioning",
    "at_event",
)
"""Cues that name an event: where they stand, the article says what took place."""


GROUPS = {
    "any_review": ("summing_up", "preliminary", "evaluation"),
    "any_meeting": ("conference", "meeting", "session", "briefing"),
    "any_large_meeting": ("conference", "congress"),
    "any_honour": ("award", "honour", "recognition", "anniversary"),
    "any_instruction": ("rollout", "study", "plan"),
    "any_leader_visit": ("delegation", "visit", "inspection", "working_with", "greetings"),
    "any_part_of_year": ("months", "quarter", "semester", "in_month"),
}
"""Cues that one language keeps apart and another does not: each group is a cue of its own."""


@cache
def load_cues() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the phrases of each cue, by language.

    Raises
    ------
    LanguageFileError
        If two of the files do not have the same cues.
    """
    found = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            content = tomllib.loads(entry.read_text(encoding="utf-8"))
            found[entry.name.removesuffix(".toml")] = {name: tuple(phrases) for name, phrases in content.items()}
    names = cue_names(found)
    for code, phrases in found.items():
        if set(phrases) != set(names):
            differing = ", ".join(sorted(set(phrases) ^ set(names)))
            raise LanguageFileError(
                f"cues/{code}.toml: cues that the other languages lack, or the reverse: {differing}"
            )
    return found


def cue_names(cues: dict[str, dict[str, tuple[str, ...]]] | None = None) -> tuple[str, ...]:
    """Return the names of the cues, in the order of the files."""
    return tuple(next(iter((cues or load_cues()).values())))


def all_cues() -> tuple[str, ...]:
    """Return the names of the cues and of their groups."""
    return (*cue_names(), *GROUPS)


@cache
def load_phrases() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the phrasebook's terms for meetings and periods by label and language.

    A label is ``~`` and what the term is called in English; `plain_words` of the variants,
    long words of English, Swedish and Russian with any ending.
    """
    lines = (files(__name__) / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        label = "~" + row["en"].split("|")[0]
        label = f"{label} ({row['vi']})" if label in found else label
        found[label] = {
            code: tuple(" ".join(_with_endings(plain_words(variant), code)) for variant in variants.split("|"))
            for code, variants in row.items()
        }
    return found


def phrase_labels() -> tuple[str, ...]:
    """Return the labels of `load_phrases`, in the order of the file."""
    return tuple(load_phrases())


def _with_endings(words: list[str], language: str) -> list[str]:
    if language in ("vi", "ar"):
        return words
    return [
        f"{word[: max(_SHORTEST_STEM, len(word) - _ENDING)]}*"
        if word.isalpha() and len(word) > _SHORTEST_STEM
        else word
        for word in words
    ]


@cache
def cue_matcher(language: str, folder: Path | None = None) -> CueTrie:
    """Return the matcher of one language's cues and meeting terms, or of all where nothing is known of it.

    The labels are the cues' names, ``=`` before a meeting type for the terms of the language
    file, and those of `load_phrases`.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    folder : Path, optional
        Further language files; their terms are used, and there are no cues for them.
    """
    cues, languages = load_cues(), load_languages(folder)
    known = language in languages or language in cues
    codes = (language,) if known else tuple(cues)
    phrases: dict[str, list[str]] = {name: [] for name in cue_names()}
    for code in codes:
        for name, listed in cues.get(code, {}).items():
            phrases[name] += listed
        for kind, terms in languages[code].meeting_terms.items() if code in languages else ():
            phrases.setdefault(f"={kind}", []).extend(terms)
        for label, variants in load_phrases().items():
            phrases.setdefault(label, []).extend(variants.get(code, ()))
    for group, members in GROUPS.items():
        phrases[group] = [phrase for name in members for phrase in phrases[name]]
    return CueTrie(phrases)
