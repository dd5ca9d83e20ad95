"""What stands around a span: words of review, plan, comparison ... near it and in its sentence, and figures."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from civictopics.periods.grammar import Grammar
from civictopics.periods.lexer import Tokens
from civictopics.periods.readings import Reading

CONTEXT_CUES = (
    *("REVIEW", "REPORT", "RESULT", "PLAN", "COMPARE", "DOCUMENT", "ANNIVERSARY", "FUTURE", "EVENT", "STATISTIC"),
    *("IMPLEMENT", "CONGRESS", "EARLIER"),
)
ZONES = ("near", "left", "right", "sentence")
"""Just before the span, before it, after it, and anywhere in its sentence."""

_NEAR, _LEFT, _RIGHT = 4, 12, 10
_LONGEST = 120  # tokens of a sentence on either side that are looked at


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around one reading.

    Attributes
    ----------
    cues : frozenset of str
        Which cue stands in which zone, as ``"REVIEW near"``.
    figures : int
        Numbers other than dates in its sentence and the two after it.
    own_figures : int
        Those in its sentence alone.
    sentence : int
        Number of its sentence, counted from the start of the title.
    opens_sentence : bool
        Whether it stands among the first words of its sentence.
    in_parentheses : bool
        Whether it stands alone between parentheses.
    """

    cues: frozenset[str]
    figures: int
    own_figures: int
    sentence: int
    opens_sentence: bool
    in_parentheses: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """The sentences of a text: where each ends, and which tokens belong to spans.

    Attributes
    ----------
    stops : list of int
        Positions of the tokens that end a sentence.
    figures : str
        The classes of the tokens with those inside spans blanked, for counting figures.
    """

    stops: list[int]
    figures: str


def outline(tokens: Tokens, readings: list[Reading], grammar: Grammar) -> Outline:
    """Find the sentences and what in them can be a figure."""
    stop = grammar.symbols["STOP"]
    stops = [index for index, sign in enumerate(tokens.classes) if sign == stop]
    pieces: list[str] = []
    done = 0
    for reading in readings:
        pieces += (tokens.classes[done : reading.first], " " * (reading.last - reading.first))
        done = reading.last
    pieces.append(tokens.classes[done:])
    return Outline(stops, "".join(pieces))


def look_around(tokens: Tokens, readings: list[Reading], page: Outline, grammar: Grammar) -> list[Surroundings]:
    """Describe what stands around each reading; cues of one span do not count for the next."""
    symbols = grammar.symbols
    named = {zone: {symbols[name]: f"{name} {zone}" for name in CONTEXT_CUES} for zone in ZONES}
    looked_for = frozenset(named["near"])
    opening, closing = symbols["LPAR"], symbols["RPAR"]
    numbers = (symbols["G"], symbols["D"], symbols["PERCENT"])
    classes, stops, size = tokens.classes, page.stops, len(tokens.classes)
    count = page.figures.count
    found: list[Surroundings] = []
    for index, reading in enumerate(readings):
        sentence = bisect_left(stops, reading.first)
        begin = max(stops[sentence - 1] + 1 if sentence else 0, reading.first - _LONGEST)
        after = bisect_right(stops, reading.last - 1)
        end = min(stops[after] if after < len(stops) else size, reading.last + _LONGEST)
        before = readings[index - 1].last if index else 0
        behind = readings[index + 1].first if index + 1 < len(readings) else size
        left = max(begin, before, reading.first - _LEFT)
        zones = {
            # A cue may be part of the span's own words: "summed up three years".
            "near": classes[max(left, reading.first - _NEAR) : reading.last],
            "left": classes[left : reading.first],
            "right": classes[reading.last : min(end, behind, reading.last + _RIGHT)],
            "sentence": classes[begin:end],
        }
        present = frozenset(
            named[zone][sign] for zone, signs in zones.items() for sign in looked_for.intersection(signs)
        )
        reach = min(stops[min(after + 2, len(stops) - 1)] if stops else size, end + _LONGEST)
        own = count(numbers[0], begin, end) + count(numbers[1], begin, end) + count(numbers[2], begin, end)
        below = max(end, reach)
        figures = own + count(numbers[0], end, below) + count(numbers[1], end, below) + count(numbers[2], end, below)
        enclosed = (
            classes[reading.first - 1 : reading.first] == opening
            and classes[reading.last : reading.last + 1] == closing
        )
        found.append(Surroundings(present, figures, own, sentence, reading.first - begin <= 3, enclosed))
    return found
