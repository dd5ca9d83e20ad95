"""The parts of an article that say what it reports: headline, lead, the sentence of the event, and the rest."""

import re
from dataclasses import dataclass
from pathlib import Path

from civictopics.languages import fold
from civictopics.languages.matching import WORD
from civictopics.tagging.cue_trie import Cue
from civictopics.tagging.cues import ANCHORS, cue_matcher
from civictopics.tagging.plain_words import plain_word, plain_words

ZONES = ("title", "lead", "near", "rest")
"""Headline; words 1-60; words 61-150; the words after; the sentence that tells of the event."""

_LEAD_WORDS, _NEAR_WORDS, _MOST_WORDS = 60, 150, 500
_SENTENCE = re.compile(r"(?<=\w\w[\w”\"»)])[.!?…؟]+(?=\s|$)|\n")
_ANCHORS = frozenset(ANCHORS)
_TELLING = {"held": 1.0, "at_event": 1.0, "day_part": 0.5, "date": 0.8, "attended": 0.5, "chaired": 0.7, "speech": 0.4}
_NAMING = 1.0
_EVENT_WORDS = 260
_LONGEST_EVENT = 45
_MOST_SENTENCES = 10


@dataclass(frozen=True, slots=True)
class EventSentence:
    """A sentence that names an event: its words, its cues, and how plainly it tells that the event took place."""

    begin: int
    end: int
    labels: frozenset[str]
    told: float


@dataclass(slots=True)
class Zones:
    """An article as its zones.

    Attributes
    ----------
    words : dict of str to list of str
        Folded words of each zone, years as ``0000`` and other numbers as ``0``.
    matches : dict of str to list of Cue
        Cues and meeting terms found in each zone; positions count from the start of the headline or the text.
    first_anchor : int
        Position of the first word in the text that names an event; -1 without one.
    event_strength : float
        How surely the sentence of the event tells of one.
    text_words : list of str
        The text's first words.
    length : int
        How many of them there are.
    """

    words: dict[str, list[str]]
    matches: dict[str, list[Cue]]
    first_anchor: int
    sentences: list[EventSentence]
    text_words: list[str]
    length: int

    def plainest(self) -> EventSentence | None:
        """Return the sentence that tells most plainly of an event."""
        return max(self.sentences, key=lambda sentence: sentence.told, default=None)

    def plainest_first(self) -> list[EventSentence]:
        """Return the sentences that name an event, those that tell most plainly of it first."""
        return sorted(self.sentences, key=lambda sentence: -sentence.told)


def read_zones(text: str, title: str, language: str, folder: Path | None = None) -> Zones:
    """Return the zones of an article."""
    matcher = cue_matcher(language, folder)
    heads = plain_words(title)
    words, starts, length = _text_words(text)
    title_matches, matches = matcher.find(heads), matcher.find(words)
    parts: dict[str, list[Cue]] = {"title": title_matches, "lead": [], "near": [], "rest": []}
    first_anchor = -1
    for match in matches:
        zone = "lead" if match.first < _LEAD_WORDS else "near" if match.first < _NEAR_WORDS else "rest"
        parts[zone].append(match)
        if first_anchor < 0 and match.label in _ANCHORS:
            first_anchor = match.first
    sentences = _event_sentences(matches, starts, len(words))
    zones = {
        "title": heads,
        "lead": words[:_LEAD_WORDS],
        "near": words[_LEAD_WORDS:_NEAR_WORDS],
        "rest": words[_NEAR_WORDS:],
    }
    return Zones(zones, parts, first_anchor, sentences, words, length)


def _text_words(text: str) -> tuple[list[str], list[int], int]:
    """Return the first words of a text, the positions at which its sentences start, and a count of all its words."""
    words: list[str] = []
    starts: list[int] = []
    for sentence in _SENTENCE.split(fold(text[: _MOST_WORDS * 12])):
        found = WORD.findall(sentence)
        if found:
            starts.append(len(words))
            words += [plain_word(word) for word in found]
        if len(words) >= _MOST_WORDS:
            break
    return words[:_MOST_WORDS], starts, len(words)


def _event_sentences(matches: list[Cue], starts: list[int], length: int) -> list[EventSentence]:
    """Return the sentences among the first words that name an event, each cut to the words around it."""
    found: list[EventSentence] = []
    ends = [*starts[1:], length] if starts else []
    position = 0
    for begin, end in zip(starts, ends, strict=True):
        if begin >= _EVENT_WORDS or len(found) == _MOST_SENTENCES:
            break
        inside = []
        while position < len(matches) and matches[position].first < end:
            inside.append(matches[position])
            position += 1
        anchor = next((match.first for match in inside if match.label in _ANCHORS), -1)
        if anchor >= 0:
            start = max(begin, min(anchor - 12, end - _LONGEST_EVENT))
            stop = min(end, start + _LONGEST_EVENT)
            labels = {match.label for match in inside if start <= match.first < stop}
            told = _NAMING * len(labels & _ANCHORS) + sum(_TELLING.get(label, 0.0) for label in sorted(labels))
            found.append(EventSentence(start, stop, frozenset(labels), told * (1.0 - 0.5 * begin / _EVENT_WORDS)))
    return found
