"""A text as a sequence of word classes."""

import re
from dataclasses import dataclass, field

from civictopics.periods.lexicon import Entry, Lexicon
from civictopics.periods.normalise import NormalisedText

# Every alternative consumes at least one sign and none can be retried in more than a few ways.
_TOKEN = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,5}(?!\d)|\d+|[^\W\d_]+|([^\w\s])\1*|\n")
_MARKS = {
    **{"-": "DASH", "/": "SLASH", ",": "COMMA", ":": "COLON", ";": "SEMI", "(": "LPAR", "[": "LPAR"},
    **{
        ")": "RPAR",
        "]": "RPAR",
        "%": "PERCENT",
        ".": "STOP",
        "!": "STOP",
        "?": "STOP",
        "…": "STOP",
        "\n": "STOP",
    },
}
_QUOTES = frozenset("\"'“”„«»‘’‹›*")


@dataclass(slots=True)
class Tokens:
    """The tokens of a text.

    Attributes
    ----------
    classes : str
        One sign per token: its class.
    starts, ends : list of int
        Where each token begins and ends in the normalised text.
    values : list of int
        The number each token stands for, -1 when it stands for none.
    """

    classes: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)


def tokenise(normalised: NormalisedText, lexicon: Lexicon, symbols: dict[str, str]) -> Tokens:
    """Cut a text into tokens and give each its class."""
    text = normalised.text
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    tokens = Tokens()
    signs: list[str] = []
    starts, ends, values = tokens.starts, tokens.ends, tokens.values
    plain = symbols["W"]
    marks = {mark: symbols[name] for mark, name in _MARKS.items()}
    index, size = 0, len(words)
    while index < size:
        word = words[index]
        start, end = spans[index]
        index += 1
        first = word[0]
        sign, value = plain, -1
        if first.isalpha():
            entry = lexicon[word]
            if entry is not None:
                sign, value = entry.symbol, entry.value
                if entry.phrases and index < size:
                    found = _phrase(words, index, entry, lexicon)
                    if found is not None:
                        index, sign, value = found
                        end = spans[index - 1][1]
                    elif entry.dotted and words[index] == ".":
                        index += 1
                elif entry.dotted and index < size and words[index] == ".":
                    index += 1
                if entry.second and end == start + len(word):
                    signs.append(sign)
                    values.append(value)
                    starts.append(start)
                    ends.append(start + 1)
                    start, sign, value = start + 1, entry.second, -1
        elif first.isdigit():
            name, value = _number(word)
            sign = symbols[name]
        elif first in _QUOTES:
            continue
        elif word == "." and end < len(text) and text[end].isalnum():
            sign = symbols["DOT"]
        else:
            sign = marks.get(first, symbols["OTHER"])
        signs.append(sign)
        values.append(value)
        starts.append(start)
        ends.append(end)
    tokens.classes = "".join(signs)
    return tokens


def _number(word: str) -> tuple[str, int]:
    length = len(word)
    if length > 4 or not word.isdecimal():  # a figure, or digits of a script without decimal numbers
        return "G", -1
    value = int(word)
    if length <= 2:
        return "D", value
    if length == 4 and 1900 <= value <= 2100:
        return "Y", value
    return "G", value


def _phrase(words: list[str], index: int, entry: Entry, lexicon: Lexicon) -> tuple[int, str, int] | None:
    """Return where the longest phrase that continues here ends, with its class and value."""
    following = words[index]
    if following not in entry.seconds and not following.startswith(entry.second_stems):
        return None
    for rest, symbol, value in entry.phrases:
        last = index + len(rest)
        if last <= len(words) and all(
            listed == word or lexicon.same(listed, word) for listed, word in zip(rest, words[index:last], strict=True)
        ):
            return last, symbol, value
    return None
