"""Read language files and check that each says all that the stages ask for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from civictopics.errors import LanguageFileError

LANGUAGES = ("vi", "en", "sv", "ru", "ar")
"""The languages shipped, in the order of every table and figure (ISO 639-1)."""

_TABLES: dict[str, tuple[str, ...]] = {
    "theme_seeds": ("emulation", "mass_mobilisation", "tet_security", "party_building"),
    "meeting_terms": (
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
    ),
    "subject_terms": ("elected_bodies", "economy", "society", "law_order", "foreign_affairs"),
    "stop_words": ("words",),
    "furniture": (
        "site_headers",
        "comment_labels",
        "empty_labels",
        "related_labels",
        "source_labels",
        "advert_words",
        "caption_labels",
        "byline_words",
    ),
}


@dataclass(frozen=True, slots=True)
class Language:
    """What one language file says.

    Attributes
    ----------
    code : str
        ISO 639-1 code.
    name : str
        English name.
    direction : {"ltr", "rtl"}
        Direction of writing.
    theme_seeds, meeting_terms, subject_terms, furniture : mapping of str to tuple of str
        Phrases by theme, by meeting type, by subject, and by kind of furniture.
    stop_words : frozenset of str
        Words that say nothing of a subject.
    periods : mapping
        The grammar of period phrases, read by `civictopics.periods`.
    """

    code: str
    name: str
    direction: str
    theme_seeds: Mapping[str, tuple[str, ...]]
    meeting_terms: Mapping[str, tuple[str, ...]]
    subject_terms: Mapping[str, tuple[str, ...]]
    furniture: Mapping[str, tuple[str, ...]]
    stop_words: frozenset[str]
    periods: Mapping[str, Any]


def available_languages() -> tuple[str, ...]:
    """Return the codes of the language files inside the package, the five first, then by name."""
    codes = {
        Path(entry.name).stem
        for entry in files("civictopics.languages").iterdir()
        if entry.name.endswith(".toml") and "." not in Path(entry.name).stem
    }
    return tuple(code for code in LANGUAGES if code in codes) + tuple(sorted(codes - set(LANGUAGES)))


@cache
def load_language(code: str) -> Language:
    """Read the file of one language shipped inside the package.

    Raises
    ------
    LanguageFileError
        If there is no such file, or it lacks a key.
    """
    home = files("civictopics.languages") / f"{code}.toml"
    if code not in available_languages():
        known = ", ".join(available_languages())
        raise LanguageFileError(f"no language file for {code!r}; there are: {known}. See README, 'A sixth language'")
    return _read(code, home)


def load_languages(folder: Path | None = None) -> dict[str, Language]:
    """Read every shipped language and the files of `folder`, which win where both have a code."""
    languages = {code: load_language(code) for code in available_languages()}
    if folder is not None:
        if not folder.is_dir():
            raise LanguageFileError(f"no such folder of language files: {folder}")
        for path in sorted(folder.glob("*.toml")):
            languages[path.stem] = _read(path.stem, path)
    return languages


def _read(code: str, source: Traversable) -> Language:
    try:
        content = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageFileError(f"{source.name}: not a TOML file in UTF-8: {error}") from error
    for key in ("name", "direction"):
        if not isinstance(content.get(key), str):
            raise LanguageFileError(f"{source.name}: the key {key!r} must be a string")
    tables = {table: _table(content, table, keys, source.name) for table, keys in _TABLES.items()}
    return Language(
        code=code,
        name=content["name"],
        direction=content["direction"],
        theme_seeds=tables["theme_seeds"],
        meeting_terms=tables["meeting_terms"],
        subject_terms=tables["subject_terms"],
        furniture=tables["furniture"],
        stop_words=frozenset(tables["stop_words"]["words"]),
        periods=content.get("periods", {}),
    )


def _table(content: Mapping[str, Any], table: str, keys: tuple[str, ...], place: str) -> dict[str, tuple[str, ...]]:
    found = content.get(table)
    if not isinstance(found, dict):
        raise LanguageFileError(f"{place}: the table [{table}] is missing; it needs the keys {', '.join(keys)}")
    missing = [key for key in keys if key not in found]
    if missing:
        raise LanguageFileError(f"{place}: [{table}] lacks {', '.join(missing)}")
    for key, phrases in found.items():
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase for phrase in phrases):
            raise LanguageFileError(f"{place}: [{table}] {key} must be a list of non-empty strings")
    return {key: tuple(phrases) for key, phrases in found.items()}
