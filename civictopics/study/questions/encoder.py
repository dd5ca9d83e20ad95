"""The question of how well an encoder puts five languages into one space."""

import numpy as np

from civictopics.evaluation.classification import accuracy, macro_f1, mean_score
from civictopics.evaluation.scores import CountScore, Floats, Score
from civictopics.languages import LANGUAGES
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question
from civictopics.themes.names import GUIDED_THEMES, NO_THEME

PAIRS = [(first, second) for first in LANGUAGES for second in LANGUAGES if first != second]
"""Ordered pairs of languages: a text in the first looks for its translation into the second."""

THEMES = (*GUIDED_THEMES, NO_THEME)
"""What a passage may be about."""


def pair_score(columns: Columns, first: str, second: str, kind: str = "hit") -> CountScore:
    """Return how often a text in the first language finds its translation into the second."""
    return mean_score(np.where(columns["lang"] == first, columns[f"{kind}_{second}"], np.nan))


def retrieval(columns: Columns, kind: str = "hit") -> CountScore:
    """Return the mean over ordered pairs: each text looks for as many translations."""
    hits = np.column_stack([columns[f"{kind}_{code}"] for code in LANGUAGES]).astype(np.float64)
    there = (~np.isnan(hits)).sum(axis=1)
    return mean_score(np.where(there > 0, np.nansum(hits, axis=1) / np.maximum(there, 1), np.nan))


def worst_pair(columns: Columns, kind: str = "hit") -> CountScore:
    """Return the least of the ordered pairs."""
    rows = np.hstack([pair_score(columns, first, second, kind).rows for first, second in PAIRS])
    return CountScore(rows, _least)


def _least(sums: Floats) -> Floats:
    hits, counts = sums[..., 0::2], sums[..., 1::2]
    shares = np.where(counts > 0, hits / np.where(counts > 0, counts, 1.0), np.inf)
    least = shares.min(axis=-1)
    return np.where(np.isinf(least), np.nan, least)


def _retrieval_among_few(columns: Columns) -> Score:
    return retrieval(columns, "few")


def _worst_among_few(columns: Columns) -> Score:
    return worst_pair(columns, "few")


def _theme(columns: Columns) -> Score:
    return macro_f1(columns["truth"], columns["theme"], THEMES)


def _theme_neutral(columns: Columns) -> Score:
    return macro_f1(columns["truth"], columns["theme_neutral"], THEMES)


def _told(columns: Columns) -> Score:
    return accuracy(columns["lang"], columns["told"])


def _told_neutral(columns: Columns) -> Score:
    return accuracy(columns["lang"], columns["told_neutral"])


def _topic(columns: Columns) -> Score:
    return accuracy(columns["truth"], columns["topic"])


_RIVALS = "civictopics.study.methods.encoder_rivals"
_TABLES = "civictopics.study.questions.encoder_tables"

ENCODER = Question(
    name="encoder",
    description="How well does an encoder put five languages into one space?",
    metrics={
        "retrieval": Metric("translation found first", retrieval, needs=("hit_en",)),
        "worst_pair": Metric("worst pair of languages", worst_pair, interval="percentile", needs=("hit_en",)),
        "retrieval_among_140": Metric("found first among 140", _retrieval_among_few, needs=("few_en",)),
        "worst_pair_among_140": Metric(
            "worst pair among 140", _worst_among_few, interval="percentile", needs=("few_en",)
        ),
        "theme_f1": Metric("theme macro-F1", _theme, needs=("theme",)),
        "theme_f1_neutral": Metric("theme macro-F1, neutralised", _theme_neutral, needs=("theme_neutral",)),
        "language_told": Metric("language told", _told, higher_is_better=False, needs=("told",)),
        "language_told_neutral": Metric(
            "language told, neutralised", _told_neutral, higher_is_better=False, needs=("told_neutral",)
        ),
        "topic_accuracy": Metric("topic accuracy", _topic, needs=("topic",)),
    },
    methods={
        "trained": "civictopics.study.methods.encoder_trained:trained",
        "sentence_transformers": f"{_RIVALS}:sentence_transformers",
        "lsa": f"{_RIVALS}:lsa",
        "minilm": f"{_RIVALS}:minilm",
        "tfidf": f"{_RIVALS}:tfidf",
        "shipped": "civictopics.study.methods.encoder_shipped:shipped",
    },
    data_sets=("held-out", "held-out-two-folds", "sib200", "ntrex"),
    seedless=frozenset({"lsa", "minilm", "tfidf", "shipped"}),
    further=f"{_TABLES}:further",
    draw="civictopics.study.questions.encoder_figures:draw",
    say=f"{_TABLES}:say",
)
