"""The words of themes, found alike for every method, and how coherent and how different they are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.study.predictions import Predictions
from civictopics.study.theme_data import ThemeTexts

UNASSIGNED = "none"
"""The theme of a passage that a method gives none."""

_TOP = 10


def predictions_of(data: ThemeTexts, themes: Sequence[str], **columns: Sequence[Any] | NDArray[Any]) -> Predictions:
    """Return the themes found as predictions, with how many there are and what their words are worth."""
    found = np.asarray(themes)
    return Predictions(
        {
            "id": np.asarray(data.ids),
            "group": np.asarray(data.groups),
            "lang": np.asarray(data.languages),
            "article": np.asarray(data.articles),
            "published": np.asarray(data.published),
            "truth": np.asarray(data.truth),
            "theme": found,
            **columns,
        },
        {
            "n_themes": len(set(found.tolist()) - {UNASSIGNED}),
            "unassigned": float((found == UNASSIGNED).mean()),
            **word_measures(data.texts, data.languages, themes),
        },
    )


def word_measures(texts: Sequence[str], languages: Sequence[str], themes: Sequence[str]) -> dict[str, float]:
    """Return coherence, diversity and exclusivity of the ten strongest words of each theme, mean of the languages.

    Words are ranked by c-TF-IDF of the passages that a theme is the strongest in
    (Grootendorst 2022), whatever the method itself would call its words.
    """
    from civictopics.evaluation.coherence import topic_coherence
    from civictopics.evaluation.diversity import exclusivity, topic_diversity
    from civictopics.languages import fold, load_languages
    from civictopics.themes.vocabulary import count_passages, passage_terms

    known = load_languages()
    found: dict[str, list[float]] = {"c_npmi": [], "c_v": [], "diversity": [], "exclusivity": []}
    for code in dict.fromkeys(languages):
        rows = [row for row, language in enumerate(languages) if language == code]
        own = [texts[row] for row in rows]
        counts = count_passages(own, [code] * len(own))
        labels = [themes[row] for row in rows]
        names = sorted(set(labels) - {UNASSIGNED})
        members = np.array([[label == name for name in names] for label in labels], dtype=np.float64)
        totals = np.asarray((counts.matrix.T @ members).T)
        weights = totals * np.log1p(totals.sum() / len(names) / np.maximum(totals.sum(axis=0), 1.0))
        best = np.argsort(-weights, axis=1, kind="stable")[:, :_TOP].tolist()
        topics = [
            [counts.vocabulary[term] for term in row if totals[theme, term] > 0] for theme, row in enumerate(best)
        ]
        stops = frozenset(map(fold, known[code].stop_words)) if code in known else frozenset[str]()
        words = [passage_terms(text, code, stops) for text in own]
        found["c_npmi"].append(float(np.nanmean(topic_coherence(topics, words, measure="c_npmi"))))
        found["c_v"].append(float(np.nanmean(topic_coherence(topics, words, measure="c_v"))))
        found["diversity"].append(topic_diversity(topics, _TOP))
        found["exclusivity"].append(float(exclusivity(totals, _TOP).mean()))
    return {name: float(np.mean(values)) for name, values in found.items()}
