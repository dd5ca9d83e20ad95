"""Hostile input costs time in proportion to its length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civictopics.periods import extract_periods
from civictopics.periods.scanner import LONGEST_TEXT

from .conftest import LANGUAGES

UNITS = (
    "1",
    ".",
    " ",
    "1.",
    "1 ",
    "1.111",
    "2016-2020 ",
    "6 tháng ",
    "quý ",
    "\u0301",
    "e\u0302\u0323",
    "\n",
    "- ",
    "(",
)


def seconds(text: str, lang: str) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        extract_periods(text, lang)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_a_million_signs_take_less_than_a_second(unit: str, lang: str) -> None:
    assert seconds(unit * (1_000_000 // len(unit)), lang) < 1.0


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4).map("".join), st.sampled_from(LANGUAGES))
def test_time_grows_in_proportion(unit: str, lang: str) -> None:
    small = unit * (LONGEST_TEXT // 10 // len(unit))
    assert seconds(small * 4, lang) < 0.1 + 12 * seconds(small, lang)
