"""Figures of the question of themes: the map, languages, stability, years."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from civictopics.report.style import THEME_COLOURS, THEME_MARKERS, figure_style, label, save
from civictopics.study.assembling import Study
from civictopics.study.questions.theme_tables import STABLE
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv
from civictopics.themes.names import GUIDED_THEMES, NO_THEME


def draw(study: Study, folder: Path) -> list[str]:
    """Draw what there are rows for, and return the names of the figures."""
    drawn = []
    for name, rows, make in (
        ("theme-map", study.further.get("map", []), _map),
        ("theme-languages", study.further.get("shares", []), _languages),
        ("theme-stability", _first_methods(study.further.get("stability", [])), _stability),
        ("theme-numbers", _first_methods(_numbers_of(study)), _numbers),
        ("theme-years", study.further.get("years", []), _years),
    ):
        if rows:
            with figure_style():
                save(make(study, rows), folder, name)
            (folder / f"{name}.csv").write_text(as_csv(rows, []), encoding="utf-8")
            drawn.append(name)
    return drawn


def _first_methods(rows: list[Row]) -> list[Row]:
    """Return the rows of the first method of each data set."""
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row["data_set"], row["method"])
    return [row for row in rows if first[row["data_set"]] == row["method"]]


def _map(study: Study, rows: list[Row]) -> Figure:
    figure = Figure(figsize=(6.6, 4.6))
    axis = figure.subplots()
    for theme in (NO_THEME, *GUIDED_THEMES):
        own = [row for row in rows if row["theme"] == theme]
        axis.scatter(
            [row["x"] for row in own],
            [row["y"] for row in own],
            s=9 if theme == NO_THEME else 15,
            marker=THEME_MARKERS[theme],
            color=THEME_COLOURS[theme],
            alpha=0.75,
            linewidths=0,
            label="none of the four" if theme == NO_THEME else label(theme),
        )
    axis.set_title(f"{len(rows):,} passages of held-out events, in five languages")
    axis.set_xlabel("first principal component of the vectors")
    axis.set_ylabel("second")
    figure.legend(loc="outside right upper", frameon=False, markerscale=1.6)
    return figure


def _languages(study: Study, rows: list[Row]) -> Figure:
    languages = list(dict.fromkeys(row["language"] for row in rows))
    cells = np.array(
        [
            [next(r["value"] for r in rows if (r["theme"], r["language"]) == (t, c)) for c in languages]
            for t in GUIDED_THEMES
        ]
    )
    figure = Figure(figsize=(5.6, 2.8))
    axis = figure.subplots()
    image = axis.imshow(cells, cmap="cividis", vmin=0.0, vmax=float(cells.max()), aspect="auto")
    for place, value in np.ndenumerate(cells):
        dark = value < cells.max() / 2
        axis.text(place[1], place[0], f"{value:.1%}", ha="center", va="center", color="white" if dark else "black")
    axis.set_xticks(range(len(languages)), languages)
    axis.set_yticks(range(len(GUIDED_THEMES)), [label(theme) for theme in GUIDED_THEMES])
    axis.set_title("Share of passages with each theme, by language")
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    ticks = np.arange(0.0, float(cells.max()) + 0.01, 0.05)
    figure.colorbar(image, ax=axis, ticks=ticks, format=lambda value, _: f"{value:.0%}")
    return figure


def _stability(study: Study, rows: list[Row]) -> Figure:
    panels = list(dict.fromkeys((row["data_set"], row["method"]) for row in rows))
    height = max(sum((row["data_set"], row["method"]) == panel for row in rows) for panel in panels)
    figure = Figure(figsize=(0.6 + 3.3 * len(panels), 1.5 + 0.27 * height))
    axes = figure.subplots(1, len(panels), sharex=True, squeeze=False)[0]
    for axis, panel in zip(axes, panels, strict=True):
        own = [row for row in rows if (row["data_set"], row["method"]) == panel]
        for place, row in enumerate(own):
            found = row["verdict"] == "found"
            spread = [[max(0.0, row["value"] - row["low"])], [max(0.0, row["high"] - row["value"])]]
            axis.errorbar(
                row["value"],
                place,
                xerr=spread,
                marker="o" if found else "X",
                markersize=5,
                color="#0072B2" if found else "#D55E00",
                elinewidth=1.2,
                capsize=2.5,
            )
        axis.axvline(STABLE, color="#7F7F7F", linewidth=0.8, linestyle="--")
        axis.set_yticks(range(len(own)), [f"{row['theme']} ({row['passages']})" for row in own])
        axis.set_ylim(len(own) - 0.5, -0.5)
        axis.set_xlim(0.0, 1.05)
        axis.set_title(f"{panel[0]}:\nresidual themes")
        axis.set_xlabel("overlap with refits, chance is 0")
    axes[0].set_ylabel("theme (passages)")
    return figure


def _numbers_of(study: Study) -> list[Row]:
    """Return the agreement with refits for each number of themes that was tried, from the measures of the runs."""
    rows = []
    for run in study.runs:
        for name in sorted(run):
            if name.startswith("refits_") and name[7:].isdigit() and run["seed"] == study.declaration.seeds[0]:
                rows.append(
                    {
                        "data_set": run["data_set"],
                        "method": run["method"],
                        "themes": int(name[7:]),
                        **{k: run[f"{name}{end}"] for k, end in (("value", ""), ("low", "_low"), ("high", "_high"))},
                        "chosen": int(run["n_themes"]),
                    }
                )
    return rows


def _numbers(study: Study, rows: list[Row]) -> Figure:
    panels = list(dict.fromkeys((row["data_set"], row["method"]) for row in rows))
    figure = Figure(figsize=(0.6 + 3.0 * len(panels), 2.9))
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axis, panel in zip(axes, panels, strict=True):
        own = [row for row in rows if (row["data_set"], row["method"]) == panel]
        numbers = [row["themes"] for row in own]
        axis.fill_between(numbers, [r["low"] for r in own], [r["high"] for r in own], color="#56B4E9", alpha=0.4, lw=0)
        axis.plot(numbers, [row["value"] for row in own], color="#0072B2", marker="o", markersize=3.5)
        axis.axvline(own[0]["chosen"], color="#D55E00", linestyle="--", linewidth=1.0)
        axis.annotate(
            f"chosen: {own[0]['chosen']}",
            (own[0]["chosen"], 0.03),
            xytext=(4, 0),
            textcoords="offset points",
            color="#A84A00",
        )
        axis.set_title(panel[0])
        axis.set_xlabel("number of themes")
        axis.set_ylim(0.0, 1.03)
    axes[0].set_ylabel("agreement with refits\n(adjusted Rand index)")
    return figure


def _years(study: Study, rows: list[Row]) -> Figure:
    figure = Figure(figsize=(7.2, 4.3))
    axes = figure.subplots(2, 2, sharex=True, sharey=True).ravel()
    for axis, theme in zip(axes, GUIDED_THEMES, strict=True):
        own = [row for row in rows if row["theme"] == theme]
        middle = [(row["from"] + row["to"]) / 2 for row in own]
        values = np.array([[row["value"], row["low"], row["high"]] for row in own])
        spread = np.maximum(0.0, [values[:, 0] - values[:, 1], values[:, 2] - values[:, 0]])
        axis.errorbar(
            middle,
            values[:, 0],
            yerr=spread,
            color=THEME_COLOURS[theme],
            marker=THEME_MARKERS[theme],
            markersize=5,
            elinewidth=1.2,
            capsize=2.5,
            label="named, with its interval of 95%",
        )
        axis.plot(middle, [row["known"] for row in own], "_", color="black", markersize=11, label="known")
        axis.set_title(label(theme))
        axis.set_ylim(0.0, 1.05 * max(row["high"] for row in rows))
        axis.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ticks = list(dict.fromkeys((row["from"], row["to"]) for row in rows))
    axes[0].set_xticks([(a + b) / 2 for a, b in ticks], [f"{a}–\n{b}" for a, b in ticks])
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False, fontsize=8)
    figure.supylabel("share of events that treat the theme", fontsize=9)
    return figure
