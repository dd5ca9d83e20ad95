"""Words and pairs of words as numbers of a fixed range: n-gram features without a vocabulary."""

import re
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_STEM_LETTERS = 6
_ARABIC_ARTICLE = re.compile("^[وفبكل]?ال(?=..)")
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(32)


def hashed_ngrams(words: list[str], size: int, orders: int = 2) -> NDArray[np.int64]:
    """Return the distinct buckets of the words and runs of up to `orders` words, in rising order.

    Words are cut to their first six letters and Arabic ones lose the article,
    which stands in for a stemmer in five languages.

    Parameters
    ----------
    words : list of str
        Folded words.
    size : int
        Number of buckets, a power of two.
    """
    if not words:
        return np.zeros(0, dtype=np.int64)
    codes = np.array([_code(word) for word in words], dtype=np.uint64)
    runs = codes * _FIRST
    found = [runs]
    for order in range(1, min(orders, len(words))):
        runs = (runs[:-1] ^ (runs[:-1] >> _SHIFT)) * _SECOND + codes[order:] * _FIRST
        found.append(runs)
    mixed = np.concatenate(found)
    buckets = (mixed >> _SHIFT) & np.uint64(size - 1)
    return np.unique(buckets).astype(np.int64)


def ngram_buckets(words: list[str], size: int, orders: int = 2) -> dict[str, int]:
    """Return each run of words with its bucket, for showing what a weight stands for."""
    return {
        " ".join(words[first : first + order]): int(_bucket(words[first : first + order], size))
        for order in range(1, orders + 1)
        for first in range(len(words) - order + 1)
    }


def _bucket(run: list[str], size: int) -> int:
    codes = [np.array([_code(word)], dtype=np.uint64) for word in run]
    value = codes[0] * _FIRST
    for code in codes[1:]:
        value = (value ^ (value >> _SHIFT)) * _SECOND + code * _FIRST
    return int(((value >> _SHIFT) & np.uint64(size - 1))[0])


@lru_cache(maxsize=100_000)
def _code(word: str) -> int:
    stem = _ARABIC_ARTICLE.sub("", word) if word[:1] > "\u0600" else word
    return zlib.crc32(stem[:_STEM_LETTERS].encode("utf-8"))
