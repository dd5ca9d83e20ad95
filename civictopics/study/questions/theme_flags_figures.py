"""The figure and the sentences of the question of theme flags."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from civictopics.languages import LANGUAGES
from civictopics.report.style import figure_style, label, save
from civictopics.study.assembling import Study
from civictopics.study.tables import as_csv
from civictopics.themes.names import GUIDED_THEMES

DRAWN = ("guided", "supervised")
"""Methods whose single flags are drawn."""


def draw(study: Study, folder: Path) -> list[str]:
    """Draw the F1 of each flag in each language, and on each data set of one language."""
    wanted = {f"f1_{theme}" for theme in GUIDED_THEMES}
    rows = [row for row in study.scores if row["metric"] in wanted and row["method"] in DRAWN]
    methods = [name for name in DRAWN if any(row["method"] == name for row in rows)]
    places = [("corpus", code) for code in LANGUAGES] + [("real_vi", "all")]
    places = [place for place in places if any((row["data_set"], row["language"]) == place for row in rows)]
    if not methods or not places:
        return []
    value = {(row["method"], row["metric"], row["data_set"], row["language"]): row["value"] for row in rows}
    names = [code if data_set == "corpus" else data_set for data_set, code in places]
    with figure_style():
        figure = Figure(figsize=(1.6 + 3.4 * len(methods), 2.6))
        axes = figure.subplots(1, len(methods), sharey=True, squeeze=False)[0]
        for axis, method in zip(axes, methods, strict=True):
            found = [[value.get((method, f"f1_{theme}", *place)) for place in places] for theme in GUIDED_THEMES]
            cells = np.array([[np.nan if v is None else v for v in line] for line in found], dtype=np.float64)
            image = axis.imshow(cells, cmap="cividis", vmin=0.0, vmax=1.0, aspect="auto")
            for place, number in np.ndenumerate(cells):
                if not np.isnan(number):
                    colour = "white" if number < 0.5 else "black"
                    axis.text(place[1], place[0], f"{number:.2f}", ha="center", va="center", color=colour)
            axis.set_title(study.declaration.label(method))
            axis.set_xticks(range(len(names)), names)
            axis.spines[:].set_visible(False)
            axis.tick_params(length=0)
        axes[0].set_yticks(range(len(GUIDED_THEMES)), [label(theme) for theme in GUIDED_THEMES])
        figure.colorbar(image, ax=list(axes), label="F1")
    save(figure, folder, "flags")
    kept = ("data_set", "language", "method", "metric", "value", "low", "high")
    (folder / "flags.csv").write_text(
        as_csv([{name: row[name] for name in kept} for row in rows], []), encoding="utf-8"
    )
    return ["flags"]


def say(study: Study) -> str:
    """Return how often translations got the same flags."""
    lines = []
    for method in dict.fromkeys(row["method"] for row in study.agreement):
        rows = [row for row in study.agreement if row["method"] == method]
        lowest = min(rows, key=lambda row: float(row["value"]))
        lines.append(
            f"- “{study.declaration.label(method)}”: {np.mean([row['value'] for row in rows]):.3f} on the mean of the "
            f"{len(rows)} pairs, least for {lowest['first']} and {lowest['second']}: {lowest['value']:.3f} "
            f"[{lowest['low']:.3f}, {lowest['high']:.3f}]"
        )
    return "## Translations\n\nAll four flags the same in both languages:\n\n" + "\n".join(lines) if lines else ""
