"""The theme map: articles near each other use similar words."""

import numpy as np
from matplotlib.figure import Figure

from civictopics.report.data import ReportData
from civictopics.report.style import THEME_COLOURS, THEME_MARKERS, label


def draw_map(data: ReportData, figure: Figure) -> str:
    """Draw the shown articles on the plane, with a mark for each main theme."""
    axes = figure.add_subplot()
    themes = np.array([article.row["main_theme"] for article in data.shown])
    for theme, colour in THEME_COLOURS.items():
        members = data.points[themes == theme]
        if len(members):
            axes.scatter(
                members[:, 0],
                members[:, 1],
                s=22,
                c=colour,
                marker=THEME_MARKERS[theme],
                linewidths=0.3,
                edgecolors="white",
                label=f"{label(theme)} ({len(members):,})",
            )
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlabel("first principal component of the article vectors")
    axes.set_ylabel("second")
    axes.set_title("Theme map")
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), title="main theme")
    return f"Map of {len(data.shown):,} articles by their vectors, marked by main theme."
