"""Tables of the question of themes: names given rightly, agreement of translations, stability, languages, years."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xxhash

from civictopics.evaluation.agreement import pair_agreement
from civictopics.evaluation.bootstrap import bootstrap_interval
from civictopics.evaluation.classification import accuracy, macro_f1_flags, mean_score
from civictopics.evaluation.scores import Score
from civictopics.languages import LANGUAGES
from civictopics.study.cells import ALL, languages_of
from civictopics.study.declaration import Declaration
from civictopics.study.predictions import Columns
from civictopics.study.summary import Row
from civictopics.themes.names import GUIDED_THEMES

STABLE = 0.5
_NAMED = ("guided", "supervised")
_RESAMPLES = 2_000
_YEARS = 4
_POINTS = 1_000


def further(
    declaration: Declaration, data_set: str, predictions: Mapping[str, Sequence[Columns]]
) -> dict[str, list[Row]]:
    """Return the rows of the further tables of one data set."""
    found: dict[str, list[Row]] = {}
    for method, runs in predictions.items():
        columns, common = runs[0], {"data_set": data_set, "method": method}
        tables = {
            "named": _named(columns, common) if method in _NAMED and data_set == "passages" else [],
            "flags": _flags(columns, common) if "flags" in columns else [],
            "article_agreement": _agreement(columns, common),
            "stability": _stability(columns, common) if "stability" in columns else [],
        }
        if method == "guided" and data_set == "passages":
            tables["shares"], tables["years"], tables["map"] = _shares(columns), _years(columns), _points(columns)
        for name, rows in tables.items():
            if rows:
                found.setdefault(name, []).extend(rows)
    return found


def _interval(score: Score, groups: Sequence[str]) -> Row:
    kind = bootstrap_interval(score, groups, method="percentile", n_resamples=_RESAMPLES)
    return {"value": round(kind.value, 6), "low": round(kind.low, 6), "high": round(kind.high, 6)}


def _named(columns: Columns, common: Row) -> list[Row]:
    """Return the share of passages with the right name, overall and by language."""
    rows = []
    for code in (ALL, *languages_of(columns, LANGUAGES)):
        part = _part(columns, code)
        found = _interval(accuracy(part["truth"], part["theme"]), part["group"])
        rows.append({**common, "language": code, **found, "passages": len(part["id"])})
    return rows


def _flags(columns: Columns, common: Row) -> list[Row]:
    """Return the macro-F1 of the four flags of articles, overall and by language, and that of each flag."""
    rows = []
    for code in (ALL, *languages_of(columns, LANGUAGES)):
        part = _articles(_part(columns, code))
        truth, said = _as_flags(part["flags"]), _as_flags(part["flags_said"])
        scores = {"macro": macro_f1_flags(truth, said)}
        for place, theme in enumerate(GUIDED_THEMES):
            scores[theme] = macro_f1_flags(truth[:, [place]], said[:, [place]])
        for name, score in scores.items():
            number = len(part["id"]) if name == "macro" else int(truth[:, GUIDED_THEMES.index(name)].sum())
            rows.append({**common, "language": code, "flag": name, **_interval(score, part["group"]), "n": number})
    return rows


def _agreement(columns: Columns, common: Row) -> list[Row]:
    """Return how often two translations of an article have the same theme in most passages, or the same flags."""
    if len(languages_of(columns, LANGUAGES)) < 2:
        return []
    articles = _articles(columns)
    labels = {"strongest theme": _strongest(columns, articles["article"])}
    if "flags_said" in articles:
        labels["flags"] = articles["flags_said"]
    rows = []
    for kind, values in labels.items():
        for pair in pair_agreement(
            values, articles["group"], articles["lang"], order=LANGUAGES, n_resamples=_RESAMPLES
        ):
            found = {name: round(getattr(pair.agreement, name), 6) for name in ("value", "low", "high")}
            rows.append({**common, "of": kind, "first": pair.first, "second": pair.second, **found})
    return rows


def _stability(columns: Columns, common: Row) -> list[Row]:
    themes, first, sizes = np.unique(columns["theme"], return_index=True, return_counts=True)
    rows = []
    for theme, row, size in sorted(zip(themes, first, sizes, strict=True), key=lambda item: int(item[0][1:])):
        found = {
            name: round(float(columns[f"stability{end}"][row]), 6)
            for name, end in (("value", ""), ("low", "_low"), ("high", "_high"))
        }
        verdict = "found" if found["value"] >= STABLE else "unstable"
        rows.append({**common, "theme": str(theme), "passages": int(size), **found, "verdict": verdict})
    return rows


def _shares(columns: Columns) -> list[Row]:
    """Return the share of each language's passages that has each guided theme."""
    return [
        {
            "language": code,
            "theme": theme,
            **_interval(mean_score(_part(columns, code)["theme"] == theme), _part(columns, code)["group"]),
            "known": round(float((_part(columns, code)["truth"] == theme).mean()), 6),
        }
        for code in languages_of(columns, LANGUAGES)
        for theme in GUIDED_THEMES
    ]


def _years(columns: Columns) -> list[Row]:
    """Return the share of events that treat each theme, by years of publication; translations count as one event."""
    articles = _articles(columns)
    years = np.array([int(text[:4]) if text[:4].isdigit() else 0 for text in articles["published"].tolist()])
    rows = []
    for start in range(int(years[years > 0].min()) // _YEARS * _YEARS, int(years.max()) + 1, _YEARS):
        chosen = (years >= start) & (years < start + _YEARS)
        groups = articles["group"][chosen]
        if len(set(groups.tolist())) < 2:
            continue
        for place, theme in enumerate(GUIDED_THEMES):
            there = _as_flags(articles["flags_said"][chosen])[:, place].astype(float)
            found = _interval(mean_score(there), groups)
            known = _as_flags(articles["flags"][chosen])[:, place].mean()
            number = len(set(groups.tolist()))
            rows.append({"from": start, "to": start + _YEARS - 1, "theme": theme, **found, "events": number})
            rows[-1]["known"] = round(float(known), 6)
    return rows


def _points(columns: Columns) -> list[Row]:
    """Return a sample of the passages on the plane, chosen by a hash of their names."""
    order = sorted(
        range(len(columns["id"])), key=lambda row: xxhash.xxh3_64_intdigest(str(columns["id"][row]).encode())
    )
    return [
        {
            "language": str(columns["lang"][row]),
            "theme": str(columns["theme"][row]),
            "x": round(float(columns["x"][row]), 5),
            "y": round(float(columns["y"][row]), 5),
        }
        for row in order[:_POINTS]
    ]


def _part(columns: Columns, language: str) -> dict[str, Any]:
    rows = slice(None) if language == ALL else np.flatnonzero(columns["lang"] == language)
    return {name: values[rows] for name, values in columns.items()}


def _articles(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first row of each article."""
    _, first = np.unique(columns["article"], return_index=True)
    return {name: values[first] for name, values in columns.items()}


def _strongest(columns: Columns, articles: Sequence[str]) -> np.ndarray[Any, np.dtype[Any]]:
    """Return the commonest theme of the passages of each article; of equals, the first name."""
    names, rows = np.unique(columns["theme"], return_inverse=True)
    place = {article: number for number, article in enumerate(articles)}
    counts = np.zeros((len(articles), len(names)))
    np.add.at(counts, (np.array([place[article] for article in columns["article"].tolist()]), rows), 1.0)
    found: np.ndarray[Any, np.dtype[Any]] = names[counts.argmax(axis=1)]
    return found


def _as_flags(joined: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([[theme in str(text).split(";") for theme in GUIDED_THEMES] for text in joined], dtype=bool)
