"""Where the folded words of a text stand in the text as it is written."""

import re
from functools import lru_cache

from civictopics.languages import fold
from civictopics.languages.matching import WORD

# Signs that folding removes or joins to the letter before: inside a word, they are part of it.
_WRITTEN = re.compile(
    "[\\w\u0300-\u036f\u00ad\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)


def place_words(text: str, most: int | None = None) -> list[tuple[int, int]]:
    """Return start and end of each folded word (see `civictopics.languages.matching.split_words`).

    Parameters
    ----------
    text : str
    most : int, optional
        How many words are needed; there may be more.

    Examples
    --------
    >>> place_words("Hội nghị, 6 tháng")
    [(0, 3), (4, 8), (10, 11), (12, 17)]
    """
    places: list[tuple[int, int]] = []
    for match in _WRITTEN.finditer(text):
        if most is not None and len(places) >= most:
            break
        places += [match.span()] * _count(match.group())
    return places


@lru_cache(maxsize=50_000)
def _count(written: str) -> int:
    return len(WORD.findall(fold(written)))
