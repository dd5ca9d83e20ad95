"""A text as a sequence of word classes."""

import re
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress
from operator import add

from civictopics.periods.lexicon import LARGEST_MEMORY, Entry, Lexicon, Settled
from civictopics.periods.normalise import NormalisedText

_RUNS = ",.-:;()/%!?\"'&+*=#@$^~|<>[]{}\\`“”„«»‘’‹›…•"
_ONE_KIND = "|".join(re.escape(sign) + "+" for sign in _RUNS)
# A token and the blanks behind it: nothing is left out, so that lengths add up to positions. Every alternative takes
# at least one sign and none can be retried in more than a few ways. Words come first because most tokens are words.
_TOKEN = re.compile(rf"(?:[^\W\d_]+|\d{{1,3}}(?:[.,]\d{{3}}){{1,5}}(?!\d)|\d+|{_ONE_KIND}|[^\w\s]|\n)[^\S\n]*")
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


class SettledPieces(dict[str, Settled]):
    """Tokens, with the blanks behind them, to what each is by itself; one met for the first time is looked up.

    Parameters
    ----------
    lexicon : Lexicon
    symbols : mapping of str to str
        Sign of each class.
    """

    def __init__(self, lexicon: Lexicon, symbols: dict[str, str]) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._symbols = symbols

    def __missing__(self, piece: str) -> Settled:
        found = _settle(piece, self._lexicon, self._symbols)
        if len(self) < LARGEST_MEMORY and len(piece) <= _REMEMBERED:
            self[piece] = found
        return found


def tokenise(normalised: NormalisedText, lexicon: Lexicon, symbols: dict[str, str]) -> Tokens:
    """Cut a text into tokens and give each its class."""
    text = normalised.text.replace("_", " ")
    begin = _TOKEN.search(text)
    if begin is None:
        return Tokens()
    pieces: list[str] = _TOKEN.findall(text, begin.start())
    if lexicon.settled is None:
        lexicon.settled = SettledPieces(lexicon, symbols)
    known = list(map(lexicon.settled.__getitem__, pieces))
    signs, values = [entry[0] for entry in known], [entry[1] for entry in known]
    special, sizes = [entry[2] for entry in known], [entry[3] for entry in known]
    starts = list(accumulate(chain((begin.start(),), map(len, pieces[:-1]))))
    ends = list(map(add, starts, sizes))
    tokens = Tokens()
    classes: list[str] = []
    done = 0
    for index in compress(range(len(pieces)), special):
        entry = special[index]
        if index < done or entry is None:
            continue
        if isinstance(entry, str):
            if entry == "." and not (index + 1 < len(pieces) and pieces[index + 1][0].isalnum()):
                continue
            after = index + 1
            new = [(symbols["DOT"], -1, starts[index], ends[index])] if entry == "." else []
        else:
            if entry.phrases_alone and index + 1 < len(pieces):
                following = pieces[index + 1][: sizes[index + 1]]
                if following not in entry.seconds and not following.startswith(entry.second_stems):
                    continue
            after, new = _join(index, entry, pieces, lexicon, (signs[index], values[index], starts[index], ends))
        if not after:
            continue
        classes += signs[done:index]
        tokens.values += values[done:index]
        tokens.starts += starts[done:index]
        tokens.ends += ends[done:index]
        for sign, value, start, end in new:
            classes.append(sign)
            tokens.values.append(value)
            tokens.starts.append(start)
            tokens.ends.append(end)
        done = after
    tokens.values += values[done:]
    tokens.starts += starts[done:]
    tokens.ends += ends[done:]
    tokens.classes = "".join([*classes, *signs[done:]])
    return tokens


def _join(
    index: int, entry: Entry, pieces: list[str], lexicon: Lexicon, own: tuple[str, int, int, list[int]]
) -> tuple[int, list[Token]]:
    """Return where a token ends that is not what it is by itself, and what replaces it; 0 where nothing does."""
    after = index + 1
    sign, value, start, ends = own
    following = pieces[after].rstrip() if after < len(pieces) else ""
    found = None
    if entry.phrases and (following in entry.seconds or following.startswith(entry.second_stems)):
        found = _phrase(pieces, after, entry, lexicon)
    stop = found is None and entry.dotted and following == "."
    if found is None and not stop and not entry.second:
        return 0, []
    end = ends[index]
    whole = end == start + len(pieces[index].rstrip())
    if found is not None:
        after, sign, value = found
        end = ends[after - 1]
        whole = after == index + 1
    if entry.second and whole:
        return after + stop, [(sign, value, start, start + 1), (entry.second, -1, start + 1, end)]
    return after + stop, [(sign, value, start, end)]


def _settle(piece: str, lexicon: Lexicon, symbols: dict[str, str]) -> Settled:
    """Return what a token is by itself: class, value, what can change that, and its length without blanks.

    What can change it is its entry where the words that follow matter, the mark itself for a quotation mark or
    for a full stop with something right behind it.
    """
    word = piece.rstrip() or "\n"
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
        entry = first if first in _QUOTES or piece == "." else None
    return sign, value, entry, len(word)


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


def _phrase(pieces: list[str], index: int, entry: Entry, lexicon: Lexicon) -> tuple[int, str, int] | None:
    """Return where the longest phrase that continues here ends, with its class and value."""
    for rest, symbol, value in entry.phrases:
        last = index + len(rest)
        if last > len(pieces):
            continue
        for listed, piece in zip(rest, pieces[index:last], strict=True):
            word = piece.rstrip()
            if listed != word and not lexicon.same(listed, word):
                break
        else:
            return last, symbol, value
    return None
