"""The point in time that relative spans are counted from: publication date, else what the text states."""

from collections.abc import Sequence

from civictopics.periods.calendar import Anchor, is_year
from civictopics.periods.readings import Reading
from civictopics.periods.surroundings import Surroundings

_PARTS_OF_YEAR = frozenset({"months", "half", "quarter", "month", "since_start", "other", "tet"})
_FIRST_SENTENCES = 8
_START_OF_YEAR = 2  # months


def find_anchor(
    published: Anchor, readings: Sequence[Reading], arounds: Sequence[Surroundings], roles: Sequence[str]
) -> Anchor:
    """Complete the publication date from the text.

    Parameters
    ----------
    published : Anchor
        The publication date, perhaps reduced or unknown.
    readings, arounds, roles : sequences of equal length
        What the patterns found, what stands around, and the roles that this tells.
    """
    if published.month:
        return published
    event = _event_date(published.year, readings, arounds)
    if published.year:
        return Anchor(published.year, event.month, event.day)
    if event.year:
        return event
    year, month = _stated_year(readings, arounds, roles, event.month)
    if not year:
        return Anchor()
    return Anchor(year, month or event.month, event.day if not month or month == event.month else 0)


def _event_date(year: int, readings: Sequence[Reading], arounds: Sequence[Surroundings]) -> Anchor:
    """Return the day of the event: the first date at the start of the text that is not a document's.

    Where that date has no year, the latest full date at the start of the text lends it.
    """
    first = Anchor()
    latest = 0
    for reading, around in zip(readings, arounds, strict=True):
        if reading.rule != "date" or around.sentence > _FIRST_SENTENCES or around.cues & _NOT_EVENTS:
            continue
        stated = reading.values.get("year", 0)
        if stated and ((year and stated != year) or not is_year(stated)):
            continue
        latest = max(latest, stated)
        if not first.month:
            first = Anchor(stated, reading.values.get("m", 0), reading.values.get("d", 0))
    return Anchor(first.year or latest, first.month, first.day)


_NOT_EVENTS = frozenset({"DOCUMENT near", "DOCUMENT left", "ANNIVERSARY near", "ANNIVERSARY left", "COMPARE near"})


def _stated_year(
    readings: Sequence[Reading], arounds: Sequence[Surroundings], roles: Sequence[str], event_month: int
) -> tuple[int, int]:
    """Return the year (and month, 0 if open) that the spans with a year of their own speak for."""
    compared = _years(readings, roles, "compared")
    parts = {r.values["year"] for r, role in zip(readings, roles, strict=True) if _is_part(r) and role != "compared"}
    planned = _years(readings, roles, "planned", whole=True)
    reported = _years(readings, roles, "reported", whole=True)
    if parts:
        return max(parts), 0
    if planned and (not reported or max(planned) > max(reported)):
        return max(planned), 1
    if reported:
        # An event at the start of a year looks back on the year before.
        return (max(reported) + 1, event_month) if 0 < event_month <= _START_OF_YEAR else (max(reported), 12)
    if compared:
        return max(compared) + 1, 0
    told = _with_results(readings, arounds, roles)
    if told and 0 < event_month <= _START_OF_YEAR:
        return max(told) + 1, event_month
    return 0, 0


def _with_results(readings: Sequence[Reading], arounds: Sequence[Surroundings], roles: Sequence[str]) -> set[int]:
    """Return the whole years that results are told of, though no word says that they are reported on."""
    told = [
        reading.values.get("year", 0)
        for reading, around, role in zip(readings, arounds, roles, strict=True)
        if not role and reading.rule == "year" and "RESULT right" in around.cues
    ]
    return {year for year in told if is_year(year)}


def _is_part(reading: Reading) -> bool:
    return reading.rule in _PARTS_OF_YEAR and is_year(reading.values.get("year", 0))


def _years(readings: Sequence[Reading], roles: Sequence[str], role: str, *, whole: bool = False) -> set[int]:
    rules = ("year",) if whole else ("year", "same_period", *_PARTS_OF_YEAR)
    return {
        reading.values["year"]
        for reading, stated in zip(readings, roles, strict=True)
        if stated == role and reading.rule in rules and is_year(reading.values.get("year", 0))
    }
