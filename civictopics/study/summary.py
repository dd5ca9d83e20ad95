"""From the cells of one data set to scores with intervals, comparisons and agreement between languages."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from civictopics.errors import InputError
from civictopics.evaluation.agreement import non_inferiority, pair_agreement
from civictopics.evaluation.bootstrap import Interval, Method, Resampled
from civictopics.evaluation.scores import CountScore, Labels, Score
from civictopics.evaluation.verdicts import p_value
from civictopics.languages import LANGUAGES
from civictopics.study.cells import ALL, check_same_articles, languages_of, score_in
from civictopics.study.declaration import Declaration
from civictopics.study.predictions import Columns
from civictopics.study.question import Question, named

Row = dict[str, Any]
Summary = dict[str, Any]
"""Rows of the tables ``scores``, ``comparisons``, ``languages`` and ``agreement``; those of the question's own by
name in ``further``."""


def summarise(
    declaration: Declaration, question: Question, data_set: str, predictions: Mapping[str, Sequence[Columns]]
) -> Summary:
    """Return the rows of one data set, given the predictions of each method, one per seed.

    P-values are not corrected yet: their family goes over all data sets.
    """
    methods = list(predictions)
    first = predictions[methods[0]][0]
    for runs in predictions.values():
        for columns in runs:
            check_same_articles(first, columns)
    found: Summary = {"scores": [], "comparisons": [], "languages": [], "agreement": [], "further": {}}
    languages = languages_of(first, LANGUAGES)
    translated = len(languages) > 1
    runs_of_all = [columns for runs in predictions.values() for columns in runs]
    metrics = [name for name in declaration.metrics if all(map(question.metrics[name].applies, runs_of_all))]
    for metric in metrics:
        scores = {
            method: [question.metrics[metric].score(columns) for columns in runs]
            for method, runs in predictions.items()
        }
        made_of_counts = all(isinstance(score, CountScore) for runs in scores.values() for score in runs)
        common = {"data_set": data_set, "metric": metric}
        kind = question.metrics[metric].interval
        resampled = _resampled(declaration, scores, first["group"], made_of_counts, kind)
        found["scores"] += _score_rows({**common, "language": ALL}, scores, resampled, first)
        found["comparisons"] += _comparison_rows(declaration, common, scores, resampled, first)
        if made_of_counts and translated:
            for language in languages:
                rows = np.flatnonzero(first["lang"] == language)
                part = {method: [score_in(score, first, language) for score in runs] for method, runs in scores.items()}
                chosen = {name: values[rows] for name, values in first.items()}
                resampled = _resampled(declaration, part, chosen["group"], made_of_counts, kind)
                found["scores"] += _score_rows({**common, "language": language}, part, resampled, chosen)
        if metric == metrics[0] and translated and declaration.reference_language in languages:
            found["languages"] += _language_rows(declaration, common, scores, first, made_of_counts)
    if question.agreement and translated:
        for method, runs in predictions.items():
            found["agreement"] += _agreement_rows(declaration, data_set, method, runs[0], question.agreement)
    if question.further:
        found["further"] = named(question.further)(declaration, data_set, predictions)
    return found


def _weights(scores: Mapping[str, Sequence[Score]], signs: Mapping[str, float]) -> list[float]:
    """Return the weight of each score of each method, in order: its sign over its number of seeds."""
    return [signs.get(method, 0.0) / len(runs) for method, runs in scores.items() for _ in runs]


def _interval(resampled: Resampled, weights: Sequence[float]) -> Interval:
    try:
        return resampled.interval(weights)
    except InputError:  # undefined in too many resamples: the value stands without an interval
        value = float(np.asarray(weights) @ resampled.values)
        return Interval(value, float("nan"), float("nan"), resampled.level, resampled.n_groups, resampled.method)


def _resampled(
    declaration: Declaration,
    scores: Mapping[str, Sequence[Score]],
    groups: Labels,
    made_of_counts: bool,
    kind: Method,
) -> Resampled:
    every = [score for runs in scores.values() for score in runs]
    return Resampled(every, groups, declaration.level, kind, n_resamples=_resamples(declaration, made_of_counts))


def _resamples(declaration: Declaration, made_of_counts: bool) -> int:
    return declaration.resamples if made_of_counts else min(declaration.slow_resamples, declaration.resamples)


def _score_rows(
    common: Row, scores: Mapping[str, Sequence[Score]], resampled: Resampled, columns: Columns
) -> list[Row]:
    rows = []
    for method, runs in scores.items():
        interval = _interval(resampled, _weights(scores, {method: 1.0}))
        values = [score.of_all() for score in runs]
        rows.append(
            {
                **common,
                "method": method,
                **_numbers(interval),
                "units": len(columns["id"]),
                "groups": interval.n_groups,
                "seeds": len(runs),
                "lowest_seed": round(min(values), 6),
                "highest_seed": round(max(values), 6),
            }
        )
    return rows


def _comparison_rows(
    declaration: Declaration,
    common: Row,
    scores: Mapping[str, Sequence[Score]],
    resampled: Resampled,
    columns: Columns,
) -> list[Row]:
    rows = []
    for first, second in combinations(scores, 2):
        interval = _interval(resampled, _weights(scores, {first: 1.0, second: -1.0}))
        p = p_value(scores[first], scores[second], columns["group"], declaration.resamples, seed=0)
        numbers = _numbers(interval)
        numbers["difference"] = numbers.pop("value")
        rows.append(
            {**common, "first": first, "second": second, **numbers, "groups": interval.n_groups, "p": _plain(p)}
        )
    return rows


def _language_rows(
    declaration: Declaration,
    common: Row,
    scores: Mapping[str, Sequence[Score]],
    columns: Columns,
    made_of_counts: bool,
) -> list[Row]:
    rows = []
    for method, runs in scores.items():
        for found in non_inferiority(
            runs,
            columns["group"],
            columns["lang"],
            reference=declaration.reference_language,
            margin=declaration.margin,
            order=LANGUAGES,
            level=declaration.level,
            n_resamples=_resamples(declaration, made_of_counts),
        ):
            numbers = _numbers(found.difference)
            numbers["difference"] = numbers.pop("value")
            rows.append(
                {
                    **common,
                    "method": method,
                    "language": found.language,
                    "reference": declaration.reference_language,
                    **numbers,
                    "margin": found.margin,
                    "verdict": found.verdict,
                }
            )
    return rows


def _agreement_rows(declaration: Declaration, data_set: str, method: str, columns: Columns, column: str) -> list[Row]:
    return [
        {
            "data_set": data_set,
            "method": method,
            "first": found.first,
            "second": found.second,
            **_numbers(found.agreement),
            "groups": found.agreement.n_groups,
        }
        for found in pair_agreement(
            columns[column],
            columns["group"],
            columns["lang"],
            order=LANGUAGES,
            level=declaration.level,
            n_resamples=declaration.resamples,
        )
    ]


def _numbers(interval: Interval) -> Row:
    return {"value": _plain(interval.value), "low": _plain(interval.low), "high": _plain(interval.high)}


def _plain(number: float) -> float | None:
    """Return a number with six decimals; None for an undefined one, which JSON and CSV have no sign for."""
    return None if np.isnan(number) else round(float(number), 6)
