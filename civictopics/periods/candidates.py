"""The periods that an article may be about: its spans, gathered by kind and interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from civictopics.periods.scanner import FoundSpan

Key = tuple[str, str, str, str]
"""Kind, start, end and, where these are unknown, the part of the year."""

_REACH = 200  # signs between a season and the dates that say when it was
_ADOPTING = frozenset({"term", "school_year", "multi_year", "year", "half_year", "quarter", "nine_months", "month"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One period that the text names, with all its mentions.

    Attributes
    ----------
    kind, start, end : str
        Its kind and interval.
    mentions : tuple of FoundSpan
        The spans that name it, in order.
    """

    kind: str
    start: str
    end: str
    mentions: tuple[FoundSpan, ...]


def gather(spans: Sequence[FoundSpan], *, congress: bool = False) -> list[Candidate]:
    """Gather spans into candidates; single days and spans only compared with are none.

    A span without dates joins the one dated candidate of its kind, if there is just
    one; a season joins the dates named next to it.
    """
    groups: dict[Key, list[FoundSpan]] = {}
    for span in spans:
        resolved = span.resolved
        if not resolved.single_day and span.reading.rule != "same_period":
            # The days of a Tet are those that the text states; the season of the lunar calendar is not that.
            dates = ("", "") if span.reading.rule == "tet" else (resolved.start, resolved.end)
            # "The period 2015-2020" is a term where the article is about a congress.
            kind = str(span.reading.constants.get("or_kind", resolved.kind)) if congress else resolved.kind
            part = "" if dates[0] else _part_of_year(span)
            groups.setdefault((kind, *dates, part), []).append(span)
    for key in [key for key in groups if not key[1]]:
        home = _home(key, groups)
        if home is not None:
            groups[home] = sorted(groups.pop(key) + groups[home], key=lambda span: span.start)
    return [Candidate(*key[:3], tuple(mentions)) for key, mentions in groups.items()]


def _part_of_year(span: FoundSpan) -> str:
    """Return what tells spans of unknown years apart: the first half-year is not the second."""
    reading = span.reading
    named = [f"{name}{reading.values[name]}" for name in ("m", "q", "n") if name in reading.values]
    return " ".join(
        [*named, *(str(reading.constants[name]) for name in ("h", "q", "edge") if name in reading.constants)]
    )


def _home(home: Key, groups: dict[Key, list[FoundSpan]]) -> Key | None:
    """Return the dated candidate that the spans of a candidate without dates belong to."""
    kind, part = home[0], home[3]
    if kind in _ADOPTING:
        dated = [key for key in groups if key[0] == kind and key[1] and not part]
        return dated[0] if len(dated) == 1 else None
    seasons = [span for span in groups[home] if span.reading.constants.get("season") or span.reading.rule == "tet"]
    for key, mentions in groups.items():
        if key[0] == kind and key[1] and mentions[0].reading.rule in ("dates", "tet_days"):
            near = any(0 <= mention.start - season.end <= _REACH for season in seasons for mention in mentions)
            # The days of Tet that are told are those of the Tet that is named, wherever that stands.
            alone = mentions[0].reading.rule == "tet_days" and all(span.reading.rule == "tet" for span in groups[home])
            if near or alone:
                return key
    return None
