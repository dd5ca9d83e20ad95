import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictopics.corpus.dates import date_in_address, find_full_date, parse_published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017", "2017"),
        ("2017-03", "2017-03"),
        ("2017-03-05", "2017-03-05"),
        ("2017-03-05T10:00:00+07:00", "2017-03-05"),
        ("5/3/2017", "2017-03-05"),
        ("05.03.2017", "2017-03-05"),
        ("3/2017", "2017-03"),
        ("٣٠/٠١/٢٠٢٤", "2024-01-30"),
        ("2017/3/5", "2017-03-05"),
        ("", ""),
        ("31/02/2017", ""),
        ("2017-13", ""),
        ("1789", ""),
        ("99999", ""),
        ("soon", ""),
    ],
)
def test_publication_dates(value: str, expected: str) -> None:
    assert parse_published(value) == expected


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_nothing(value: str) -> None:
    assert len(parse_published(value)) in (0, 4, 7, 10)


def test_dates_in_lines_and_addresses() -> None:
    assert find_full_date("Việt NamViệt Nam30/01/2024") == "2024-01-30"
    assert find_full_date("Directive 05-CT/TW") == ""
    assert date_in_address("https://x.vn/20240130-a.html") == "2024-01-30"
    assert date_in_address("https://x.vn/a-699085") == ""
