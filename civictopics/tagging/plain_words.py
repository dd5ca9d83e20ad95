"""Folded words in which numbers are alike: what cues and n-grams are made of."""

from functools import lru_cache

from civictopics.languages import fold
from civictopics.languages.matching import WORD

_SPANS = frozenset({"10", "15", "20", "25", "30"})


def plain_words(text: str) -> list[str]:
    """Return the folded words of `text`, with years as ``0000`` and all numbers but 6 and 9 as ``0``."""
    return [plain_word(word) for word in WORD.findall(fold(text))]


@lru_cache(maxsize=50_000)
def plain_word(word: str) -> str:
    """Return a folded word as `plain_words` has it."""
    if not word.isdigit():
        return word
    if len(word) == 4 and word[:2] in ("19", "20"):
        return "0000"
    number = word.lstrip("0")
    return number if len(number) == 1 or number in _SPANS else "0"
