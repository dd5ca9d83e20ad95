"""Find articles that repeat an earlier one of the same language; translations are no duplicates."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import xxhash
from numpy.typing import NDArray

from civictopics.corpus.minhash import candidate_pairs, jaccard

NEAR_DUPLICATE = 0.7
"""Jaccard similarity of word triples from which two articles count as one."""


def text_key(words: Sequence[str]) -> int:
    """Return a 64-bit key that texts share when their folded words are the same."""
    return xxhash.xxh3_64_intdigest(" ".join(words).encode())


def find_duplicates(
    keys: NDArray[np.uint64],
    bands: NDArray[np.uint64],
    languages: Sequence[str],
    load_shingles: Callable[[set[int]], Mapping[int, NDArray[np.uint64]]],
) -> dict[int, tuple[int, str]]:
    """Return, for each article that repeats an earlier one, the row kept instead and how alike they are.

    Parameters
    ----------
    keys : array of uint64, shape (n_articles,)
        `text_key` of each article, in input order.
    bands : array of uint64, shape (n_articles, n_bands)
        `minhash.band_keys` of each article.
    languages : sequence of str
        Articles of different languages are never compared.
    load_shingles : callable
        Given rows, returns their sets of shingles (for the exact check of candidates).

    Returns
    -------
    dict of int to (int, str)
        Row dropped -> (row kept, reason). The earliest of a set of copies is kept,
        and every reason names an article that is kept.
    """
    dropped: dict[int, tuple[int, str]] = {}
    first: dict[tuple[int, str], int] = {}
    for row, (key, language) in enumerate(zip(keys.tolist(), languages, strict=True)):
        kept = first.setdefault((key, language), row)
        if kept != row:
            dropped[row] = (kept, "same words")
    pairs = sorted(
        {
            (later, earlier)
            for earlier, later in candidate_pairs(bands)
            if languages[earlier] == languages[later] and later not in dropped and earlier not in dropped
        }
    )
    sets = load_shingles({row for pair in pairs for row in pair})
    for later, earlier in pairs:
        if later in dropped or earlier in dropped:
            continue
        likeness = jaccard(sets[earlier], sets[later])
        if likeness >= NEAR_DUPLICATE:
            dropped[later] = (earlier, f"{likeness:.2f} of the word triples in common")
    return dropped
