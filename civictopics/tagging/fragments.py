"""Pieces of a text with words marked in them: the evidence that a reader is shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BREAK = re.compile(r"[.!?…؟]+[\"”»’)]*\s|\n")
_FARTHEST = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a fragment, from `start` to before `end`, and what they are evidence of."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text.

    Attributes
    ----------
    text : str
    marks : tuple of Mark
        In order, without overlap.
    begins, ends : bool
        Whether it begins and ends where a sentence does.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    begins: bool = True
    ends: bool = True

    def clipped(self, width: int) -> "Fragment":
        """Return the piece around the marks that is at most `width` characters long, cut between words."""
        if len(self.text) <= width:
            return self
        first, last = (self.marks[0].start, self.marks[0].end) if self.marks else (0, 0)
        for mark in self.marks[1:]:
            if mark.end - first <= width:
                last = max(last, mark.end)
        room = max(0, width - (last - first))
        start = max(0, min(first - room // 2, len(self.text) - width))
        end = min(len(self.text), start + width)
        start, end = self._between_words(start, end, first, last)
        marks = tuple(
            Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind)
            for mark in self.marks
            if mark.end > start and mark.start < end
        )
        return Fragment(self.text[start:end], marks, self.begins and start == 0, self.ends and end == len(self.text))

    def segments(self) -> list[str | tuple[str, str]]:
        """Return the text in order: plain pieces, and marked ones with their kind; ``…`` where it is cut."""
        found: list[str | tuple[str, str]] = []
        place = 0
        for mark in self.marks:
            if mark.start > place:
                found.append(self.text[place : mark.start])
            found.append((mark.kind, self.text[mark.start : mark.end]))
            place = mark.end
        if place < len(self.text):
            found.append(self.text[place:])
        if not self.begins:
            found.insert(0, "… ")
        if not self.ends:
            found.append(" …")
        return found

    def _between_words(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        if start > 0 and (space := self.text.find(" ", start, max(start, first))) >= 0:
            start = space + 1
        if end < len(self.text) and (space := self.text.rfind(" ", max(last, start + 1), end)) >= 0:
            end = space
        return start, end


def fragment_around(text: str, marks: Iterable[Mark]) -> Fragment:
    """Return the sentences of `text` from the first mark to the last that is near it, with all marks inside.

    Parameters
    ----------
    text : str
    marks : iterable of Mark
        Positions in `text`; at least one. Of marks that overlap, the first is kept.

    Examples
    --------
    >>> fragment_around("A note. In May it rained. Then not.", [Mark(11, 14, "period")]).segments()
    ['In ', ('period', 'May'), ' it rained.']
    """
    ordered = sorted(set(marks), key=lambda mark: (mark.start, -mark.end))
    first = ordered[0]
    start = max(0, first.start - _FARTHEST)
    end = min(len(text), first.end + _FARTHEST)
    before = [match.end() for match in _BREAK.finditer(text, start, first.start)]
    begins = bool(before) or start == 0
    after = _BREAK.search(text, max(first.start, first.end - 1), end)
    ends = after is not None or end == len(text)
    start = before[-1] if before else start
    end = after.end() if after else end
    if not begins:
        start = text.find(" ", start, first.start) + 1 or start
    while end > first.end and text[end - 1].isspace():
        end -= 1
    kept: list[Mark] = []
    for mark in ordered:
        if mark.end <= end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return Fragment(
        text[start:end].replace("\n", " "),
        tuple(Mark(mark.start - start, mark.end - start, mark.kind) for mark in kept),
        begins,
        ends,
    )
