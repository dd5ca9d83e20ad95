"""What the rules named in language files mean: from captured numbers to a kind and an interval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from civictopics.periods import calendar, lunar
from civictopics.periods.calendar import UNKNOWN, Anchor, Interval
from civictopics.periods.lexicon import OFFSETS
from civictopics.periods.readings import Reading

_COUNTED = {1: "month", 3: "quarter", 6: "half_year", 9: "nine_months", 12: "year"}
_EARLY_IN_MONTH = 12  # until then, "in the month" is said of the month before
_SHORT_DAYS = 3  # an event of so few days is a date, not a span
_LONG_YEARS = 3  # two full dates further apart are an anniversary
_EARLY_IN_YEAR = 4  # until then, "the past five years" ended with the last one
_LAST_MONTH = 12
_JUST_ENDED = 2  # until then, "one year of the scheme" is the calendar year before
_NEXT_QUARTER = 3  # months ahead
_LATE_AUTUMN = 10  # from October on, "the year just past" is the one that is ending


@dataclass(frozen=True, slots=True)
class Resolved:
    """The meaning of a reading.

    Attributes
    ----------
    kind : str
        Kind of period.
    start, end : str
        Its interval, empty when unknown.
    single_day : bool
        Whether it is the date of something rather than a span.
    """

    kind: str
    start: str = ""
    end: str = ""
    single_day: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at: captured values, constants, the anchor, and whether it lies ahead."""

    values: Mapping[str, int]
    constants: Mapping[str, Any]
    anchor: Anchor
    planned: bool

    def number(self, name: str) -> int:
        """Return a captured value, else a constant, else 0."""
        return int(self.values.get(name, self.constants.get(name, 0)))

    def year(self, first_month: int = 1, last_month: int = 12, nearest: int = 0) -> int:
        """Return the year that the span lies in, 0 when neither text nor anchor tells it.

        One that begins more than `nearest` months ahead, and is not planned, is the one of the year before.
        """
        if "year" in self.values:
            return self.values["year"]
        anchor = self.anchor
        if not anchor.year:
            return 0
        offset = self.values.get("rel", self.constants.get("rel"))
        if offset is not None:
            return just_past(anchor) if offset == OFFSETS["PAST"] else anchor.year + int(offset)
        if self.constants.get("ahead") and anchor.month > 3:
            return anchor.year
        if anchor.month and self.planned and anchor.month - last_month >= 6:
            return anchor.year + 1
        if anchor.month and not self.planned and first_month - anchor.month > nearest:
            return anchor.year - 1
        return anchor.year


def just_past(anchor: Anchor) -> int:
    """Return the year that "the year just past" means; without a month, the one before."""
    return anchor.year if anchor.month >= _LATE_AUTUMN else anchor.year - 1


def resolve(reading: Reading, anchor: Anchor, *, planned: bool) -> Resolved | None:
    """Give a reading its kind and interval."""
    case = Case(reading.values, reading.constants, anchor, planned)
    return RULES[reading.rule](case)


def _dated(kind: str, interval: Interval) -> Resolved:
    if not (interval[0] and interval[1]) or interval[0] > interval[1]:
        interval = UNKNOWN
    return Resolved(kind, *interval)


def _month(case: Case) -> Resolved:
    if "m" in case.values:
        month = case.values["m"]
        year = case.year(month, month)
    else:
        anchor = case.anchor
        offset = int(case.values.get("rel", case.constants.get("rel", 0)))
        offset = -1 if offset == OFFSETS["PAST"] else offset
        if case.constants.get("open") and 0 < anchor.day <= _EARLY_IN_MONTH:
            offset = -1
        total = anchor.year * 12 + anchor.month - 1 + offset
        year, month = (total // 12, total % 12 + 1) if anchor.month else (0, 1)
    return _dated("month", calendar.months(year, month, month) if calendar.is_year(year) else UNKNOWN)


def _months(case: Case) -> Resolved:
    """First, last, past or simply N months."""
    count, edge = case.number("n") * int(case.constants.get("unit", 1)), case.constants.get("edge", "first")
    kind = _COUNTED.get(count, "other")
    if not 1 <= count <= 12:
        return Resolved("other")
    if edge == "last_or_past":  # "the last six months": ahead among tasks, behind elsewhere
        edge = "last" if case.planned else "past"
    if edge == "past":
        return _dated(kind, _past_months(case.anchor, count) if "year" not in case.values else UNKNOWN)
    first, last = (13 - count, 12) if edge == "last" else (1, count)
    year = case.year(first if edge == "last" else 1, last)
    if edge == "bare" and "year" not in case.values and case.anchor.month:
        if count == 12 and case.anchor.month < _LATE_AUTUMN:
            year -= 1
        elif count > case.anchor.month + 1:
            return Resolved(kind)
    return _dated(kind, calendar.months(year, first, last) if calendar.is_year(year) else UNKNOWN)


def _past_months(anchor: Anchor, count: int) -> Interval:
    if not anchor.month:
        return calendar.months(anchor.year, 1, count) if anchor.year and count < 12 else UNKNOWN
    if 0 <= anchor.month - count <= 1:
        return calendar.months(anchor.year, 1, count)
    if count == 12:
        return calendar.years(anchor.year - 1, anchor.year - 1)
    return UNKNOWN


def _month_count(case: Case) -> Resolved:
    """N months of something that has its own beginning."""
    return Resolved("other")


def _quarter(case: Case) -> Resolved:
    quarter, anchor = case.number("q"), case.anchor
    year = 0
    if quarter:
        year = case.year(quarter * 3 - 2, quarter * 3, _NEXT_QUARTER)
    elif anchor.month:
        offset = int(case.values.get("rel", case.constants.get("rel", 0)))
        total = anchor.year * 4 + (anchor.month - 1) // 3 + (-1 if offset == OFFSETS["PAST"] else offset)
        year, quarter = total // 4, total % 4 + 1
    first = max(quarter * 3 - 2, 1)
    return _dated("quarter", calendar.months(year, first, first + 2) if calendar.is_year(year) else UNKNOWN)


def _half(case: Case) -> Resolved:
    half = case.number("h")
    first, last = (1, 6) if half == 1 else (7, 12)
    year = case.year(first if half == 2 else 1, last, _NEXT_QUARTER) if half in (1, 2) else 0
    return _dated("half_year", calendar.months(year, first, last) if calendar.is_year(year) else UNKNOWN)


def _year(case: Case) -> Resolved:
    year = case.year()
    return _dated("year", calendar.years(year, year) if calendar.is_year(year) else UNKNOWN)


def _school_year(case: Case) -> Resolved:
    first = case.values.get("year", 0)
    second = _second_year(case, first)
    if first and second and second != first + 1:
        return _dated("multi_year", calendar.years(first, second))
    anchor = case.anchor
    if not first and anchor.month:
        offset = int(case.values.get("rel", case.constants.get("rel", 0)))
        first = anchor.year if anchor.month >= 9 else anchor.year - 1
        if offset == OFFSETS["NEXT"]:
            first = anchor.year
        elif offset < 0:
            first = anchor.year - 1 if anchor.month >= 5 else anchor.year - 2
    return Resolved("school_year", *(calendar.school_year(first) if calendar.is_year(first) else UNKNOWN))


def _second_year(case: Case, first: int) -> int:
    if "short" in case.values:
        return first + (case.values["short"] - first) % 100
    return case.values.get("year2", 0)


def _years(case: Case) -> Resolved | None:
    """Read a range of years; its kind is a constant of the pattern."""
    kind = str(case.constants.get("kind", "multi_year"))
    first = case.values.get("year", 0)
    if not first:
        return Resolved(kind)
    second = case.anchor.year if case.constants.get("until_now") else _second_year(case, first)
    if not second:
        return Resolved(kind)
    interval = calendar.years(first, second) if calendar.is_year(first) and calendar.is_year(second) else UNKNOWN
    return _dated(kind, interval)


def _year_count(case: Case) -> Resolved:
    """N years of carrying something out, counted from its document's date or back from the anchor."""
    count = case.number("n")
    if count == 1:
        return _one_year(case)
    begun, now = case.number("document"), case.anchor.year
    ahead = case.planned or case.values.get("rel", case.constants.get("rel")) == OFFSETS["NEXT"]
    if ahead:
        first = now + 1 if now else 0
        return _dated("multi_year", calendar.years(first, first + count - 1) if calendar.is_year(first) else UNKNOWN)
    # In the first months of a year whole years are counted up to the one before it, in December up to this one.
    early, late = 0 < case.anchor.month <= _EARLY_IN_YEAR, case.anchor.month == _LAST_MONTH
    last = now - early if now else begun + count if begun else 0
    first = (now or last) - count + late
    if begun and abs(begun + count - (now or last)) <= 1:
        first = begun
    return _dated("multi_year", calendar.years(first, last) if calendar.is_year(first) else UNKNOWN)


def _one_year(case: Case) -> Resolved:
    """One year of carrying something out: the calendar year, where it is told as that year ends or has just ended."""
    anchor = case.anchor
    year = anchor.year if anchor.month == _LAST_MONTH else anchor.year - 1 if 0 < anchor.month <= _JUST_ENDED else 0
    if case.planned or not calendar.is_year(year):
        return Resolved("other")
    return _dated("year", calendar.years(year, year))


def _date(case: Case) -> Resolved | None:
    day = calendar.iso_date(case.year(), case.number("m"), case.number("d"))
    if not day and "year" in case.values:
        return None
    return Resolved("other", day, day, single_day=True)


def _dates(case: Case) -> Resolved | None:
    """From one day (or month) to another, or until now."""
    first_month, last_month = case.number("m"), case.number("m2")
    if case.constants.get("until_now"):
        anchor = case.anchor
        end = anchor.iso
        year = case.year(first_month, first_month)
    else:
        last_month = last_month or first_month
        end_year = case.values.get("year2") or (case.year(last_month, last_month) if "year" not in case.values else 0)
        year = case.values.get("year") or (end_year - (first_month > last_month > 0) if end_year else 0)
        end_year = end_year or year + ((first_month or last_month) > last_month)
        end_day = case.number("d2") or (calendar.last_day(end_year, last_month) if end_year else 0)
        end = calendar.iso_date(end_year, last_month, end_day)
    start = calendar.iso_date(year, first_month or last_month, case.number("d") or 1)
    if start and end:
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days
        if not 0 <= days <= 366 * _LONG_YEARS:
            return None
        return Resolved(interval_kind(start, end), start, end, single_day=days < _SHORT_DAYS)
    close = (
        "d2" in case.values and first_month in (0, last_month) and case.number("d2") - case.number("d") < _SHORT_DAYS
    )
    return Resolved("other", single_day=close)


def interval_kind(start: str, end: str) -> str:
    """Return the kind of an interval of whole months, ``other`` where it is none or a single one (a drive)."""
    year, first, last = int(start[:4]), int(start[5:7]), int(end[5:7])
    whole = start[8:] == "01" and end == calendar.iso_date(int(end[:4]), last, calendar.last_day(int(end[:4]), last))
    if not whole or year != int(end[:4]):
        return "other"
    count = last - first + 1
    if (count, first) in ((6, 1), (6, 7), (9, 1), (12, 1)) or (count == 3 and first % 3 == 1):
        return _COUNTED[count]
    return "other"


def _since_start(case: Case) -> Resolved:
    """Since the start of the year."""
    year = case.year()
    start = calendar.iso_date(year, 1, 1)
    if "m2" in case.values and year:
        month = case.values["m2"]
        end = calendar.iso_date(year, month, case.number("d2") or calendar.last_day(year, month))
        return _dated(interval_kind(start, end) if start and end else "other", (start, end))
    return _dated("other", (start, case.anchor.iso))


def _other(case: Case) -> Resolved:
    return Resolved("other")


def _same_period(case: Case) -> Resolved:
    return Resolved("other")


def tet_year(case: Case) -> int:
    """Return the year that a Tet opens."""
    if "cycle" in case.values and "year" not in case.values:
        return lunar.cycle_year(case.values["cycle"], case.anchor.year or 2020)
    if "year" in case.values or "rel" in case.values or "rel" in case.constants:
        return case.year()
    anchor = case.anchor
    return anchor.year + (anchor.month >= _LATE_AUTUMN) if anchor.year else 0


def _tet(case: Case) -> Resolved:
    return _dated("other", lunar.tet_season(tet_year(case)))


def _tet_days(case: Case) -> Resolved:
    """From a day of the last lunar month (or of the first) to a day of the first."""
    year = tet_year(case)
    start = lunar.tet_day(year, case.number("d"), case.number("moon") or 1)
    end = case.anchor.iso if case.constants.get("until_now") else lunar.tet_day(year, case.number("d2"), 1)
    return _dated("other", (start, end))


RULES: dict[str, Callable[[Case], Resolved | None]] = {
    "month": _month,
    "months": _months,
    "month_count": _month_count,
    "quarter": _quarter,
    "half": _half,
    "year": _year,
    "school_year": _school_year,
    "years": _years,
    "year_count": _year_count,
    "date": _date,
    "dates": _dates,
    "since_start": _since_start,
    "other": _other,
    "same_period": _same_period,
    "tet": _tet,
    "tet_days": _tet_days,
    "ignore": lambda case: None,
}
"""The rules that a language file may name."""
