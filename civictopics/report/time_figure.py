"""Themes over time, with uncertainty."""

from matplotlib.figure import Figure

from civictopics.evaluation.proportions import wilson_interval
from civictopics.report.data import ReportData
from civictopics.report.style import THEME_COLOURS, THEME_MARKERS, label
from civictopics.themes.guided import GUIDED_THEMES


def draw_themes_over_time(data: ReportData, figure: Figure) -> str:
    """Draw the share of groups that treat each theme, by year of publication, with 95 % intervals (Wilson)."""
    summary = data.summary
    years = sorted(summary.groups_by_year)
    axes = figure.add_subplot()
    axes.set_title("Themes over time (translations count once)")
    axes.set_ylabel("share of groups that treat the theme")
    if not years:
        axes.text(0.5, 0.5, "no article has a publication date", ha="center", va="center", transform=axes.transAxes)
        axes.set_axis_off()
        return "No article has a publication date."
    for offset, theme in enumerate(GUIDED_THEMES):
        counts = [summary.themes_by_year[theme, year] for year in years]
        totals = [summary.groups_by_year[year] for year in years]
        shares = [count / total for count, total in zip(counts, totals, strict=True)]
        intervals = [wilson_interval(count, total) for count, total in zip(counts, totals, strict=True)]
        spread = [
            [max(0.0, share - low) for share, (low, _) in zip(shares, intervals, strict=True)],
            [max(0.0, high - share) for share, (_, high) in zip(shares, intervals, strict=True)],
        ]
        places = [int(year) + 0.12 * (offset - 1.5) for year in years]
        axes.errorbar(
            places,
            shares,
            yerr=spread,
            color=THEME_COLOURS[theme],
            marker=THEME_MARKERS[theme],
            markersize=5,
            linewidth=1,
            elinewidth=0.8,
            label=label(theme),
        )
    numbers = [int(year) for year in years]
    step = max(1, (numbers[-1] - numbers[0]) // 12)
    axes.set_xticks(range(numbers[0], numbers[-1] + 1, step))
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("year of publication; bars: 95 % intervals")
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    dated = sum(summary.groups_by_year.values())
    return f"Share of groups that treat each theme by year, {years[0]} to {years[-1]}, {dated} dated groups."
