"""Cut passages into units: runs of sentences that are about one thing."""

import re
from collections.abc import Sequence

LEAST_WORDS = 18
"""A unit has at least as many words, where its passage does."""

_SENTENCE_END = re.compile(r"(?<=[.!?…؟])[\"”»’)]*\s+(?=[^\W\d_a-zà-ỹа-яё]|[\"“«‘(–-]|\d)")
_SENTENCE = re.compile(r"[.!?…؟](?=\s|$|[\"”»])")


def split_units(passage: str, least_words: int = LEAST_WORDS) -> list[str]:
    """Return the units of a passage, at least one; a short rest is joined with what precedes.

    Examples
    --------
    >>> split_units("One two three. Four five six. Seven.", least_words=3)
    ['One two three.', 'Four five six. Seven.']
    """
    units: list[str] = []
    held: list[str] = []
    count = 0
    for sentence in _SENTENCE_END.split(passage):
        held.append(sentence)
        count += len(sentence.split())
        if count >= least_words:
            units.append(" ".join(held))
            held, count = [], 0
    if held and units:
        units[-1] = " ".join([units[-1], *held])
    elif held:
        units.append(" ".join(held))
    return units


def sentence_counts(texts: Sequence[str]) -> list[int]:
    """Return how many sentences each text has, at least 1."""
    return [max(1, len(_SENTENCE.findall(text))) for text in texts]
