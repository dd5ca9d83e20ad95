"""Dates, intervals and the lunar calendar."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictopics.periods import calendar, lunar, lunar_table
from civictopics.periods.rules import interval_kind

TABLE = Path(lunar.__file__).with_name("lunar_new_years.json")


@given(st.integers(1945, 2100), st.integers(1, 12))
def test_last_day(year: int, month: int) -> None:
    following = date(year + month // 12, month % 12 + 1, 1) if year < 2100 or month < 12 else date(2101, 1, 1)
    assert calendar.last_day(year, month) == (following - timedelta(days=1)).day


@given(st.dates(date(1945, 1, 1), date(2026, 1, 1)))
def test_published_dates_survive(day: date) -> None:
    anchor = calendar.parse_published(day.isoformat(), today=date(2026, 1, 1))
    assert (anchor.year, anchor.month, anchor.day) == (day.year, day.month, day.day)
    assert anchor.iso == day.isoformat()


@pytest.mark.parametrize(
    ("interval", "kind"),
    [
        (("2019-01-01", "2019-06-30"), "half_year"),
        (("2019-07-01", "2019-09-30"), "quarter"),
        (("2019-01-01", "2019-09-30"), "nine_months"),
        (("2019-05-01", "2019-05-31"), "other"),
        (("2019-01-01", "2019-12-31"), "year"),
        (("2019-02-01", "2019-04-30"), "other"),
        (("2018-12-15", "2019-02-15"), "other"),
    ],
)
def test_interval_kind(interval: tuple[str, str], kind: str) -> None:
    assert interval_kind(*interval) == kind


def test_the_shipped_table_is_what_the_function_makes(tmp_path: Path) -> None:
    lunar_table.write_table(tmp_path / "table.json")
    assert (tmp_path / "table.json").read_bytes() == TABLE.read_bytes()


def test_new_years_known_from_newspapers() -> None:
    days = ["1990-01-27", "2000-02-05", "2007-02-17", "2017-01-28", "2023-01-22", "2025-01-29", "2026-02-17"]
    assert [lunar.new_year(int(day[:4])) for day in days] == days


def test_new_years_against_a_kept_library() -> None:
    lunardate = pytest.importorskip("lunardate")
    differing = []
    for year in range(1990, 2051):
        day = lunardate.LunarDate(year, 1, 1)
        chinese = day.to_solar_date() if hasattr(day, "to_solar_date") else day.toSolarDate()
        if chinese.isoformat() != lunar.new_year(year):
            differing.append(year)
    # There the new moon falls before midnight in Ha Noi and after it in Beijing.
    assert differing == [2007, 2030]


def test_days_of_tet() -> None:
    assert lunar.tet_day(2017, 29, 12) == "2017-01-26"
    assert lunar.tet_day(2017, 5, 1) == "2017-02-01"
    assert lunar.tet_day(2007, 30, 12) == ""
    assert lunar.tet_day(1989, 1, 1) == lunar.tet_day(2051, 1, 1) == lunar.tet_day(2017, 31, 1) == ""
    assert lunar.tet_season(2017) == ("2016-12-29", "2017-02-11")


@given(st.integers(0, 59), st.integers(1990, 2050))
def test_cycle_year(place: int, near: int) -> None:
    year = lunar.cycle_year(place, near)
    assert abs(year - near) <= 30
    assert (year - 4) % 60 == place
