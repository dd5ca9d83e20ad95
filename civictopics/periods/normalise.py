"""One form of a text for scanning, and the way back to positions in the text as given."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v"
_INVISIBLE = "\u00ad\u034f\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff"
_COMBINING = "\u0300-\u034e\u0350-\u036f"
_NEEDS_EDIT = re.compile(f"[{_INVISIBLE}{_COMBINING}]")
_EDIT = re.compile(f"[^\\W\\d_][{_COMBINING}]+|[{_INVISIBLE}{_COMBINING}]+")

_ONE_TO_ONE = {
    **dict.fromkeys(_SPACES, " "),
    **{"\u2028": "\n", "\u2029": "\n", "\x85": "\n"},
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d", "-"),
    **{"،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "\u2044": "/", "\u2215": "/"},
    **{"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك"},
    **{chr(start + digit): str(digit) for start in (0x0660, 0x06F0, 0xFF10) for digit in range(10)},
    **{"ё": "е", "Ё": "е"},
}
_REPLACED = re.compile("[" + "".join(_ONE_TO_ONE) + "]")


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text in the form that is scanned.

    Attributes
    ----------
    text : str
        Lower case, ASCII digits and dashes, plain spaces, composed letters, no invisible marks.
    breaks : tuple of int
        Positions in `text` from which on another shift holds; the first is 0.
    shifts : tuple of int
        What to add to a position in `text` to reach the position in the text as given.
    """

    text: str
    breaks: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def original(self, position: int) -> int:
        """Return the position in the text as given that `position` in `text` stands for."""
        return position + self.shifts[bisect_right(self.breaks, position) - 1]


def normalise(text: str) -> NormalisedText:
    r"""Bring a text into the form that is scanned.

    Examples
    --------
    >>> normalise("QUÝ\u00a0I – ٢٠٢٤").text
    'quý i - 2024'
    >>> normalise("Ho\u0300a 2020").original(4)
    5
    """
    if text.isascii():
        return NormalisedText(text.lower().replace("\t", " ").replace("\r", " "))
    if _NEEDS_EDIT.search(text) is None:
        return NormalisedText(_lower(_replace(text)))
    edited, breaks, shifts = _edit(text)
    return NormalisedText(_lower(_replace(edited)), breaks, shifts)


def _edit(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Compose letters with their marks and drop what cannot be seen, keeping account of positions."""
    pieces: list[str] = []
    breaks, shifts = [0], [0]
    done = length = 0
    for match in _EDIT.finditer(text):
        found = match.group()
        kept = unicodedata.normalize("NFC", found) if found[0].isalpha() else ""
        kept = _NEEDS_EDIT.sub("", kept)
        pieces += (text[done : match.start()], kept)
        length += match.start() - done + len(kept)
        done = match.end()
        if done - length != shifts[-1]:
            breaks.append(length)
            shifts.append(done - length)
    pieces.append(text[done:])
    return "".join(pieces), tuple(breaks), tuple(shifts)


def _replace(text: str) -> str:
    """Give signs that mean the same one form; a table for the whole text would take longer."""
    return _REPLACED.sub(lambda match: _ONE_TO_ONE[match.group()], text)


def _lower(text: str) -> str:
    """Return `text` in lower case without changing its length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
