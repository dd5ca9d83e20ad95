"""The further table and the figures of the question of reporting periods: scores by language, calibration."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from civictopics.evaluation.calibration import calibration_bins
from civictopics.languages import LANGUAGES
from civictopics.report.style import figure_style, save
from civictopics.study.assembling import Study
from civictopics.study.cells import ALL
from civictopics.study.declaration import Declaration
from civictopics.study.predictions import Columns
from civictopics.study.questions.reporting_period import right_ones
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv

LOOKS = {
    "ranker": ("#0072B2", "o"),
    "rules": ("#E69F00", "s"),
    "date_parser": ("#7F7F7F", "^"),
    "date_parser_best": ("#CC79A7", "v"),
}
"""Colour and marker of each method."""
_OTHER = ("#000000", "x")
_BINS = 10
_PLACES = {"period_passages": "Passages", "corpus": "Corpus, out of fold", "real_vi": "Real articles"}


def further(
    declaration: Declaration, data_set: str, predictions: Mapping[str, Sequence[Columns]]
) -> dict[str, list[Row]]:
    """Return the rows of ``calibration``: how sure and how right each method is, of its first seed."""
    rows: list[Row] = []
    for method, runs in predictions.items():
        columns = runs[0]
        if "probability" in columns:
            for found in calibration_bins(columns["probability"], right_ones(columns), n_bins=_BINS):
                counted = {"articles": found.count, "probability": round(found.confidence, 4)}
                rows.append({"data_set": data_set, "method": method, **counted, "right": round(found.accuracy, 4)})
    return {"calibration": rows} if rows else {}


def draw(study: Study, folder: Path) -> list[str]:
    """Draw the share of right articles by method and language, and how sure the methods are."""
    return [*_draw_languages(study, folder), *_draw_calibration(study, folder)]


def _draw_languages(study: Study, folder: Path) -> list[str]:
    wanted = [row for row in study.scores if row["metric"] == "exact"]
    data_sets = [name for name in _PLACES if any(row["data_set"] == name for row in wanted)]
    if not data_sets:
        return []
    kept = ("data_set", "language", "method", "value", "low", "high")
    rows = [{name: row[name] for name in kept} for row in wanted]
    with figure_style():
        figure = Figure(figsize=(9.2, 3.4))
        widths = [max(len(_languages(rows, name)), 2) for name in data_sets]
        axes = figure.subplots(1, len(data_sets), sharey=True, squeeze=False, width_ratios=widths)[0]
        for axis, data_set in zip(axes, data_sets, strict=True):
            languages = _languages(rows, data_set)
            methods = [m for m in LOOKS if any((r["data_set"], r["method"]) == (data_set, m) for r in rows)]
            for place, method in enumerate(methods):
                colour, marker = LOOKS[method]
                own = {r["language"]: r for r in rows if (r["data_set"], r["method"]) == (data_set, method)}
                at = np.arange(len(languages)) + 0.16 * (place - (len(methods) - 1) / 2)
                value = np.array([own[code]["value"] for code in languages])
                low, high = ([own[code][end] for code in languages] for end in ("low", "high"))
                spread = np.maximum([value - np.array(low), np.array(high) - value], 0.0)
                name = study.declaration.label(method)
                axis.errorbar(at, value, spread, fmt=marker, color=colour, markersize=5, capsize=2, label=name)
            axis.set_xticks(range(len(languages)), languages)
            axis.set_xlim(-0.6, len(languages) - 0.4)
            axis.set_ylim(0, 1.02)
            axis.set_title(_PLACES[data_set])
        axes[0].set_ylabel("kind and interval both right")
        named = {text: line for axis in axes for line, text in zip(*axis.get_legend_handles_labels(), strict=True)}
        figure.legend(list(named.values()), list(named), loc="outside lower center", ncols=4, frameon=False)
    _write(figure, rows, folder, "languages")
    return ["languages"]


def _languages(rows: Sequence[Row], data_set: str) -> list[str]:
    there = {row["language"] for row in rows if row["data_set"] == data_set}
    return [code for code in (*LANGUAGES, ALL) if code in there]


def _draw_calibration(study: Study, folder: Path) -> list[str]:
    rows = study.further.get("calibration", [])
    data_sets = [name for name in _PLACES if any(row["data_set"] == name for row in rows)]
    if not data_sets:
        return []
    with figure_style():
        figure = Figure(figsize=(3.1 * len(data_sets), 3.4))
        axes = figure.subplots(1, len(data_sets), sharey=True, squeeze=False)[0]
        for axis, data_set in zip(axes, data_sets, strict=True):
            axis.plot([0, 1], [0, 1], color="#B3B3B3", linewidth=1)
            own = [row for row in rows if row["data_set"] == data_set]
            for method in dict.fromkeys(row["method"] for row in own):
                colour, marker = LOOKS.get(method, _OTHER)
                bins = [row for row in own if row["method"] == method]
                sure, right = [row["probability"] for row in bins], [row["right"] for row in bins]
                axis.plot(sure, right, marker=marker, color=colour, label=study.declaration.label(method))
            axis.set_xlim(0, 1.02)
            axis.set_ylim(0, 1.02)
            axis.set_xlabel("probability given")
            axis.set_title(_PLACES[data_set])
        axes[0].set_ylabel("share right")
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    _write(figure, rows, folder, "calibration")
    return ["calibration"]


def _write(figure: Figure, rows: Sequence[Row], folder: Path, name: str) -> None:
    save(figure, folder, name)
    (folder / f"{name}.csv").write_text(as_csv(list(rows), []), encoding="utf-8")
