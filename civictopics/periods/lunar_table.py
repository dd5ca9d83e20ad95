"""Compute the table of lunar new years that is shipped (Viet Nam's calendar, UTC+7).

Viet Nam's new year can fall a day before China's, because the new moon is taken
at the meridian of Ha Noi: 17 February 2007 against 18 February, for instance.
"""

import json
import math
from datetime import date
from pathlib import Path

_TIME_ZONE = 7.0
_SYNODIC_MONTH = 29.530588853
_EPOCH = 2415021.076998695  # the new moon of 1 January 1900, as a Julian day
_TO_ORDINAL = 1721425  # Julian day number of a date less its ordinal


def _new_moon_day(index: int) -> int:
    """Return the Julian day number, in Ha Noi, of new moon `index` after 1900 (Meeus 1998, chapter 49)."""
    t = index / 1236.85
    radians = math.pi / 180
    day = 2415020.75933 + 29.53058868 * index + 0.0001178 * t**2 - 0.000000155 * t**3
    day += 0.00033 * math.sin((166.56 + 132.87 * t - 0.009173 * t**2) * radians)
    sun = (359.2242 + 29.10535608 * index - 0.0000333 * t**2 - 0.00000347 * t**3) * radians
    moon = (306.0253 + 385.81691806 * index + 0.0107306 * t**2 + 0.00001236 * t**3) * radians
    latitude = (21.2964 + 390.67050646 * index - 0.0016528 * t**2 - 0.00000239 * t**3) * radians
    day += (0.1734 - 0.000393 * t) * math.sin(sun) + 0.0021 * math.sin(2 * sun)
    day += -0.4068 * math.sin(moon) + 0.0161 * math.sin(2 * moon) - 0.0004 * math.sin(3 * moon)
    day += 0.0104 * math.sin(2 * latitude) - 0.0051 * math.sin(sun + moon) - 0.0074 * math.sin(sun - moon)
    day += 0.0004 * math.sin(2 * latitude + sun) - 0.0004 * math.sin(2 * latitude - sun)
    day += -0.0006 * math.sin(2 * latitude + moon) + 0.0010 * math.sin(2 * latitude - moon)
    day += 0.0005 * math.sin(2 * moon + sun)
    dynamical = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return math.floor(day - dynamical + 0.5 + _TIME_ZONE / 24)


def _sun_sector(day_number: int) -> int:
    """Return which twelfth of the zodiac the sun is in at midnight in Ha Noi (Meeus 1998, chapter 25)."""
    t = (day_number - 2451545.5 - _TIME_ZONE / 24) / 36525
    radians = math.pi / 180
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * radians
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * math.sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * math.sin(2 * anomaly) + 0.000290 * math.sin(3 * anomaly)
    return int((longitude % 360) // 30)


def _solstice_month(year: int) -> int:
    """Return the index of the new moon that opens the lunar month of the winter solstice of `year`."""
    index = int((date(year, 12, 31).toordinal() + _TO_ORDINAL - _EPOCH) / _SYNODIC_MONTH)
    return index - 1 if _sun_sector(_new_moon_day(index)) >= 9 else index


def lunar_new_year(year: int) -> tuple[date, int]:
    """Return the first day of a lunar year and the number of days in the month before it."""
    start = _solstice_month(year - 1)
    second = start + 2
    if _solstice_month(year) - start == 13:
        sectors = [_sun_sector(_new_moon_day(start + step)) for step in range(15)]
        leap = next(step for step in range(1, 14) if sectors[step] == sectors[step + 1])
        second += leap <= 2
    day = _new_moon_day(second)
    return date.fromordinal(day - _TO_ORDINAL), day - _new_moon_day(second - 1)


def write_table(path: Path, first: int = 1990, last: int = 2050) -> None:
    """Write the table of new years from `first` to `last` as JSON."""
    entries = {}
    for year in range(first, last + 1):
        day, length = lunar_new_year(year)
        entries[str(year)] = [day.isoformat(), length]
    rows = ",\n".join(f"    {json.dumps(year)}: {json.dumps(entry)}" for year, entry in entries.items())
    note = "first day of the lunar year, days of the lunar month before it; made by lunar_table.write_table"
    path.write_text(f'{{\n  "note": {json.dumps(note)},\n  "years": {{\n{rows}\n  }}\n}}\n', encoding="utf-8")
