"""One look for all figures: fonts, colours that the colour-blind tell apart, and files that come out the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

THEME_COLOURS = {
    "emulation": "#D55E00",
    "mass_mobilisation": "#0072B2",
    "tet_security": "#CC79A7",
    "party_building": "#009E73",
    "elected_bodies": "#7F7F7F",
    "economy": "#E69F00",
    "society": "#56B4E9",
    "law_order": "#4B4B4B",
    "foreign_affairs": "#B8A300",
    "other": "#B3B3B3",
}
"""Okabe and Ito's palette, and greys."""

COLOURS_ON_DARK = THEME_COLOURS | {
    "emulation": "#E8722A",
    "mass_mobilisation": "#4DA3DD",
    "party_building": "#1DB98B",
    "elected_bodies": "#9E9E9E",
    "law_order": "#D0D0D0",
    "foreign_affairs": "#CDB92C",
    "other": "#6E6E6E",
}
"""The same hues, lighter, for the page on a dark screen."""

THEME_MARKERS = {
    "emulation": "^",
    "mass_mobilisation": "o",
    "tet_security": "s",
    "party_building": "D",
    "elected_bodies": "P",
    "economy": "v",
    "society": "<",
    "law_order": "X",
    "foreign_affairs": ">",
    "other": ".",
}

LABELS = {
    "mass_mobilisation": "mass mobilisation",
    "tet_security": "Tet security",
    "party_building": "party building",
    "elected_bodies": "elected bodies",
    "law_order": "law and order",
    "foreign_affairs": "foreign affairs",
}

NO_MEETING, NO_PERIOD = "no meeting", "no reporting period"
"""How people read `none` as a meeting type and as a kind of period."""

_SETTINGS: dict[str, Any] = {
    # DejaVu comes with matplotlib and has Vietnamese, Cyrillic and Arabic; alone, it draws the same everywhere.
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "figure.constrained_layout.use": True,
    "savefig.dpi": 150,
    "svg.fonttype": "path",
    "svg.hashsalt": "civictopics",
}


def label(name: str) -> str:
    """Return how people read a name: ``tet_security`` is ``Tet security``."""
    return LABELS.get(name, name.replace("_", " "))


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw in this style; matplotlib's own settings are as before afterwards."""
    with mpl.rc_context(_SETTINGS):  # type: ignore[arg-type]  # the keys are literals in its stubs
        yield


def save(figure: Figure, folder: Path, name: str) -> None:
    """Write a figure as PNG and SVG, without the date."""
    with figure_style():
        figure.savefig(folder / f"{name}.png", metadata={"Software": None})
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
