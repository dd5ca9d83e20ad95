"""One labelled text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with its label; `place` is the file and the row."""

    place: str
    text: str
    title: str
    lang: str
    group: str
    label: str
