"""Days of the lunar calendar around Tet, from a shipped table of new years (1990-2050)."""

import json
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_LAST_MONTH = 12
_CYCLE, _CYCLE_START = 60, 4


@cache
def _table() -> dict[int, tuple[date, int]]:
    content = json.loads((files("civictopics.periods") / "lunar_new_years.json").read_text(encoding="utf-8"))
    return {int(year): (date.fromisoformat(day), length) for year, (day, length) in content["years"].items()}


def new_year(year: int) -> str:
    """Return the first day of the lunar year as ISO 8601, empty outside 1990-2050.

    Examples
    --------
    >>> new_year(2017)
    '2017-01-28'
    """
    entry = _table().get(year)
    return entry[0].isoformat() if entry else ""


def tet_day(year: int, day: int, month: int) -> str:
    """Return a day of the first lunar month of `year`, or of the last one before it.

    Parameters
    ----------
    year : int
        The year that Tet opens.
    day : int
        Day of the lunar month, from 1.
    month : {1, 12}
        1 for the month that follows the new year, 12 for the one before it.
    """
    entry = _table().get(year)
    if entry is None or not 1 <= day <= 30:
        return ""
    first, length = entry
    if month == _LAST_MONTH:
        return "" if day > length else (first + timedelta(days=day - 1 - length)).isoformat()
    return (first + timedelta(days=day - 1)).isoformat()


def tet_season(year: int) -> tuple[str, str]:
    """Return the Tet period of the codebook: start of the last lunar month to the full moon of the first."""
    return tet_day(year, 1, _LAST_MONTH), tet_day(year, 15, 1)


def cycle_year(place: int, near: int) -> int:
    """Return the year at a place (0 to 59, from Giap Ty) of the sexagenary cycle that is next to `near`.

    Examples
    --------
    >>> cycle_year(33, 2020)  # Dinh Dau
    2017
    """
    return near - 29 + (place - (near - 29 - _CYCLE_START)) % _CYCLE
