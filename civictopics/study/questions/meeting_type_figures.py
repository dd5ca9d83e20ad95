"""Figures of the question of meeting types: confusions, coverage and calibration, and what more events give."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from civictopics.report.style import figure_style, label, save
from civictopics.study.assembling import Study
from civictopics.study.cells import ALL
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv

_Look = tuple[str, str, Any]

LOOKS: dict[str, _Look] = {
    "combination": ("#0072B2", "o", "-"),
    "ngram_logistic": ("#D55E00", "s", "--"),
    "tfidf_logistic": ("#CC79A7", "v", "-."),
    "vector_logistic": ("#009E73", "^", ":"),
    "keyword_rules": ("#4B4B4B", "D", (0, (6, 1, 1, 1, 1, 1))),
}
"""Colour, marker and line of each method: one tells them apart without the other."""
_OTHER = ("#7F7F7F", "x", "-")


def draw(study: Study, folder: Path) -> list[str]:
    """Draw the confusions of the combination, and how sure and how right the methods are."""
    drawn = []
    for data_set in dict.fromkeys(row["data_set"] for row in study.further.get("confusions", [])):
        rows = [row for row in study.further["confusions"] if row["data_set"] == data_set]
        _write(_confusion_figure(rows, data_set), rows, folder, f"confusions-{data_set}")
        drawn.append(f"confusions-{data_set}")
    for name, make in (("coverage", _coverage_axis), ("calibration", _calibration_axis)):
        rows = study.further.get(name, [])
        if rows:
            _write(_panels(study, rows, make), rows, folder, name)
            drawn.append(name)
    return drawn


def draw_learning(study: Study, folder: Path) -> list[str]:
    """Draw the score against the share of events learnt from; methods are named ``METHOD_PARTS``, of eight parts."""
    rows = [
        {**row, "events": int(parts) / 8, "method": method}
        for row in study.scores
        if row["metric"] == "accuracy" and row["language"] == ALL
        for method, _, parts in [row["method"].rpartition("_")]
    ]
    kept = ("data_set", "method", "events", "value", "low", "high")
    rows = [{name: row[name] for name in kept} for row in rows]
    data_sets = list(dict.fromkeys(row["data_set"] for row in rows))
    with figure_style():
        figure = Figure(figsize=(3.9 * len(data_sets), 3.6))
        axes = figure.subplots(1, len(data_sets), sharey=True, squeeze=False)[0]
        for axis, data_set in zip(axes, data_sets, strict=True):
            for method in dict.fromkeys(row["method"] for row in rows):
                own = [row for row in rows if (row["data_set"], row["method"]) == (data_set, method)]
                colour, marker, line = LOOKS.get(method, _OTHER)
                x, y = [row["events"] for row in own], [row["value"] for row in own]
                axis.fill_between(
                    x, [r["low"] for r in own], [r["high"] for r in own], color=colour, alpha=0.15, linewidth=0
                )
                name = study.declaration.label(f"{method}_8").partition(",")[0]
                axis.plot(x, y, color=colour, marker=marker, markersize=5, linestyle=line, label=name)
            axis.set_xscale("log", base=2)
            axis.set_xticks([0.125, 0.25, 0.5, 1.0], ["1/8", "1/4", "1/2", "all"])
            axis.minorticks_off()
            axis.set_title(data_set)
            axis.set_xlabel("share of the events learnt from")
            axis.grid(axis="y", linewidth=0.4, color="#CCCCCC")
        axes[0].set_ylabel(f"accuracy, {study.declaration.level:.0%} interval over groups")
        axes[0].legend(frameon=False, loc="lower right")
    _write(figure, rows, folder, "learning-curve")
    return ["learning-curve"]


def _write(figure: Figure, rows: list[Row], folder: Path, name: str) -> None:
    save(figure, folder, name)
    (folder / f"{name}.csv").write_text(as_csv(rows, []), encoding="utf-8")


def _confusion_figure(rows: list[Row], data_set: str) -> Figure:
    from civictopics.tagging.keyword_rules import MEETING_TYPES  # with scikit-learn, which takes its time

    n = len(MEETING_TYPES)
    counts = np.zeros((n, n), dtype=np.int64)
    for row in rows:
        counts[MEETING_TYPES.index(row["truth"]), MEETING_TYPES.index(row["predicted"])] = row["articles"]
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    names = [label(kind) for kind in MEETING_TYPES]
    with figure_style():
        figure = Figure(figsize=(7.4, 6.1))
        axis = figure.subplots()
        image = axis.imshow(shares, cmap="cividis", vmin=0.0, vmax=1.0)
        for place, count in np.ndenumerate(counts):
            if count:
                colour = "white" if shares[place] < 0.5 else "black"
                axis.text(place[1], place[0], str(count), ha="center", va="center", color=colour, fontsize=7.5)
        axis.set_xticks(range(n), names, rotation=45, ha="right", rotation_mode="anchor")
        axis.set_yticks(range(n), [f"{name} ({total})" for name, total in zip(names, counts.sum(axis=1), strict=True)])
        axis.set_xlabel("told")
        axis.set_ylabel("true (articles)")
        axis.set_title(f"{data_set}: true and told types")
        axis.spines[:].set_visible(False)
        axis.tick_params(length=0)
        figure.colorbar(image, ax=axis, shrink=0.8, label="share of the articles of a true type")
    return figure


def _panels(study: Study, rows: list[Row], make: Callable[[Axes, list[Row], str, _Look], None]) -> Figure:
    data_sets = list(dict.fromkeys(row["data_set"] for row in rows))
    with figure_style():
        figure = Figure(figsize=(max(5.6, 3.9 * len(data_sets)), 4.1))
        axes = figure.subplots(1, len(data_sets), sharey=True, squeeze=False)[0]
        for axis, data_set in zip(axes, data_sets, strict=True):
            axis.set_title(data_set)
            for method in dict.fromkeys(row["method"] for row in rows):
                own = [row for row in rows if (row["data_set"], row["method"]) == (data_set, method)]
                make(axis, own, study.declaration.label(method), LOOKS.get(method, _OTHER))
            axis.grid(linewidth=0.4, color="#CCCCCC")
            axis.set_axisbelow(True)
        handles, names = axes[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside lower center", ncols=2, frameon=False)
        axes[0].set_ylabel("accuracy")
    return figure


def _coverage_axis(axis: Axes, rows: list[Row], name: str, look: _Look) -> None:
    colour, marker, line = look
    x, y = [row["coverage"] for row in rows], [row["accuracy"] for row in rows]
    axis.plot(x, y, color=colour, marker=marker, markevery=3, markersize=5, linestyle=line, label=name)
    axis.set_xlabel("share answered, the surest first")


def _calibration_axis(axis: Axes, rows: list[Row], name: str, look: _Look) -> None:
    colour, marker, line = look
    if not axis.lines:
        axis.axline((0, 0), slope=1, color="#999999", linewidth=0.8)
    x, y = [row["confidence"] for row in rows], [row["accuracy"] for row in rows]
    axis.plot(x, y, color=colour, marker=marker, markersize=5, linestyle=line, label=name)
    axis.set_xlim(0, 1.02)
    axis.set_ylim(0, 1.02)
    axis.set_xlabel("stated probability, mean of a tenth")
