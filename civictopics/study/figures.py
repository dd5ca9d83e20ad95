"""Figures of a study: scores with their intervals, and scores by language; their data as CSV beside them."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill

import numpy as np
from matplotlib.figure import Figure

from civictopics.report.style import figure_style, save
from civictopics.study.assembling import Study
from civictopics.study.cells import ALL
from civictopics.study.question import Metric
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv, main_metric

_COLOUR = "#0072B2"
_WIDE = 30
_COLUMNS = ["data_set", "language", "method", "metric", "value", "low", "high"]


def write_figures(study: Study, metrics: Mapping[str, Metric], folder: Path) -> list[str]:
    """Write the figures of a study into `folder`, and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    data_sets = dict.fromkeys(row["data_set"] for row in study.scores)
    main = {data_set: main_metric(study, data_set) for data_set in data_sets}
    rows = [row for row in study.scores if row["metric"] == main[row["data_set"]]]
    labels = {data_set: metrics[name].label for data_set, name in main.items()}
    written = []
    overall = [row for row in rows if row["language"] == ALL]
    if overall:
        _write(_forest(study, overall, labels), overall, folder, "scores")
        written.append("scores")
    languages = [row for row in rows if row["language"] != ALL]
    if languages:
        _write(_heat_map(study, languages, labels), languages, folder, "languages")
        written.append("languages")
    return written


def _write(figure: Figure, rows: list[Row], folder: Path, name: str) -> None:
    save(figure, folder, name)
    (folder / f"{name}.csv").write_text(
        as_csv([{c: row[c] for c in _COLUMNS} for row in rows], _COLUMNS), encoding="utf-8"
    )


def _forest(study: Study, rows: list[Row], labels: Mapping[str, str]) -> Figure:
    data_sets = list(dict.fromkeys(row["data_set"] for row in rows))
    methods = [m.name for m in study.declaration.methods if any(row["method"] == m.name for row in rows)]
    with figure_style():
        figure = Figure(figsize=(2.6 + 2.6 * len(data_sets), 1.5 + 0.32 * len(methods)))
        axes = figure.subplots(1, len(data_sets), sharex=True, sharey=True, squeeze=False)[0]
        for axis, data_set in zip(axes, data_sets, strict=True):
            axis.set_title(data_set)
            axis.set_xlabel(fill(labels[data_set], _WIDE))
            axis.grid(axis="x", linewidth=0.4, color="#CCCCCC")
            axis.set_axisbelow(True)
            for row in rows:
                if row["data_set"] == data_set and row["value"] is not None:
                    spread = [[max(0.0, row["value"] - row["low"])], [max(0.0, row["high"] - row["value"])]]
                    axis.errorbar(
                        row["value"],
                        methods.index(row["method"]),
                        xerr=spread,
                        marker="o",
                        markersize=4,
                        color=_COLOUR,
                        elinewidth=1.2,
                        capsize=2.5,
                    )
        axes[0].set_yticks(range(len(methods)), [study.declaration.label(method) for method in methods])
        axes[0].set_ylim(len(methods) - 0.5, -0.5)
        figure.supxlabel(f"{study.declaration.level:.0%} intervals over groups", fontsize="small", color="#444444")
    return figure


def _heat_map(study: Study, rows: list[Row], labels: Mapping[str, str]) -> Figure:
    data_sets = list(dict.fromkeys(row["data_set"] for row in rows))
    methods = [m.name for m in study.declaration.methods if any(row["method"] == m.name for row in rows)]
    numbers = [row["value"] for row in rows if row["value"] is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    with figure_style():
        figure = Figure(figsize=(2.4 + 3.2 * len(data_sets), 1.7 + 0.36 * len(methods)))
        axes = figure.subplots(1, len(data_sets), sharey=True, squeeze=False)[0]
        for axis, data_set in zip(axes, data_sets, strict=True):
            languages = list(dict.fromkeys(row["language"] for row in rows if row["data_set"] == data_set))
            cells = np.full((len(methods), len(languages)), np.nan)
            for row in rows:
                if row["data_set"] == data_set and row["value"] is not None:
                    cells[methods.index(row["method"]), languages.index(row["language"])] = row["value"]
            image = axis.imshow(cells, cmap="cividis", vmin=low, vmax=high, aspect="auto")
            for place, value in np.ndenumerate(cells):
                if not np.isnan(value):
                    dark = value < (low + high) / 2
                    axis.text(
                        place[1], place[0], f"{value:.2f}", ha="center", va="center", color="white" if dark else "black"
                    )
            axis.set_title(f"{data_set}\n{fill(labels[data_set], _WIDE)}", fontsize="medium")
            axis.set_xticks(range(len(languages)), languages)
            axis.spines[:].set_visible(False)
            axis.tick_params(length=0)
        axes[0].set_yticks(range(len(methods)), [study.declaration.label(method) for method in methods])
        figure.colorbar(image, ax=list(axes), label=" or ".join(dict.fromkeys(labels.values())))
    return figure
