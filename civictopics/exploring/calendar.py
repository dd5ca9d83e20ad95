"""Meeting types over the months of the year, and reporting periods as bars in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from civictopics.report.style import figure_style, label

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KIND_COLOURS = {
    "month": "#CC79A7",
    "quarter": "#E69F00",
    "half_year": "#D55E00",
    "nine_months": "#B8A300",
    "year": "#0072B2",
    "school_year": "#56B4E9",
    "multi_year": "#009E73",
    "term": "#4B4B4B",
}
_OTHER_COLOUR = "#9E9E9E"


@dataclass(frozen=True, slots=True)
class PeriodBar:
    """The reporting period of a group, and when it was published.

    Attributes
    ----------
    name, kind : str
    start, end : date
    published : date or None
    """

    name: str
    kind: str
    start: date
    end: date
    published: date | None


def period_bars(
    names: Sequence[str],
    kinds: Sequence[str],
    starts: Sequence[str],
    ends: Sequence[str],
    published: Sequence[str],
) -> list[PeriodBar]:
    """Return bars of those periods that have both dates, earliest first.

    Parameters
    ----------
    names, kinds, starts, ends, published : sequence of str
        One each per article; dates in ISO 8601, empty where unknown. A date of
        publication of reduced precision is left out.
    """
    bars = []
    for name, kind, start, end, when in zip(names, kinds, starts, ends, published, strict=True):
        first, last = _day(start), _day(end)
        if first is not None and last is not None:
            bars.append(PeriodBar(name, kind, first, last, _day(when)))
    return sorted(bars, key=lambda bar: (bar.start, bar.end, bar.name))


def draw_periods(bars: Sequence[PeriodBar], title: str) -> Figure:
    """Draw each period as a bar in time, with a dot at its publication.

    Parameters
    ----------
    bars : sequence of PeriodBar
    title : str
    """
    with figure_style():
        figure = Figure(figsize=(8.0, 1.2 + 0.2 * max(2, len(bars))))
        axes = figure.subplots()
        for place, bar in enumerate(bars):
            first, last = bar.start.toordinal(), bar.end.toordinal() + 1
            axes.barh(place, last - first, left=first, height=0.7, color=_KIND_COLOURS.get(bar.kind, _OTHER_COLOUR))
            if bar.published is not None:
                axes.plot(bar.published.toordinal(), place, marker=".", color="black", markersize=5)
        axes.set_yticks(range(len(bars)), [_short(bar.name) for bar in bars], fontsize=6.5)
        axes.set_ylim(max(1, len(bars)) - 0.5, -0.5)
        years = _years(bars)
        axes.set_xticks([date(year, 1, 1).toordinal() for year in years], [str(year) for year in years])
        axes.grid(axis="x", color="#e3e3e3", linewidth=0.6)
        axes.set_axisbelow(True)
        kinds = [kind for kind in [*_KIND_COLOURS, ""] if any(_kind(bar) == kind for bar in bars)]
        patches = [Patch(color=_KIND_COLOURS.get(kind, _OTHER_COLOUR)) for kind in kinds]
        names = [label(kind) if kind else "other" for kind in kinds]
        figure.legend(patches, names, loc="outside lower center", ncols=5, fontsize=7, frameon=False)
        axes.set_title(f"{title} (dots: published)")
    return figure


def draw_calendar(types: Sequence[str], published: Sequence[str], groups: Sequence[str], title: str) -> Figure:
    """Draw how many groups report each type of meeting in each month of the year.

    A group counts once in each type and month that its articles name. Articles
    whose month is not known are left out; the title says how many groups are shown.

    Parameters
    ----------
    types, published, groups : sequence of str
        One each per article.
    title : str
    """
    held: dict[tuple[str, int], set[str]] = {}
    for kind, when, group in zip(types, published, groups, strict=True):
        if len(when) >= len("2023-01"):
            held.setdefault((kind, int(when[5:7]) - 1), set()).add(group)
    sizes: dict[str, int] = {}
    for (kind, _), members in held.items():
        sizes[kind] = sizes.get(kind, 0) + len(members)
    rows = sorted(sizes, key=lambda kind: (-sizes[kind], kind))
    counts = np.array([[len(held.get((kind, month), ())) for month in range(12)] for kind in rows]).reshape(-1, 12)
    with figure_style():
        figure = Figure(figsize=(7.2, 1.2 + 0.28 * max(1, len(rows))))
        axes = figure.subplots()
        highest = max(1, int(counts.max(initial=0)))
        if rows:
            axes.imshow(np.where(counts > 0, counts, np.nan), cmap="cividis", vmin=0, vmax=highest, aspect="auto")
        for (row, month), count in np.ndenumerate(counts):
            if count:
                axes.text(
                    month, row, str(count), ha="center", va="center", color="white" if count < highest / 2 else "black"
                )
        axes.set_xticks(range(12), MONTHS)
        axes.set_yticks(range(len(rows)), [label(kind) for kind in rows])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
        axes.set_title(f"{title} ({len(set().union(*held.values())) if held else 0} groups)")
    return figure


def _kind(bar: PeriodBar) -> str:
    return bar.kind if bar.kind in _KIND_COLOURS else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _short(name: str) -> str:
    return name if len(name) <= 58 else f"{name[:57]}…"


def _years(bars: Sequence[PeriodBar]) -> range:
    """Return at most about twelve years between the first and the last."""
    if not bars:
        return range(0)
    first, last = min(bar.start.year for bar in bars), max(bar.end.year for bar in bars) + 1
    return range(first, last + 1, max(1, -(-(last - first) // 12)))
