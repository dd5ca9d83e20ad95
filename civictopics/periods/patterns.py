"""The patterns of a language file: sequences of word classes and the rule that each stands for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from civictopics.errors import LanguageFileError

_MACRO = re.compile(r"<([A-Z][A-Z0-9_]*)>")
_ITEM = re.compile(r"\s+|(?:([a-z][a-z0-9]*)=)?([A-Z][A-Z0-9_]*)|([a-z][a-z0-9]*)=\(|([()|?]|\{\d(?:,\d{1,2})?\})|(.)")
_DEEPEST = 8

RULE_NAMES = (
    *("month", "months", "month_count", "quarter", "half", "year", "school_year", "years", "year_count", "date"),
    *("dates", "since_start", "other", "same_period", "tet", "tet_days", "ignore"),
)
"""The rules that a pattern may name; `rules.RULES` says what they mean."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a pattern: words, publication date, and what they are to be read as."""

    text: str
    published: str
    kind: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sequence of word classes.

    Attributes
    ----------
    rule : str
        Name of the rule that gives the sequence a meaning (see `rules.RULES`).
    source : str
        The sequence as written in the language file.
    expression : re.Pattern
        The same over class signs; its named groups are what the rule needs.
    constants : mapping of str to object
        What the language file adds for the rule.
    required : str
        Signs that every match contains, by which most texts are ruled out at once.
    """

    rule: str
    source: str
    expression: re.Pattern[str]
    constants: Mapping[str, Any]
    required: str = ""


def compile_pattern(source: str, symbols: Mapping[str, str], macros: Mapping[str, str], place: str) -> re.Pattern[str]:
    """Turn a sequence of class names into a regular expression over class signs.

    Parameters
    ----------
    source : str
        Class names separated by spaces; ``name=CLASS`` captures, ``<MACRO>`` inserts a macro,
        ``( | )``, ``?`` and ``{m,n}`` mean what they mean in regular expressions, ``ANY`` is
        every class but the end of a sentence.
    symbols : mapping of str to str
        Sign of each class.
    macros : mapping of str to str
        Text of each macro.
    place : str
        What to call the file in errors.

    Raises
    ------
    LanguageFileError
        If the sequence names an unknown class or macro, or is no valid expression.
    """
    pieces: list[str] = []
    for match in _ITEM.finditer(expand_macros(source, macros, place)):
        name, symbol, opening, operator, unknown = match.groups()
        if unknown:
            raise LanguageFileError(f"{place}: {unknown!r} has no meaning in the pattern {source!r}")
        if symbol:
            if symbol != "ANY" and symbol not in symbols:
                raise LanguageFileError(f"{place}: no class {symbol!r} (pattern {source!r}); list it under [words]")
            sign = f"[^{symbols['STOP']}]" if symbol == "ANY" else symbols[symbol]
            pieces.append(f"(?P<{name}_{len(pieces)}>{sign})" if name else sign)
        elif opening:
            pieces.append(f"(?P<{opening}_{len(pieces)}>")
        elif operator:
            pieces.append("(?:" if operator == "(" else operator)
    try:
        return re.compile("".join(pieces))
    except re.error as error:
        raise LanguageFileError(f"{place}: the pattern {source!r} is malformed: {error}") from error


def required_signs(expression: str) -> str:
    """Return the class signs that stand outside all groups and are not optional.

    Examples
    --------
    >>> required_signs("\ue000(?:\ue001|\ue002)\ue003?(?P<n_1>\ue004)")
    '\ue000'
    """
    depth = 0
    signs = []
    for sign, following in zip(expression, expression[1:] + " ", strict=True):
        if depth == 0 and sign == "|":
            return ""
        depth += (sign == "(") + (sign == "[") - (sign == ")") - (sign == "]")
        if depth == 0 and sign >= "\ue000" and following not in "?{":
            signs.append(sign)
    return "".join(dict.fromkeys(signs))


def expand_macros(source: str, macros: Mapping[str, str], place: str) -> str:
    """Insert the macros that a pattern names."""
    for _ in range(_DEEPEST):
        match = _MACRO.search(source)
        if match is None:
            return source
        missing = [name for name in _MACRO.findall(source) if name not in macros]
        if missing:
            raise LanguageFileError(f"{place}: no macro <{missing[0]}>; there are: {', '.join(sorted(macros))}")
        source = _MACRO.sub(lambda found: f"({macros[found.group(1)]})", source)
    raise LanguageFileError(f"{place}: macros nest more than {_DEEPEST} deep in {source!r}")


def read_patterns(
    entries: Sequence[Mapping[str, Any]], symbols: Mapping[str, str], macros: Mapping[str, str], place: str
) -> tuple[list[Pattern], list[Example]]:
    """Compile the pattern entries of a language file and collect their examples."""
    patterns: list[Pattern] = []
    examples: list[Example] = []
    for entry in entries:
        missing = [key for key in ("rule", "match", "examples") if not entry.get(key)]
        if missing:
            raise LanguageFileError(f"{place}: a pattern lacks {', '.join(missing)}: {dict(entry)!r:.120}")
        if entry["rule"] not in RULE_NAMES:
            raise LanguageFileError(f"{place}: no rule {entry['rule']!r}; there are: {', '.join(RULE_NAMES)}")
        constants = {key: value for key, value in entry.items() if key not in ("rule", "match", "examples")}
        for source in entry["match"]:
            expression = compile_pattern(source, symbols, macros, place)
            required = required_signs(expression.pattern)
            patterns.append(Pattern(entry["rule"], source, expression, constants, required))
        examples += [Example(*row) for row in entry["examples"]]
    return patterns, examples
