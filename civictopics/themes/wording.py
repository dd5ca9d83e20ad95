"""What the words of a text say: sums of learned scores of words, parts of words and word pairs."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import xxhash
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from civictopics.languages.matching import word_forms

N_BUCKETS = 1 << 15
"""Terms are counted by hash in so many buckets for each language."""

SYLLABIC = frozenset({"vi"})
"""Languages whose words are mostly of several written syllables: pairs say more, parts of words nothing."""

_PART_LENGTHS = (4, 5, 6)
_WORD_SHARE = 0.2
_PAIR_WEIGHT = 0.5
_PAIR_PREFIX = 5
_REMEMBERED = 200_000
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)


def plain(words: Sequence[str]) -> list[str]:
    """Return `words` with every number as one word: its size says nothing of a theme."""
    return ["0" if word[:1].isdigit() else word for word in words]


def word_terms(word: str, language: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the buckets of a word and of its parts, and their weights (squares sum to one)."""
    if language in SYLLABIC:
        return np.array([_bucket(word)]), np.ones(1, dtype=np.float32)
    inner = f"<{word_forms(word)[-1]}>"
    parts = sorted({inner[i : i + size] for size in _PART_LENGTHS for i in range(len(inner) - size + 1)})
    own = 1.0 if not parts else _WORD_SHARE
    weights = [own**0.5] + [((1 - own) / max(1, len(parts))) ** 0.5] * len(parts)
    buckets = [_bucket(word), *(_bucket("#" + part) for part in parts)]
    return np.array(buckets), np.array(weights, dtype=np.float32)


def pair_key(word: str, language: str) -> int:
    """Return the number that stands for a word in pairs (for its beginning, where words are inflected)."""
    kept = word if language in SYLLABIC else word_forms(word)[-1][:_PAIR_PREFIX]
    return xxhash.xxh3_64_intdigest(kept.encode("utf-8", "replace"))


def pair_buckets(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the bucket of each pair of neighbours among words given by their keys, shape (n_words - 1,)."""
    mixed = keys[:-1] * _FIRST + keys[1:] * _SECOND
    return ((mixed >> np.uint64(40)) % np.uint64(N_BUCKETS)).astype(np.int64)


def pair_weight(language: str) -> float:
    """Return what a pair counts against a word."""
    return 1.0 if language in SYLLABIC else _PAIR_WEIGHT


def term_matrix(texts: Sequence[Sequence[str]], language: str) -> csr_matrix:
    """Return the term weights of texts given as folded words, shape (n_texts, N_BUCKETS), to learn scores on."""
    known: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
    scale = pair_weight(language)
    rows: list[NDArray[np.int64]] = []
    columns: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    for row, text in enumerate(texts):
        words = plain(text)
        norm = _norms(np.array([len(words)]), scale)[0]
        for word, count in Counter(words).items():
            if word not in known:
                known[word] = word_terms(word, language)
            buckets, weights = known[word]
            columns.append(buckets)
            values.append(weights * (count**0.5 / norm))
            rows.append(np.full(len(buckets), row))
        keys = np.array([pair_key(word, language) for word in words], dtype=np.uint64)
        buckets, counts = np.unique(pair_buckets(keys), return_counts=True)
        columns.append(buckets)
        values.append((np.sqrt(counts) * (scale / norm)).astype(np.float32))
        rows.append(np.full(len(buckets), row))
    places = (np.concatenate(rows), np.concatenate(columns))
    return csr_matrix((np.concatenate(values), places), shape=(len(texts), N_BUCKETS), dtype=np.float32)


class WordScores:
    """Scores of texts in one language from a table of learned ones.

    The score of a text is the sum over its words and pairs, each counted by the
    square root of its number, divided by the square root of the text's length.
    A word's own sum is remembered, so that a corpus is read at dictionary speed.

    Parameters
    ----------
    language : str
    table : array of float32, shape (N_BUCKETS, n_scores)
    """

    def __init__(self, language: str, table: NDArray[np.float32]) -> None:
        self.language = language
        self.table = table
        self._known: dict[str, int] = {}
        self._n_learned = 0
        self._sums = np.zeros((1024, table.shape[1]), dtype=np.float32)
        self._keys = np.zeros(1024, dtype=np.uint64)

    def score(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return the scores of texts given as folded words, shape (n_texts, n_scores)."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
            self._n_learned = 0
        known, scale = self._known, pair_weight(self.language)
        flat = [known[word] if word in known else self._learn(word) for text in texts for word in text]
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        found = np.zeros((len(texts), self.table.shape[1]), dtype=np.float32)
        if not flat:
            return found
        places = np.array(flat)
        rows = np.repeat(np.arange(len(texts)), lengths)
        _add_sums(found, rows, places, self._sums, 1.0)
        if len(places) > 1:
            within = rows[1:] == rows[:-1]
            pairs = pair_buckets(self._keys[places])[within]
            _add_sums(found, rows[1:][within], pairs, self.table, scale)
        found /= _norms(lengths, scale)[:, None]
        return found

    def _learn(self, word: str) -> int:
        written, word = word, "0" if word[:1].isdigit() else word
        if word not in self._known:
            place = self._n_learned
            self._n_learned += 1
            if place >= len(self._sums):
                self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
                self._keys = np.concatenate([self._keys, np.zeros_like(self._keys)])
            buckets, weights = word_terms(word, self.language)
            self._sums[place] = np.einsum("i,ij->j", weights, self.table[buckets])
            self._keys[place] = pair_key(word, self.language)
            self._known[word] = place
        self._known[written] = self._known[word]
        return self._known[word]


def _add_sums(
    found: NDArray[np.float32],
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    values: NDArray[np.float32],
    scale: float,
) -> None:
    """Add to each row the values of its different places, each by the square root of how often it occurs."""
    if not len(places):
        return
    size = int(places.max()) + 1
    together, counts = np.unique(rows * size + places, return_counts=True)
    of_row = together // size
    starts = np.flatnonzero(np.diff(of_row, prepend=-1))
    weights = (np.sqrt(counts) * scale).astype(np.float32)
    found[of_row[starts]] += np.add.reduceat(values[together % size] * weights[:, None], starts, axis=0)


def _norms(lengths: NDArray[np.int64], scale: float) -> NDArray[np.float32]:
    return np.sqrt(np.maximum(1.0, lengths + scale**2 * np.maximum(0, lengths - 1))).astype(np.float32)


def _bucket(term: str) -> int:
    return xxhash.xxh3_64_intdigest(term.encode("utf-8", "replace")) % N_BUCKETS
