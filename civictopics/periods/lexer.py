"""A text as a sequence of word classes."""

import re
from dataclasses import dataclass, field

from civictopics.periods.lexicon import LARGEST_MEMORY, Entry, Lexicon, Settled
from civictopics.periods.normalise import NormalisedText

# Every alternative consumes at least one sign and none can be retried in more than a few ways.
# Words come first because most tokens are words.
_TOKEN = re.compile(r"[^\W\d_]+|\d{1,3}(?:[.,]\d{3}){1,5}(?!\d)|\d+|([^\w\s])\1*|\n")
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
Token = tuple[str, int, int, int]
"""Class, value, start and end."""

_REMEMBERED = 40  # signs of the longest token that is kept in memory
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
    tokens = Tokens()
    if not spans:
        return tokens
    words = [text[start:end] for start, end in spans]
    settled = lexicon.settled
    known = [settled.get(word) or _settle(word, lexicon, symbols) for word in words]
    signs, values, special = zip(*known, strict=True)
    starts, ends = zip(*spans, strict=True)
    pieces: list[str] = []
    done = 0
    for index, entry in enumerate(special):
        if entry is None or index < done:
            continue
        after, new = _join(index, entry, words, lexicon, (signs[index], values[index], starts[index], ends))
        if entry == "." and ends[index] < len(text) and text[ends[index]].isalnum():
            after, new = index + 1, [(symbols["DOT"], -1, starts[index], ends[index])]
        if not after:
            continue
        pieces += signs[done:index]
        tokens.values += values[done:index]
        tokens.starts += starts[done:index]
        tokens.ends += ends[done:index]
        for sign, value, start, end in new:
            pieces.append(sign)
            tokens.values.append(value)
            tokens.starts.append(start)
            tokens.ends.append(end)
        done = after
    tokens.values += values[done:]
    tokens.starts += starts[done:]
    tokens.ends += ends[done:]
    tokens.classes = "".join([*pieces, *signs[done:]])
    return tokens


def _join(
    index: int, entry: Entry | str, words: list[str], lexicon: Lexicon, own: tuple[str, int, int, tuple[int, ...]]
) -> tuple[int, list[Token]]:
    """Return where a token ends that is not what it is by itself, and what replaces it; 0 where nothing does."""
    if isinstance(entry, str):
        return (index + 1, []) if entry in _QUOTES else (0, [])
    after = index + 1
    sign, value, start, ends = own
    found = _phrase(words, after, entry, lexicon) if entry.phrases and after < len(words) else None
    stop = found is None and entry.dotted and words[after : after + 1] == ["."]
    if found is None and not stop and not entry.second:
        return 0, []
    end = ends[index]
    if found is not None:
        after, sign, value = found
        end = ends[after - 1]
    if entry.second and end == start + len(words[index]):
        return after + stop, [(sign, value, start, start + 1), (entry.second, -1, start + 1, end)]
    return after + stop, [(sign, value, start, end)]


def _settle(word: str, lexicon: Lexicon, symbols: dict[str, str]) -> Settled:
    """Return what a token is by itself, and remember it: class, value, and what can change that.

    The last is the entry where the words that follow matter, the mark itself for a full stop or a quotation mark.
    """
    first = word[0]
    entry: Entry | str | None = None
    sign, value = symbols["W"], -1
    if first.isalpha():
        listed = lexicon[word]
        if listed is not None:
            sign, value = listed.symbol, listed.value
            entry = listed if listed.phrases or listed.dotted or listed.second else None
    elif first.isdigit():
        name, value = _number(word)
        sign = symbols[name]
    else:
        sign = symbols[_MARKS.get(first, "OTHER")]
        entry = first if first in _QUOTES or word == "." else None
    found = (sign, value, entry)
    if len(lexicon.settled) < LARGEST_MEMORY and len(word) <= _REMEMBERED:
        lexicon.settled[word] = found
    return found


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
        if last > len(words):
            continue
        for listed, word in zip(rest, words[index:last], strict=True):
            if listed != word and not lexicon.same(listed, word):
                break
        else:
            return last, symbol, value
    return None
