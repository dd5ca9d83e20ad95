"""The page's own charts: places and lengths for its inline SVG, nothing of its looks."""

from collections import Counter
from dataclasses import dataclass

from civictopics.report.style import THEME_COLOURS, label
from civictopics.report.theme_shares import ThemeShare
from civictopics.tagging.summary import RunSummary
from civictopics.themes.guided import GUIDED_THEMES

_MOST_MONTHS = 48
_MOST_LABELS = 8
_SMALLEST_STEP = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its name and its share of the longest bar and of the whole, in per cent."""

    name: str
    count: int
    length: float
    share: float


@dataclass(frozen=True, slots=True)
class Column:
    """One period of a column chart: where it stands, how high it is, and its label where it has one."""

    period: str
    count: int
    x: float
    y: float
    height: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Articles by period of publication.

    Attributes
    ----------
    width, height, column_width : float
        Of the drawing area.
    columns : list of Column
        Without gaps from the first period to the last.
    ticks : list of (float, int)
        Height and value of the lines across.
    by_language : list of (str, list of int)
        Each period that has articles, with the articles of each language.
    undated : int
        Articles without a date, or with less than the chart's precision.
    """

    width: float
    height: float
    column_width: float
    columns: list[Column]
    ticks: list[tuple[float, int]]
    by_language: list[tuple[str, list[int]]]
    undated: int


@dataclass(frozen=True, slots=True)
class SharePoint:
    """One period of a theme's panel."""

    share: ThemeShare
    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SharePanel:
    """One theme over time.

    Attributes
    ----------
    theme : str
    number : int
        Of its colour.
    points : list of SharePoint
    runs : list of list of SharePoint
        The points of periods that follow each other: they are joined by a line.
    labels : list of (float, str)
        Places of some periods below the panel.
    """

    theme: str
    number: int
    points: list[SharePoint]
    runs: list[list[SharePoint]]
    labels: list[tuple[float, str]]


PANEL_WIDTH, PANEL_HEIGHT = 360.0, 150.0


def bars(counts: Counter[str], total: int, order: list[str] | None = None) -> list[Bar]:
    """Return the values in `order`, by default the most common first."""
    names = order or sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))
    longest = max((counts[name] for name in names), default=0) or 1
    return [
        Bar(name, counts[name], round(100 * counts[name] / longest, 1), 100 * counts[name] / max(1, total))
        for name in names
    ]


def periods_between(first: str, last: str) -> list[str]:
    """Return all years, or all months, from the first to the last.

    Examples
    --------
    >>> periods_between("2023-11", "2024-01")
    ['2023-11', '2023-12', '2024-01']
    """
    if len(first) == len("2023"):
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    start, end = (int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def articles_over_time(summary: RunSummary, languages: list[str]) -> ColumnChart | None:
    """Return the chart of articles by month, or by year where the corpus is long or its dates are coarse."""
    months = sorted({month for month, _ in summary.languages_by_month if month})
    if not months:
        return None
    fine = [month for month in months if len(month) > len("2023")]
    by_month = len(fine) == len(months) and len(periods_between(months[0], months[-1])) <= _MOST_MONTHS
    width = len("2023-01") if by_month else len("2023")
    counts: Counter[tuple[str, str]] = Counter()
    for (month, language), count in summary.languages_by_month.items():
        counts[month[:width], language] += count
    totals: Counter[str] = Counter()
    for (period, _), count in counts.items():
        totals[period] += count
    undated = totals.pop("", 0)
    return _column_chart(totals, [(p, [counts[p, code] for code in languages]) for p in sorted(totals)], undated)


def _column_chart(totals: Counter[str], by_language: list[tuple[str, list[int]]], undated: int) -> ColumnChart:
    width, height = 700.0, 130.0
    periods = periods_between(min(totals), max(totals))
    step = _round_step(max(totals.values()))
    top = step * -(-max(totals.values()) // step)
    room = width / len(periods)
    every = -(-len(periods) // (2 * _MOST_LABELS if len(periods[0]) == len("2023") else _MOST_LABELS))
    columns = [
        Column(
            period,
            totals[period],
            round(place * room + 0.1 * room, 2),
            round(height * (1 - totals[period] / top), 2),
            round(height * totals[period] / top, 2),
            place % every == 0,
        )
        for place, period in enumerate(periods)
    ]
    ticks = [(round(height * (1 - value / top), 2), value) for value in range(0, top + 1, step)]
    return ColumnChart(width, height, round(0.8 * room, 2), columns, ticks, by_language, undated)


def share_panels(shares: list[ThemeShare]) -> list[SharePanel]:
    """Return a panel for each guided theme."""
    if not shares:
        return []
    periods = periods_between(min(share.period for share in shares), max(share.period for share in shares))
    room = PANEL_WIDTH / len(periods)
    x = {period: round((place + 0.5) * room, 2) for place, period in enumerate(periods)}
    every = -(-len(periods) // (6 if len(periods[0]) == len("2023") else 4))
    labels = [(x[period], period) for period in periods[::every]]
    numbers = {theme: number for number, theme in enumerate(THEME_COLOURS)}
    panels = []
    for theme in GUIDED_THEMES:
        points = {
            share.period: SharePoint(
                share, x[share.period], _height(share.share), _height(share.low), _height(share.high)
            )
            for share in shares
            if share.theme == theme
        }
        runs: list[list[SharePoint]] = [[]]
        for period in periods:
            if period in points:
                runs[-1].append(points[period])
            elif runs[-1]:
                runs.append([])
        panels.append(SharePanel(theme, numbers[theme], list(points.values()), runs, labels))
    return panels


def per_cent(share: float) -> str:
    """Return a share for people: no false precision, and nothing that is not certain is called so.

    Examples
    --------
    >>> per_cent(0.876), per_cent(0.9996), per_cent(0.0004), per_cent(1)
    ('88%', '>99%', '<1%', '100%')
    """
    if 0.995 <= share < 1:
        return ">99%"
    return "<1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"


def table_of_themes(summary: RunSummary, languages: list[str]) -> list[tuple[str, list[tuple[int, float]]]]:
    """Return for each guided theme the articles that treat it in each language, and their share of the language."""
    return [
        (
            label(theme),
            [
                (summary.themes_by_language[theme, code], summary.themes_by_language[theme, code] / total)
                for code in languages
                if (total := summary.languages[code])
            ],
        )
        for theme in GUIDED_THEMES
    ]


def _height(share: float) -> float:
    return round(PANEL_HEIGHT * (1 - share), 2)


def _round_step(largest: int) -> int:
    """Return a round distance at which two to five lines divide the height."""
    step = _SMALLEST_STEP
    while True:
        for factor in (1, 2, 5):
            if largest <= 4 * factor * step:
                return factor * step
        step *= 10
