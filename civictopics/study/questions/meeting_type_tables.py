"""Further tables of the question of meeting types: confusions, coverage, calibration, agreement of translations."""

from collections.abc import Mapping, Sequence

import numpy as np

from civictopics.evaluation.calibration import calibration_bins
from civictopics.evaluation.selective import risk_coverage
from civictopics.languages import LANGUAGES
from civictopics.study.assembling import Study
from civictopics.study.declaration import Declaration
from civictopics.study.predictions import Columns
from civictopics.study.questions.meeting_type import right_ones
from civictopics.study.summary import Row

SHOWN = ("keyword_rules", "tfidf_logistic", "ngram_logistic", "vector_logistic", "combination")
"""Methods whose probabilities are looked at, where they are in the study."""
_STEPS = 20
_BINS = 10


def further(
    declaration: Declaration, data_set: str, predictions: Mapping[str, Sequence[Columns]]
) -> dict[str, list[Row]]:
    """Return the rows of ``confusions``, ``coverage`` and ``calibration``, of each method's first seed."""
    found: dict[str, list[Row]] = {"confusions": [], "coverage": [], "calibration": []}
    for method, runs in predictions.items():
        columns = runs[0]
        common = {"data_set": data_set, "method": method}
        if method == "combination":
            found["confusions"] += _confusions(common, columns)
        if method in SHOWN:
            found["coverage"] += _coverage(common, columns)
            found["calibration"] += _calibration(common, columns)
    return {name: rows for name, rows in found.items() if rows}


def say(study: Study) -> str:
    """Return how often translations got the same type, and what the naive split would have claimed."""
    lines = []
    for method in dict.fromkeys(row["method"] for row in study.agreement):
        rows = [row for row in study.agreement if row["method"] == method]
        values = [row["value"] for row in rows]
        lowest = rows[int(np.argmin(values))]
        lines.append(
            f"- “{study.declaration.label(method)}”: {np.mean(values):.3f} on the mean of the {len(rows)} pairs of "
            f"languages, least for {lowest['first']} and {lowest['second']}: {lowest['value']:.3f} "
            f"[{lowest['low']:.3f}, {lowest['high']:.3f}]"
        )
    parts = ["## Translations\n\nThe same type in both languages:\n\n" + "\n".join(lines)] if lines else []
    naive = [name for name in dict.fromkeys(row["method"] for row in study.scores) if name.endswith("_ungrouped")]
    if naive:
        parts.append("## The mistake of splitting translations\n\n" + "\n".join(_naive(study, name) for name in naive))
    return "\n\n".join(parts)


def _naive(study: Study, name: str) -> str:
    right = name.removesuffix("_ungrouped")
    values = {
        row["method"]: row["value"]
        for row in study.scores
        if (row["data_set"], row["metric"], row["language"]) == ("corpus", "accuracy", "all")
    }
    return (
        f"- “{study.declaration.label(right)}” would have claimed an accuracy of {values[name]:.3f} with translations "
        f"of an event on both sides of the split; by event it is {values[right]:.3f}."
    )


def _confusions(common: Row, columns: Columns) -> list[Row]:
    from civictopics.tagging.keyword_rules import MEETING_TYPES  # with scikit-learn, which takes its time

    languages = [code for code in LANGUAGES if (columns["lang"] == code).any()]
    return [
        {
            **common,
            "truth": truth,
            "predicted": said,
            "articles": int(both.sum()),
            **{code: int((both & (columns["lang"] == code)).sum()) for code in languages},
        }
        for truth in MEETING_TYPES
        for said in MEETING_TYPES
        if (both := (columns["truth"] == truth) & (columns["predicted"] == said)).any()
    ]


def _coverage(common: Row, columns: Columns) -> list[Row]:
    curve = risk_coverage(columns["probability"], right_ones(columns))
    n = len(curve.risk)
    rows = []
    for step in range(1, _STEPS + 1):
        last = int(np.ceil(step / _STEPS * n)) - 1
        rows.append(
            {**common, "coverage": round(step / _STEPS, 2), "accuracy": round(1.0 - float(curve.risk[last]), 6)}
        )
    return rows


def _calibration(common: Row, columns: Columns) -> list[Row]:
    return [
        {
            **common,
            "confidence": round(found.confidence, 6),
            "accuracy": round(found.accuracy, 6),
            "articles": found.count,
        }
        for found in calibration_bins(columns["probability"], right_ones(columns), n_bins=_BINS)
    ]


def say_features(study: Study) -> str:
    """Return what each change of the whole gains or loses, on each data set."""
    metric = study.declaration.metrics[0]
    parts = []
    for data_set in dict.fromkeys(row["data_set"] for row in study.comparisons):
        rows = [
            row
            for row in study.comparisons
            if (row["data_set"], row["metric"], row["first"]) == (data_set, metric, "whole")
        ]
        lines = [
            f"- {study.declaration.label(row['second'])}: {-row['difference']:+.3f} "
            f"[{-row['high']:+.3f}, {-row['low']:+.3f}]"
            for row in rows
        ]
        parts.append(f"On {data_set}:\n\n" + "\n".join(lines))
    head = f"## Against the whole\n\nWhat changes in {metric.replace('_', '-')}; intervals are not corrected.\n\n"
    return head + "\n\n".join(parts) if parts else ""
