"""Passages as counts of words and pairs of words, without stop words: what the counting methods work on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from civictopics.errors import InputError
from civictopics.languages import fold, load_languages
from civictopics.languages.matching import split_words
from civictopics.themes.wording import SYLLABIC


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted passages.

    Attributes
    ----------
    vocabulary : tuple of str
        Terms in alphabetical order.
    matrix : sparse array of int, shape (n_passages, n_terms)
    """

    vocabulary: tuple[str, ...]
    matrix: csr_matrix


def passage_terms(text: str, language: str, stop_words: frozenset[str]) -> list[str]:
    """Return the terms of a passage: words, and in Vietnamese pairs of syllables, which are its words."""
    words = split_words(text)
    if language in SYLLABIC:
        pairs = pairwise(words)
        kept = [f"{a} {b}" for a, b in pairs if a.isalpha() and b.isalpha() and a not in stop_words]
        return [pair for pair in kept if pair not in stop_words and pair.split()[1] not in stop_words]
    return [word for word in words if len(word) > 2 and word.isalpha() and word not in stop_words]


def count_passages(
    texts: Sequence[str], languages: Sequence[str], vocabulary: Sequence[str] | None = None, least: int = 2
) -> Counts:
    """Count the terms of passages.

    Parameters
    ----------
    texts, languages : sequence of str
    vocabulary : sequence of str, optional
        Count these terms alone.
    least : int
        Terms in fewer passages are left out; in a small corpus, where none would be left, all are kept.

    Raises
    ------
    InputError
        If no passage has a term.
    """
    known = load_languages()
    stops = {
        code: frozenset(map(fold, known[code].stop_words)) if code in known else frozenset[str]()
        for code in set(languages)
    }
    counted = [Counter(passage_terms(text, code, stops[code])) for text, code in zip(texts, languages, strict=True)]
    if vocabulary is None:
        spread = Counter(term for counts in counted for term in counts)
        kept = [term for term, number in spread.items() if number >= least] or list(spread)
        vocabulary = sorted(kept)
        if not vocabulary:
            raise InputError(f"none of the {len(texts)} passages has a word that is no stop word")
    place = {term: column for column, term in enumerate(vocabulary)}
    rows, columns, values = [], [], []
    for row, counts in enumerate(counted):
        for term, number in counts.items():
            if term in place:
                rows.append(row)
                columns.append(place[term])
                values.append(number)
    shape = (len(texts), len(place))
    matrix = csr_matrix((np.array(values, dtype=np.float64), (rows, columns)), shape=shape)
    matrix.sort_indices()
    return Counts(tuple(vocabulary), matrix)
