"""Read the period grammar of a language: words, macros and patterns from its data file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from civictopics.errors import LanguageFileError
from civictopics.periods.lexicon import BUILT_IN, Lexicon
from civictopics.periods.patterns import Example, Pattern, read_patterns

CUES = (
    *(
        "REVIEW",
        "RESULT",
        "PLAN",
        "COMPARE",
        "DOCUMENT",
        "ANNIVERSARY",
        "TARGET",
        "CRIME",
        "EVENT",
        "STATISTIC",
    ),
    *("FUTURE", "REPORT", "AGE", "PRISON", "BORN", "IMPLEMENT", "LAUNCH", "SPEECH", "CONGRESS", "EARLIER"),
)
"""Classes that tell what a text does with a span; a language file may leave some empty."""

_FIRST_SIGN = 0xE000


@dataclass(frozen=True, slots=True)
class Grammar:
    """The period grammar of one language.

    Attributes
    ----------
    code : str
        ISO 639-1 code, empty for what every language shares.
    symbols : mapping of str to str
        The sign of each word class.
    lexicon : Lexicon
        Words to classes.
    patterns : tuple of Pattern
        In the order of preference.
    examples : tuple of Example
        The examples of the patterns, run as tests.
    settings : mapping
        Other values of the file, such as the order of day and month.
    """

    code: str
    symbols: dict[str, str]
    lexicon: Lexicon
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]
    settings: Mapping[str, Any]


@cache
def load_grammar(code: str) -> Grammar:
    """Return the grammar of a language; one without patterns of its own when there is no file.

    It is the table `periods` of `civictopics/languages/XX.toml`.
    """
    content: dict[str, Any] = {}
    if code.isalpha() and code.isascii():
        content = read_table(files("civictopics.languages") / f"{code}.toml")
    return build_grammar(code if content else "", content)


def build_grammar(code: str, content: Mapping[str, Any]) -> Grammar:
    """Make a grammar from a `periods` table and from what all languages share.

    Raises
    ------
    LanguageFileError
        If the table names an unknown class, macro or rule, or lacks an example.
    """
    place = f"{code or 'common'} [periods]"
    shared = read_table(files("civictopics.periods") / "common.toml")
    whole = merge(shared, dict(content))
    if code:
        whole["patterns"] = [entry for entry in whole["patterns"] if not entry.get("unknown_language")]
    names = [*BUILT_IN, *CUES, *whole.get("words", {})]
    symbols = {name: chr(_FIRST_SIGN + index) for index, name in enumerate(dict.fromkeys(names))}
    patterns, examples = read_patterns(whole["patterns"], symbols, whole.get("macros", {}), place)
    lexicon = Lexicon(whole, symbols, place)
    return Grammar(code, symbols, lexicon, tuple(patterns), tuple(examples), whole.get("settings", {}))


def read_table(source: Traversable) -> dict[str, Any]:
    """Return the `periods` table of a TOML file, empty when there is no such file."""
    if not source.is_file():
        return {}
    try:
        content = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageFileError(f"{source.name}: not a TOML file in UTF-8: {error}") from error
    table = content.get("periods", {})
    if not isinstance(table, dict):
        raise LanguageFileError(f"{source.name}: [periods] must be a table")
    return table


def merge(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return both tables as one: tables are merged, lists joined, other values of `second` win."""
    merged = dict(first)
    for key, value in second.items():
        known = merged.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            merged[key] = merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            merged[key] = value + known
        else:
            merged[key] = value
    return merged
