"""Themes over time: shares of groups with intervals."""

import pytest

from civictopics.evaluation.proportions import wilson_interval
from civictopics.report.charts import share_panels
from civictopics.report.theme_shares import months_between, theme_shares
from civictopics.tagging.group_sample import GroupSample


def sample(*counts: tuple[str, int, int]) -> GroupSample:
    """Return groups by period: how many treat the first theme, of how many."""
    groups = GroupSample()
    for period, treating, total in counts:
        for number in range(total):
            groups.add(f"{period} {number}", period, [number < treating, False, True, number % 2 == 0])
    return groups


def test_shares_and_their_intervals() -> None:
    found = {(s.period, s.theme): s for s in theme_shares(sample(("2020", 30, 100), ("2021-05", 3, 5)))}
    assert len(found) == 8  # two years of four themes: one date has no month
    share = found["2020", "emulation"]
    assert share.share == pytest.approx(0.3)
    assert share.method == "bootstrap"
    assert share.n_groups == 100
    assert 0.2 < share.low < 0.24 and 0.36 < share.high < 0.4  # Wilson's are 0.219 and 0.396
    few = found["2021", "emulation"]
    assert (few.method, few.low, few.high) == ("wilson", *wilson_interval(3, 5))
    none = found["2020", "mass_mobilisation"]
    assert (none.method, none.low) == ("wilson", 0.0)
    assert none.high == pytest.approx(wilson_interval(0, 100)[1])


def test_translations_that_disagree_count_in_part() -> None:
    groups = GroupSample()
    for number in range(20):
        for language in range(4):
            groups.add(f"g{number}", "2022-01", [language == 0, True, False, False])
    found = theme_shares(groups)
    assert found[0].period == "2022-01"  # months, as the corpus is short
    assert found[0].share == 0.25
    assert found[0].n_groups == 20


def test_the_same_intervals_in_any_order() -> None:
    counts = [("2020", 30, 100), ("2021", 3, 50)]
    assert theme_shares(sample(*counts)) == theme_shares(sample(*reversed(counts)))


def test_no_dates_no_shares() -> None:
    groups = GroupSample()
    groups.add("g", "", [True, False, False, False])
    assert theme_shares(groups) == []
    assert share_panels([]) == []


def test_a_gap_in_time_breaks_the_line() -> None:
    panel = share_panels(theme_shares(sample(("2018", 1, 20), ("2019", 1, 20), ("2022", 1, 20))))[0]
    assert [len(run) for run in panel.runs] == [2, 1]
    assert months_between("2018-01", "2018-12") == 12
