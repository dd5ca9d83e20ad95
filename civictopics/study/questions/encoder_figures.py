"""Figures of the question of encoders: translations found first, for each ordered pair of languages."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from civictopics.languages import LANGUAGES
from civictopics.report.style import figure_style, save
from civictopics.study.assembling import Study
from civictopics.study.questions.encoder_tables import first_methods
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv


def draw(study: Study, folder: Path) -> list[str]:
    """Draw a heat map for the first method of the data sets that have pairs."""
    chosen = {
        data_set: [row for row in study.further["pairs"] if (row["data_set"], row["method"]) == (data_set, method)]
        for data_set, method in first_methods(study)
    }
    if not chosen:
        return []
    with figure_style():
        figure = Figure(figsize=(0.4 + 3.7 * len(chosen), 3.9))
        panels = figure.subplots(1, len(chosen), squeeze=False)[0]
        for axis, (data_set, rows) in zip(panels, chosen.items(), strict=True):
            _heat_map(figure, axis, rows)
            axis.set_title(f"{data_set}\n{study.declaration.label(rows[0]['method'])}")
        panels[0].set_ylabel("text in")
    save(figure, folder, "pairs")
    (folder / "pairs.csv").write_text(as_csv([row for rows in chosen.values() for row in rows], []), encoding="utf-8")
    return ["pairs"]


def _heat_map(figure: Figure, axis: Axes, rows: list[Row]) -> None:
    cells = np.full((len(LANGUAGES), len(LANGUAGES)), np.nan)
    for row in rows:
        cells[LANGUAGES.index(row["first"]), LANGUAGES.index(row["second"])] = row["value"]
    low, high = float(np.nanmin(cells)), float(np.nanmax(cells))
    image = axis.imshow(cells, cmap="cividis", vmin=low, vmax=high)
    for place, value in np.ndenumerate(cells):
        if not np.isnan(value):
            dark = value < (low + high) / 2
            axis.text(place[1], place[0], f"{value:.3f}", ha="center", va="center", color="white" if dark else "black")
    axis.set_xticks(range(len(LANGUAGES)), LANGUAGES)
    axis.set_yticks(range(len(LANGUAGES)), LANGUAGES)
    axis.set_xlabel("translation in, found first")
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    figure.colorbar(image, ax=axis, shrink=0.75)
