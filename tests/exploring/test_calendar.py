from datetime import date

from civictopics.exploring import draw_calendar, draw_periods, period_bars


def test_bars_are_of_periods_with_both_dates_earliest_first() -> None:
    bars = period_bars(
        ["b", "a", "open", "bad"],
        ["year", "term", "year", "year"],
        ["2022-01-01", "2015-01-01", "2020-01-01", "2022-02-31"],
        ["2022-12-31", "2020-12-31", "", "2022-12-31"],
        ["2023-01-05", "2017", "", ""],
    )
    assert [bar.name for bar in bars] == ["a", "b"]
    assert [bar.published for bar in bars] == [None, date(2023, 1, 5)]


def test_a_bar_reaches_over_the_whole_of_its_last_day() -> None:
    figure = draw_periods(period_bars(["x"], ["month"], ["2020-01-01"], ["2020-01-31"], [""]), "Periods")
    assert figure.axes[0].patches[0].get_width() == 31


def test_a_group_counts_once_in_a_month() -> None:
    figure = draw_calendar(["congress"] * 3, ["2020-05-01", "2020-05-02", "2020"], ["g", "g", "h"], "Meetings")
    assert [text.get_text() for text in figure.axes[0].texts] == ["1"]
    assert figure.axes[0].get_title(loc="left") == "Meetings (1 groups)"


def test_nothing_to_draw_is_an_empty_figure() -> None:
    assert draw_periods([], "Periods").axes
    assert draw_calendar([], [], [], "Meetings").axes
