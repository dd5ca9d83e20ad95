"""Shares of groups, by any property of theirs, with intervals; and their figure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from civictopics.errors import InputError
from civictopics.evaluation.shares import share_interval
from civictopics.report.style import figure_style

_COLOUR = "#0072B2"


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval.

    Attributes
    ----------
    value : str
        Of the property, such as a province.
    share, low, high : float
        Mean over groups of the share of the group's articles.
    n_groups, n_articles : int
    method : str
        ``bootstrap`` (BCa over groups), or ``wilson`` where groups are few or all agree.
    """

    value: str
    share: float
    low: float
    high: float
    n_groups: int
    n_articles: int
    method: str


def shares_by(
    has: Sequence[bool], groups: Sequence[str], by: Sequence[str], *, n_resamples: int = 2_000, seed: int = 0
) -> list[Share]:
    """Return for each value of `by` the share of its groups that have something.

    Each group counts once, whatever the number of its translations: where they
    disagree, it counts with the share of its articles.

    Parameters
    ----------
    has : sequence of bool
        One per article, such as whether it treats a theme.
    groups : sequence of str
        The group of each article.
    by : sequence of str
        The property of each article; articles whose value is empty are left out.
    n_resamples, seed : int
        Of the bootstrap.

    Raises
    ------
    InputError
        If the three are of different lengths.
    """
    if not len(has) == len(groups) == len(by):
        raise InputError(f"{len(has)} answers, {len(groups)} groups, {len(by)} values: give one of each per article")
    members: dict[str, dict[str, list[float]]] = {}
    for answer, group, value in zip(has, groups, by, strict=True):
        if value:
            members.setdefault(value, {}).setdefault(group, []).append(float(answer))
    return [_share(value, members[value], n_resamples, seed) for value in sorted(members)]


def _share(value: str, members: dict[str, list[float]], n_resamples: int, seed: int) -> Share:
    means = np.array([np.mean(answers) for answers in members.values()], dtype=np.float64)
    low, high, method = share_interval(means, n_resamples, seed)
    return Share(value, float(means.mean()), low, high, len(means), sum(map(len, members.values())), method)


def draw_shares(shares: Sequence[Share], title: str, label: str) -> Figure:
    """Draw shares as points with their intervals, the number of groups beside each name.

    Parameters
    ----------
    shares : sequence of Share
    title, label : str
        Of the figure, and of its axis.
    """
    with figure_style():
        figure = Figure(figsize=(6.4, 1.2 + 0.27 * max(1, len(shares))))
        axes = figure.subplots()
        places = range(len(shares))
        spread = [[share.share - share.low for share in shares], [share.high - share.share for share in shares]]
        axes.errorbar(
            [share.share for share in shares],
            list(places),
            xerr=spread,
            fmt="o",
            color=_COLOUR,
            markersize=4,
            elinewidth=1,
            capsize=2,
        )
        axes.set_yticks(list(places), [f"{share.value} ({share.n_groups})" for share in shares])
        axes.set_ylim(len(shares) - 0.5, -0.5)
        axes.set_xlim(0, 1.02)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
        axes.grid(axis="x", color="#e3e3e3", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_title(title)
        axes.set_xlabel(f"{label}; 95 % intervals over groups (their number in brackets)")
    return figure
