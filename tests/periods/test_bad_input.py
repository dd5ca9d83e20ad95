"""Nothing that comes in raises, and nothing is invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civictopics.errors import InputError
from civictopics.periods import KINDS, ROLES, PeriodExtractor, extract_periods
from civictopics.periods.calendar import parse_published

from .conftest import LANGUAGES

LANGUAGE = st.sampled_from((*LANGUAGES, "xx", ""))
PIECES = st.sampled_from(
    (
        *("6 tháng", "năm 2019", "quý", "31/02/2019", "2016-2020", "2019", "13/2019", "first", "г.", "ال", "٢٠١٩"),
        *("\u200f", "a\u0301", "İ", "½", "²", "-", "/", ".", "\n", "Tết", "mùng 40", "99999999999", "school year"),
        *("\ud800", "\x00"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map(" ".join), LANGUAGE, st.text(max_size=10))
def test_any_text(text: str, lang: str, published: str) -> None:
    result = extract_periods(text, lang, published, text[:20])
    assert result.kind in KINDS
    assert 0.0 <= result.kind_probability <= 1.0
    for span in result.spans:
        assert span.role in ROLES
        assert bool(span.start) == bool(span.end)
        assert span.start <= span.end
        if span.position[0] >= 0:
            assert text[span.position[0] : span.position[1]] == span.words
        for day in (span.start, span.end):
            assert not day or len(day) == 7 or date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff"])
def test_empty_text(text: str) -> None:
    result = extract_periods(text, "vi")
    assert (result.kind, result.spans, result.plan_start) == ("none", (), "")


def test_unknown_language_finds_iso_dates_and_years_and_says_so() -> None:
    result = extract_periods("Lorem 2024-07-19 ipsum 2019 dolor", "la")
    assert [(span.start, span.end) for span in result.spans] == [
        ("2024-07-19", "2024-07-19"),
        ("2019-01-01", "2019-12-31"),
    ]
    assert not result.language_known
    assert extract_periods("2019", "en").language_known


@pytest.mark.parametrize("lang", ["../../etc/passwd", "vi.periods", "VI", "zz", "日本"])
def test_strange_language_codes(lang: str) -> None:
    assert not extract_periods("2019", lang).language_known


@pytest.mark.parametrize("published", ["", None, "1890", "2017-02-30", "2017-13", "9999", "x", "2030-01-01"])
def test_publication_dates_that_tell_nothing(published: str | None) -> None:
    result = PeriodExtractor(today=date(2026, 7, 1)).extract("Sơ kết 6 tháng đầu năm", "vi", published)
    assert (result.kind, result.start, result.end) == ("half_year", "", "")


@pytest.mark.parametrize("published", ["2017", "2017-08", "2017-08-09"])
def test_publication_dates_of_reduced_precision(published: str) -> None:
    assert extract_periods("Sơ kết 6 tháng đầu năm", "vi", published).start == "2017-01-01"


def test_impossible_dates_are_no_spans() -> None:
    assert extract_periods("ngày 31/02/2019", "vi").spans == ()
    assert parse_published("2019-02-29").year == 0


def test_an_unknown_ranker_is_named() -> None:
    with pytest.raises(InputError, match="trained, rules"):
        PeriodExtractor(ranker="best").extract("", "vi")


def test_columns_of_different_length() -> None:
    with pytest.raises(InputError, match="differ in length"):
        PeriodExtractor().fit(["a"], ["vi"], [], [], [], [])


def test_what_is_too_long_is_cut_and_said() -> None:
    assert extract_periods("a " * 150_000, "en").truncated
    assert not extract_periods("a " * 1_000, "en").truncated
