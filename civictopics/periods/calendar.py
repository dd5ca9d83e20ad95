"""Arithmetic of the calendar: months, intervals, and dates that exist."""

import re
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1945, 2100
"""Publication dates and periods outside these years are taken for something else."""

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

Interval = tuple[str, str]
UNKNOWN: Interval = ("", "")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The point in time that relative spans are counted from; each part may be unknown (0)."""

    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """The day as ISO 8601, empty when it is not known to the day."""
        return iso_date(self.year, self.month, self.day) if self.day else ""


def last_day(year: int, month: int) -> int:
    """Return the number of days in a month.

    Examples
    --------
    >>> last_day(2024, 2), last_day(1900, 2)
    (29, 28)
    """
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + leap


def iso_date(year: int, month: int, day: int) -> str:
    """Return a date as ISO 8601, empty when there is no such day in the years that are read."""
    if not (FIRST_YEAR - 100 <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= last_day(year, month)):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def months(year: int, first: int, last: int) -> Interval:
    """Return the interval from the first day of one month to the last day of another.

    Examples
    --------
    >>> months(2024, 1, 6)
    ('2024-01-01', '2024-06-30')
    """
    return f"{year:04d}-{first:02d}-01", f"{year:04d}-{last:02d}-{last_day(year, last):02d}"


def years(first: int, last: int) -> Interval:
    """Return the interval from the first day of one year to the last day of another."""
    return f"{first:04d}-01-01", f"{last:04d}-12-31"


def school_year(first: int) -> Interval:
    """Return the school year that begins in September of `first`; its days say no more than the months."""
    return f"{first:04d}-09-01", f"{first + 1:04d}-05-31"


def is_year(value: int) -> bool:
    """Tell whether a number can be the year of a reporting or plan period."""
    return FIRST_YEAR <= value <= LAST_YEAR


def parse_published(published: str | None, today: date | None = None) -> Anchor:
    """Read a publication date of any precision.

    A date that does not exist, lies before 1945 or after `today` tells nothing.

    Examples
    --------
    >>> parse_published("2017-03")
    Anchor(year=2017, month=3, day=0)
    >>> parse_published("2017-02-31"), parse_published("1890")
    (Anchor(year=0, month=0, day=0), Anchor(year=0, month=0, day=0))
    """
    match = _ISO.match((published or "").strip())
    if match is None:
        return Anchor()
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not is_year(year) or not iso_date(year, month or 1, day or 1):
        return Anchor()
    limit = today or date.today()
    if (year, month or 1, day or 1) > (limit.year, limit.month, limit.day):
        return Anchor()
    return Anchor(year, month, day)
