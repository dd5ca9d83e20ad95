"""Themes that a researcher adds: a few phrases each in one TOML file."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from civictopics.errors import InputError
from civictopics.languages import fold, load_languages
from civictopics.themes.names import MAIN_THEMES


@dataclass(frozen=True, slots=True)
class ExtraThemes:
    """Themes beside the four, hashable so that what is built from them can be remembered.

    Attributes
    ----------
    listed : tuple of (str, tuple of (str, tuple of str))
        For each theme, in the order of the file: its name and its phrases per language.
    """

    listed: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The themes, in the order of the file."""
        return tuple(name for name, _ in self.listed)

    def phrases(self, theme: str, language: str) -> tuple[str, ...]:
        """Return the phrases of a theme in a language; those of all its languages where it has none in this one."""
        by_language = dict(dict(self.listed)[theme])
        if language in by_language:
            return by_language[language]
        return tuple(phrase for phrases in by_language.values() for phrase in phrases)


def read_extra_themes(path: str | Path) -> ExtraThemes:
    """Read themes from a TOML file: a table for each theme, a list of phrases for each language.

    .. code-block:: toml

        [digital_government]
        vi = ["chính quyền số", "dịch vụ công trực tuyến"]
        en = ["digital government", "online public services"]

    Raises
    ------
    InputError
        If the file cannot be read, holds no theme, or a theme is empty or a duplicate.
    """
    place = Path(path)
    try:
        content = tomllib.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{place}: cannot read the file of themes: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = "; each theme may stand there once" if "declar" in str(error) or "overwrite" in str(error) else ""
        raise InputError(f"{place}: not a TOML file in UTF-8: {error}{hint}") from error
    if not content:
        raise InputError(f'{place}: holds no theme; write a table such as [my_theme] with vi = ["phrase", ...]')
    known = load_languages()
    listed = tuple((name, _theme(name, table, tuple(known), place)) for name, table in content.items())
    _check_different(listed, place)
    return ExtraThemes(listed)


def _theme(name: str, table: object, known: tuple[str, ...], place: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if name in MAIN_THEMES:
        raise InputError(f"{place}: the name {name!r} is taken; the themes and subjects are: {', '.join(MAIN_THEMES)}")
    if not isinstance(table, dict):
        raise InputError(f"{place}: {name!r} must be a table of lists of phrases, one list for each language")
    phrases = {}
    for language, values in table.items():
        if language not in known:
            raise InputError(f"{place}: [{name}] has the unknown language {language!r}; known: {', '.join(known)}")
        if not isinstance(values, list) or not all(isinstance(value, str) and fold(value).strip() for value in values):
            raise InputError(f"{place}: [{name}] {language} must be a list of non-empty strings")
        phrases[language] = tuple(values)
    if not any(phrases.values()):
        raise InputError(f"{place}: the theme [{name}] is empty; give it at least one phrase")
    return tuple((language, values) for language, values in phrases.items() if values)


def _check_different(listed: Iterable[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]], place: Path) -> None:
    seen: dict[frozenset[tuple[str, str]], str] = {}
    for name, table in listed:
        content = frozenset((language, fold(phrase)) for language, phrases in table for phrase in phrases)
        if content in seen:
            raise InputError(f"{place}: the themes [{seen[content]}] and [{name}] are duplicates: the same phrases")
        seen[content] = name
