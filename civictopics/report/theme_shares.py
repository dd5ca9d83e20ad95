"""How common each theme is from period to period, with intervals over groups of articles."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from civictopics.evaluation.scores import Floats
from civictopics.evaluation.shares import share_interval
from civictopics.tagging.group_sample import GroupFacts, GroupSample
from civictopics.themes.guided import GUIDED_THEMES

N_RESAMPLES = 2_000
_MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """Share of the groups of a period that treat a theme.

    Attributes
    ----------
    period : str
        A year or a month (ISO 8601).
    theme : str
    share : float
        Mean over groups of the share of the group's articles that treat the theme.
    low, high : float
        95 % interval.
    n_groups : int
    method : str
        ``bootstrap`` (BCa over groups), or ``wilson`` where groups are few or all agree.
    """

    period: str
    theme: str
    share: float
    low: float
    high: float
    n_groups: int
    method: str


def theme_shares(groups: GroupSample, seed: int = 0) -> list[ThemeShare]:
    """Return the share of each theme in each period that has dated groups, period by period.

    Periods are months where all dates are of months in at most two years, and years otherwise.

    Parameters
    ----------
    groups : GroupSample
    seed : int
        Of the resamples.
    """
    dated = [group for group in groups.groups() if group.published]
    width = _period_width(dated)
    by_period: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for group in dated:
        by_period[group.published[:width]].append(group.shares)
    return [share for period in sorted(by_period) for share in _shares_of(period, np.array(by_period[period]), seed)]


def months_between(first: str, last: str) -> int:
    """Return how many months lie from the first to the last, both included.

    Examples
    --------
    >>> months_between("2023-11", "2024-01")
    3
    """
    (start_year, start_month), (end_year, end_month) = (map(int, month.split("-")[:2]) for month in (first, last))
    return (end_year - start_year) * 12 + end_month - start_month + 1


def _period_width(dated: list[GroupFacts]) -> int:
    dates = [group.published for group in dated]
    if not dates or any(len(date) < len("2023-01") for date in dates):
        return len("2023")
    short = months_between(min(dates), max(dates)) <= _MOST_MONTHS
    return len("2023-01") if short else len("2023")


def _shares_of(period: str, values: Floats, seed: int) -> list[ThemeShare]:
    found = []
    for theme, column in zip(GUIDED_THEMES, values.T, strict=True):
        low, high, method = share_interval(column, N_RESAMPLES, seed)
        found.append(ThemeShare(period, theme, float(column.mean()), low, high, len(column), method))
    return found
