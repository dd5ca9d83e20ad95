"""What the theme classifier looks at: seed phrases in a passage and around it, and the passage's words."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from civictopics.languages import load_languages
from civictopics.tagging.cue_trie import CueTrie
from civictopics.tagging.plain_words import plain_words
from civictopics.tagging.word_hashing import hashed_ngrams
from civictopics.themes.guided import GUIDED_THEMES

PASSAGE_THEMES = (*GUIDED_THEMES, "other")
"""What a passage may be about."""

BUCKETS = 2**15
_SUBJECTS = ("elected_bodies", "economy", "society", "law_order", "foreign_affairs")
SEEDS = (*GUIDED_THEMES, *_SUBJECTS)
_NEIGHBOUR, _TITLE, _ARTICLE, _PLACE, _WORDS, _TITLE_WORDS = 0.4, 0.7, 1.0, 0.5, 12.0, 3.0
_BLOCKS = 5  # the passage, the one before, the one after, the headline, the article
_PLACES = 3
WIDTH = _BLOCKS * len(SEEDS) + _PLACES + 2 * BUCKETS


@dataclass(frozen=True, slots=True)
class PassageArticle:
    """An article as its passages, headline and language."""

    passages: Sequence[str]
    title: str
    language: str


def passage_matrix(articles: Sequence[PassageArticle], folder: Path | None = None) -> sp.csr_matrix:
    """Return one row of features for each passage of each article, in order, shape (n_passages, WIDTH)."""
    rows = [row for article in articles for row in _rows(article, folder)]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0, dtype=np.int64)
    values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, dtype=np.float32)
    return sp.csr_matrix((values, columns, ends), shape=(len(rows), WIDTH))


def _rows(article: PassageArticle, folder: Path | None) -> list[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    matcher = _seed_trie(article.language, folder)
    words = [plain_words(passage) for passage in article.passages]
    counts = [Counter(match.label for match in matcher.find(found)) for found in words]
    title = plain_words(article.title)
    title_counts = Counter(match.label for match in matcher.find(title))
    total: Counter[str] = sum(counts, Counter())
    size = max(1, sum(total.values()))
    of_article = _seeds(4, {seed: _ARTICLE * count / size for seed, count in total.items()})
    of_title = _seeds(3, dict.fromkeys(title_counts, _TITLE)) + _words(title, BUCKETS, _TITLE_WORDS, 1)
    rows = []
    for number, found in enumerate(words):
        before = counts[number - 1] if number else Counter()
        after = counts[number + 1] if number + 1 < len(counts) else Counter()
        entries = _seeds(0, {seed: 1.0 + math.log(count) for seed, count in counts[number].items()})
        entries += _seeds(1, dict.fromkeys(before, _NEIGHBOUR)) + _seeds(2, dict.fromkeys(after, _NEIGHBOUR))
        place = 0 if number == 0 else 1 if number + 1 == len(words) else 2
        entries += [*of_title, *of_article, (_BLOCKS * len(SEEDS) + place, _PLACE), *_words(found, 0, _WORDS, 2)]
        rows.append(
            (
                np.array([column for column, _ in entries], dtype=np.int64),
                np.array([value for _, value in entries], dtype=np.float32),
            )
        )
    return rows


def _seeds(block: int, weights: dict[str, float]) -> list[tuple[int, float]]:
    return [(block * len(SEEDS) + number, weights[seed]) for number, seed in enumerate(SEEDS) if seed in weights]


def _words(words: list[str], offset: int, weight: float, orders: int) -> list[tuple[int, float]]:
    buckets = hashed_ngrams(words, BUCKETS, orders)
    start = _BLOCKS * len(SEEDS) + _PLACES + offset
    share = weight / max(1.0, len(buckets) ** 0.5)
    return [(start + bucket, share) for bucket in buckets.tolist()]


@cache
def _seed_trie(language: str, folder: Path | None) -> CueTrie:
    languages = load_languages(folder)
    chosen = [languages[language]] if language in languages else list(languages.values())
    phrases: dict[str, list[str]] = {seed: [] for seed in SEEDS}
    for item in chosen:
        for seed in GUIDED_THEMES:
            phrases[seed] += item.theme_seeds[seed]
        for seed in _SUBJECTS:
            phrases[seed] += item.subject_terms[seed]
    return CueTrie(phrases)
