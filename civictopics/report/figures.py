"""The figures of the main job: drawn, written, described in words."""

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from civictopics.report.data import ReportData
from civictopics.report.key_phrase_figure import draw_key_phrases
from civictopics.report.map_figure import draw_map
from civictopics.report.style import figure_style, save
from civictopics.report.tag_figures import draw_meeting_types, draw_theme_counts
from civictopics.report.time_figure import draw_themes_over_time

Drawing = Callable[[ReportData, Figure], str]

DRAWINGS: dict[str, tuple[Drawing, tuple[float, float]]] = {
    "theme-counts": (draw_theme_counts, (7.0, 3.2)),
    "theme-map": (draw_map, (7.0, 5.0)),
    "themes-over-time": (draw_themes_over_time, (7.0, 4.6)),
    "meeting-types": (draw_meeting_types, (7.0, 3.8)),
    "key-phrases": (draw_key_phrases, (11.0, 6.0)),
}
"""Each drawing with its width and height in inches."""


def write_figures(folder: Path, data: ReportData) -> dict[str, str]:
    """Write every figure as PNG and SVG into `folder`.

    Returns
    -------
    dict of str to str
        The name of each figure and what it shows, in words.
    """
    folder.mkdir()
    described = {}
    for name, (draw, size) in DRAWINGS.items():
        with figure_style():
            figure = Figure(figsize=size)
            described[name] = draw(data, figure)
        save(figure, folder, name)
    return described
