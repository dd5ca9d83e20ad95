"""Ways of naming a span that a stranger might write, each read as one span, or as none."""

import csv
from pathlib import Path

import pytest

from civictopics.periods import extract_periods

from .conftest import LANGUAGES

with (Path(__file__).with_name("phrases.tsv")).open(encoding="utf-8", newline="") as lines:
    PHRASES = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row['lang']}-{row['text']}")
def test_phrase(row: dict[str, str]) -> None:
    found = extract_periods(row["text"], row["lang"], row["published"]).spans
    expected = [] if row["kind"] == "none" else [(row["kind"], row["start"], row["end"])]
    assert [(span.kind, span.start, span.end) for span in found] == expected


def test_there_are_enough_in_each_language() -> None:
    for language in LANGUAGES:
        assert sum(row["lang"] == language for row in PHRASES) >= 38
