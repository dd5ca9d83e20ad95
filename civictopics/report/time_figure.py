"""Themes over time, with uncertainty: one panel for each theme."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from civictopics.report.charts import periods_between
from civictopics.report.data import ReportData
from civictopics.report.style import THEME_COLOURS, THEME_MARKERS, label
from civictopics.report.theme_shares import ThemeShare
from civictopics.themes.guided import GUIDED_THEMES

_MOST_TICKS = 7


def draw_themes_over_time(data: ReportData, figure: Figure) -> str:
    """Draw the share of groups that treat each theme, by period of publication, with 95 % intervals."""
    if not data.shares:
        axes = figure.add_subplot()
        axes.text(0.5, 0.5, "no article has a publication date", ha="center", va="center", transform=axes.transAxes)
        axes.set_axis_off()
        return "No article has a publication date."
    periods = sorted({share.period for share in data.shares})
    places = {period: place for place, period in enumerate(periods_between(periods[0], periods[-1]))}
    figure.suptitle("Themes over time (translations count once)", x=0.01, ha="left", fontsize=11)
    panels = figure.subplots(2, 2, sharex=True, sharey=True).ravel()
    for axes, theme in zip(panels, GUIDED_THEMES, strict=True):
        own = [share for share in data.shares if share.theme == theme]
        _draw_panel(axes, own, [places[share.period] for share in own], theme)
        ticks = list(places.values())[:: max(1, -(-len(places) // _MOST_TICKS))]
        names = list(places)
        axes.set_xticks(ticks, [names[tick] for tick in ticks])
        axes.set_xlim(-0.6, len(places) - 0.4)
        axes.set_ylim(0, 1.02)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    figure.supxlabel("published; bars: 95 % intervals over groups", fontsize=9)
    figure.supylabel("groups that treat the theme", fontsize=9)
    n_groups = sum(share.n_groups for share in data.shares if share.theme == GUIDED_THEMES[0])
    return f"Share of groups that treat each theme, {periods[0]} to {periods[-1]}, {n_groups:,} dated groups."


def _draw_panel(axes: Axes, shares: list[ThemeShare], places: list[int], theme: str) -> None:
    spread = [[share.share - share.low for share in shares], [share.high - share.share for share in shares]]
    axes.errorbar(
        places,
        [share.share for share in shares],
        yerr=spread,
        color=THEME_COLOURS[theme],
        marker=THEME_MARKERS[theme],
        markersize=4,
        linewidth=0.8,
        elinewidth=0.8,
        capsize=1.5,
    )
    axes.set_title(label(theme), fontsize=9)
    axes.grid(axis="y", color="#e3e3e3", linewidth=0.6)
    axes.set_axisbelow(True)
