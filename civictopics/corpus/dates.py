"""Publication dates, exact or of reduced precision; what is not a date becomes empty, never a guess."""

import re
from datetime import date

from civictopics.languages.normalising import ascii_digits

FIRST_YEAR = 1945
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?!\d))?)?(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})$")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])(?:[/-]?(0[1-9]|[12]\d|3[01]))(?!\d)")


def parse_published(value: str) -> str:
    """Return a publication date as ISO 8601, or an empty string where it is none.

    Reduced precision stays: a year, or a year and a month. Days come before
    months in dates with slashes, as in all five languages' news.

    Examples
    --------
    >>> parse_published("30/01/2024"), parse_published("2017-3"), parse_published("2017")
    ('2024-01-30', '2017-03', '2017')
    >>> parse_published("31/02/2024"), parse_published("soon")
    ('', '')
    """
    text = ascii_digits(value).strip()[:80]
    iso = _ISO.match(text)
    if iso:
        return _checked(iso[1], iso[2], iso[3])
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        match = pattern.search(text)
        if match:
            return _checked(*(match[index] for index in order))
    month = _MONTH_FIRST.match(text)
    return _checked(month[2], month[1], None) if month else ""


def find_full_date(line: str) -> str:
    """Return the one full date that `line` holds (day first or ISO), as ISO 8601, else an empty string.

    Examples
    --------
    >>> find_full_date("Việt NamViệt Nam30/01/2024")
    '2024-01-30'
    """
    text = ascii_digits(line)
    match = _DAY_FIRST.search(text)
    if match:
        return _checked(match[3], match[2], match[1])
    match = _YEAR_FIRST.search(text)
    return _checked(match[1], match[2], match[3]) if match else ""


def date_in_address(url: str) -> str:
    """Return the date in an address such as ``/2024/01/30/`` or ``-20240130``, else an empty string.

    Examples
    --------
    >>> date_in_address("https://example.vn/2024/01/30/hoi-nghi.html")
    '2024-01-30'
    >>> date_in_address("https://example.vn/hoi-nghi-3142741.html")
    ''
    """
    match = _IN_ADDRESS.search(url)
    return _checked(match[1], match[2], match[3]) if match else ""


def _checked(year: str, month: str | None, day: str | None) -> str:
    numbers = int(year), int(month or 1), int(day or 1)
    try:
        date(*numbers)
    except ValueError:
        return ""
    if not FIRST_YEAR <= numbers[0] <= 2100:
        return ""
    parts = [year] + [f"{int(part):02d}" for part in (month, day) if part]
    return "-".join(parts)
