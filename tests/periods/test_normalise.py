"""The scanned form and the way back from it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from civictopics.periods.normalise import normalise

VIETNAMESE = "hội nghị sơ kết 6 tháng đầu năm ở Hòa Bình, quý III"


@given(st.text())
def test_positions_rise_and_stay_inside(text: str) -> None:
    normalised = normalise(text)
    positions = [normalised.original(place) for place in range(len(normalised.text) + 1)]
    assert positions == sorted(positions)
    assert all(0 <= position <= len(text) for position in positions)


@given(st.integers(0, len(VIETNAMESE)), st.sampled_from(["\u200f", "\u00ad", "\u200b", "\ufeff"]))
def test_marks_vanish(place: int, mark: str) -> None:
    marked = VIETNAMESE[:place] + mark + VIETNAMESE[place:]
    assert normalise(marked).text == normalise(VIETNAMESE).text


def test_decomposed_letters_are_composed_and_found_again() -> None:
    decomposed = unicodedata.normalize("NFD", VIETNAMESE)
    normalised = normalise(decomposed)
    assert normalised.text == VIETNAMESE.lower()
    start = normalised.text.index("quý")
    found = decomposed[normalised.original(start) : normalised.original(start + 2) + 2]
    assert unicodedata.normalize("NFC", found).startswith("quý")


def test_one_form() -> None:
    assert normalise("٢٠٢٤–۲۰۲۵\u00a0ГОДЁ").text == "2024-2025 годе"
    assert normalise("İstanbul").text[1:] == "stanbul"
