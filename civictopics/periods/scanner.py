"""From a title and a text to its spans: scan, look around, anchor, resolve."""

from dataclasses import dataclass

from civictopics.periods.anchors import find_anchor
from civictopics.periods.calendar import Anchor
from civictopics.periods.grammar import Grammar
from civictopics.periods.lexer import Tokens, tokenise
from civictopics.periods.normalise import normalise
from civictopics.periods.readings import Reading, find_readings
from civictopics.periods.roles import settle_role, stated_role
from civictopics.periods.rules import Resolved, resolve
from civictopics.periods.surroundings import Outline, Surroundings, look_around, outline

LONGEST_TEXT = 200_000
"""Signs of a text that are read; what comes after them is left unread, and the result says so."""

MOST_READINGS = 2_000
"""Matches in a text that are looked at; what comes after them is left unread as well."""

_DOCUMENT_REACH = 40
_LEAD = 4  # sentences, the title included


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A span with all that the ranker looks at.

    Attributes
    ----------
    reading : Reading
        The match it comes from.
    resolved : Resolved
        Its kind and interval.
    role : str
        The role that rules give it.
    around : Surroundings
        What stands around it.
    start, end : int
        Position in the text as given; negative inside the title.
    place : float
        Position as a share of the text, 0 in the title.
    """

    reading: Reading
    resolved: Resolved
    role: str
    around: Surroundings
    start: int
    end: int
    place: float


@dataclass(frozen=True, slots=True)
class Page:
    """A scanned article: its spans, its tokens and sentences, and its anchor."""

    spans: tuple[FoundSpan, ...]
    tokens: Tokens
    outline: Outline
    anchor: Anchor
    published: Anchor
    title_sentences: int
    whole: str
    head_length: int
    congress_in_lead: bool
    truncated: bool


def scan(text: str, title: str, published: Anchor, grammar: Grammar) -> Page:
    """Find the spans of an article."""
    head = f"{title}\n" if title else ""
    whole = head + text[:LONGEST_TEXT]
    normalised = normalise(whole)
    tokens = tokenise(normalised, grammar.lexicon, grammar.symbols)
    found = find_readings(tokens, grammar)
    readings = [_with_document_year(reading, tokens, grammar) for reading in found[:MOST_READINGS]]
    page = outline(tokens, readings, grammar)
    arounds = look_around(tokens, readings, page, grammar)
    stated = [stated_role(reading, around) for reading, around in zip(readings, arounds, strict=True)]
    anchor = find_anchor(published, readings, arounds, stated)
    spans: list[FoundSpan] = []
    for reading, around, role in zip(readings, arounds, stated, strict=True):
        resolved = resolve(reading, anchor, planned=role == "planned")
        if resolved is None:
            continue
        start = normalised.original(tokens.starts[reading.first]) - len(head)
        end = normalised.original(tokens.ends[reading.last - 1] - 1) + 1 - len(head)
        place = max(start, 0) / max(len(whole) - len(head), 1)
        settled = settle_role(role, resolved, around, anchor)
        spans.append(FoundSpan(reading, resolved, settled, around, start, end, place))
    truncated = len(text) > LONGEST_TEXT or len(found) > MOST_READINGS
    lead = tokens.classes[: page.stops[_LEAD]] if len(page.stops) > _LEAD else tokens.classes
    congress = grammar.symbols["CONGRESS"] in lead
    title_sentences = 1 + sum(1 for stop in page.stops if normalised.original(tokens.starts[stop]) < len(head) - 1)
    return Page(
        tuple(spans),
        tokens,
        page,
        anchor,
        published,
        title_sentences if head else 0,
        whole,
        len(head),
        congress,
        truncated,
    )


def _with_document_year(reading: Reading, tokens: Tokens, grammar: Grammar) -> Reading:
    """Give "ten years of implementing Resolution 25 of 3/6/2013" the year of the resolution."""
    if reading.rule != "year_count":
        return reading
    window = tokens.classes[reading.last : reading.last + _DOCUMENT_REACH].split(grammar.symbols["STOP"])[0]
    document, year = grammar.symbols["DOCUMENT"], grammar.symbols["Y"]
    position = window.find(year, window.find(document)) if document in window else -1
    if position < 0:
        return reading
    values = {**reading.values, "document": tokens.values[reading.last + position]}
    return Reading(reading.rule, values, reading.constants, reading.first, reading.last)
