"""What a pattern found: a rule, the numbers for it, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civictopics.periods.grammar import Grammar
from civictopics.periods.lexer import Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """A match of one pattern.

    Attributes
    ----------
    rule : str
        Name of the rule that gives it a meaning.
    values : mapping of str to int
        The numbers that the pattern captured, by name.
    constants : mapping of str to object
        What the pattern adds for the rule.
    first, last : int
        Its first token and the one after its last.
    """

    rule: str
    values: Mapping[str, int]
    constants: Mapping[str, Any]
    first: int
    last: int


def find_readings(tokens: Tokens, grammar: Grammar) -> list[Reading]:
    """Return the matches of all patterns that do not overlap: the longest first, then the leftmost.

    A match that its rule refuses (a thirteenth month) gives way to the next one.
    """
    found: list[tuple[int, int, int, Reading]] = []
    classes, values = tokens.classes, tokens.values
    present = set(classes)
    for order, pattern in enumerate(grammar.patterns):
        if not present.issuperset(pattern.required):
            continue
        for match in pattern.expression.finditer(classes):
            first, last = match.span()
            # A name may occur in several alternatives; the compiler told them apart by a number.
            numbers = {
                name.split("_")[0]: values[match.start(name)] for name, sign in match.groupdict().items() if sign
            }
            reading = Reading(pattern.rule, numbers, pattern.constants, first, last)
            if plausible(reading):
                found.append((first - last, first, order, reading))
    found.sort(key=lambda item: item[:3])
    taken = bytearray(len(classes))
    kept: list[Reading] = []
    for length, first, _, reading in found:
        last = first - length
        if not any(taken[first:last]) and not _splits_number(tokens, grammar, first):
            taken[first:last] = b"\x01" * -length
            kept.append(reading)
    kept.sort(key=lambda reading: reading.first)
    return [reading for reading in kept if reading.rule != "ignore"]


_MOST_MONTHS = 36
_RANGES = {"m": (1, 12), "m2": (1, 12), "d": (1, 31), "d2": (1, 31), "q": (1, 4), "h": (1, 2), "n": (1, 60)}


def plausible(reading: Reading) -> bool:
    """Tell whether the numbers of a match are within the calendar."""
    values = reading.values
    for name, value in values.items():
        limits = _RANGES.get(name)
        if limits and not limits[0] <= value <= limits[1]:
            return False
    if reading.rule == "years" and "year" in values:
        return _plausible_range(values)
    if reading.rule in ("months", "month_count"):
        return values.get("n", 0) <= _MOST_MONTHS
    return True


def _plausible_range(values: Mapping[str, int]) -> bool:
    first = values["year"]
    if "short" in values:
        return values["short"] != first % 100 and (values["short"] - first) % 100 <= 30
    return "year2" not in values or 0 < values["year2"] - first <= 60


def _splits_number(tokens: Tokens, grammar: Grammar, first: int) -> bool:
    """Tell whether the match begins inside a longer number, such as 12,5 or 34 500."""
    symbols = grammar.symbols
    classes, starts, ends = tokens.classes, tokens.starts, tokens.ends
    if classes[first] not in (symbols["D"], symbols["Y"]) or first < 2:
        return False
    before = classes[first - 1]
    tight = ends[first - 1] == starts[first] and ends[first - 2] == starts[first - 1]
    numbers = (symbols["D"], symbols["G"], symbols["Y"])
    return tight and before in (symbols["DOT"], symbols["COMMA"]) and classes[first - 2] in numbers
