"""MinHash signatures of word triples, and the candidate pairs that share a band of them.

Broder (1997), "On the resemblance and containment of documents"; banding after
Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import xxhash
from numpy.typing import NDArray

BANDS, ROWS = 25, 5
PERMUTATIONS = BANDS * ROWS
"""At a Jaccard similarity of 0.7 a pair shares a band with probability 0.99, at 0.1 with 0.0003."""

_generator = np.random.default_rng(20240119)
_MULTIPLIERS = _generator.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _generator.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_FULL_BUCKET = 40


def shingles(words: Sequence[str]) -> NDArray[np.uint64]:
    """Return the sorted distinct hashes of the triples of folded words, shape (n_shingles,)."""
    hashes = np.fromiter((xxhash.xxh3_64_intdigest(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    if len(hashes) < 3:
        return np.unique(hashes)
    with np.errstate(over="ignore"):
        mixed = hashes[:-2] * _MIX[0] ^ hashes[1:-1] * _MIX[1] ^ hashes[2:] * _MIX[2]
        return np.unique(mixed ^ (mixed >> np.uint64(29)))


def signature(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Return the MinHash signature of a set of hashes, shape (125,); of the empty set, all ones."""
    if not len(hashes):
        return np.full(PERMUTATIONS, 0xFFFFFFFF, dtype=np.uint32)
    with np.errstate(over="ignore"):
        permuted = (_MULTIPLIERS[:, None] * hashes[None, :] + _OFFSETS[:, None]) >> np.uint64(32)
    lowest: NDArray[np.uint32] = permuted.min(axis=1).astype(np.uint32)
    return lowest


def band_keys(signed: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return one 64-bit key for each band of a signature, shape (25,)."""
    rows = np.ascontiguousarray(signed.reshape(BANDS, ROWS))
    return np.array([xxhash.xxh3_64_intdigest(row.tobytes()) for row in rows], dtype=np.uint64)


def candidate_pairs(keys: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield pairs (earlier, later) of rows of `keys`, shape (n_articles, 25), that share a band.

    In a bucket of more than 40 rows each is paired with the first 40 and with the
    one before it, so that a corpus of copies costs linear time.
    """
    for band in range(keys.shape[1]):
        column = keys[:, band]
        order = np.argsort(column, kind="stable")
        values = column[order]
        starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
        ends = np.r_[starts[1:], len(values)]
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            bucket = order[start:end].tolist()
            for place, later in enumerate(bucket[1:], 1):
                for earlier in bucket[: min(place, _FULL_BUCKET)]:
                    yield earlier, later
                if place > _FULL_BUCKET:
                    yield bucket[place - 1], later


def jaccard(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> float:
    """Return the Jaccard similarity of two sorted sets of hashes; 0.0 where both are empty.

    Examples
    --------
    >>> jaccard(np.array([1, 2, 3], dtype=np.uint64), np.array([2, 3, 4], dtype=np.uint64))
    0.5
    """
    common = len(np.intersect1d(first, second, assume_unique=True))
    union = len(first) + len(second) - common
    return common / union if union else 0.0
