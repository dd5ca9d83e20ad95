import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civictopics.corpus.cleaning import Cleaner
from civictopics.languages import nfc

CLEANER = Cleaner()
BODY = (
    "The commune held a conference in the morning, and the chairman read the report on the dikes.\n"
    "People had given land for the road, he said, and nobody had asked for money in return."
)


def test_seeds_lose_no_body_line_and_keep_no_furniture(shared: Path) -> None:
    kinds: dict[str, dict[int, str]] = defaultdict(dict)
    with (shared / "seeds" / "lines.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kinds[row["id"]][int(row["line"])] = row["kind"]
    assert len(kinds) == 5
    for name, lines in kinds.items():
        text = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        cleaned = CLEANER.clean(text)
        removed = {line.number for line in cleaned.removed}
        assert not [n for n, kind in lines.items() if kind == "body" and n in removed], name
        assert not [n for n, kind in lines.items() if kind == "furniture" and n not in removed], name
        titles = [text.splitlines()[n - 1] for n, kind in lines.items() if kind == "title"]
        assert cleaned.title == (titles[0] if titles else "")
        assert CLEANER.clean(cleaned.text, cleaned.title).text == cleaned.text


@pytest.mark.parametrize(
    ("before", "after", "published", "url"),
    [
        ("Báo điện tử tỉnh - Cơ quan của Đảng bộ\nDikes hold\nThứ hai, 05/02/2018 08:30 GMT+7\n", "", "2018-02-05", ""),
        (
            "Dikes hold\n",
            "\nNguồn: https://example.vn/de-1.html\nBình luận (3)\nGreat!",
            "",
            "https://example.vn/de-1.html",
        ),
        ("Dikes hold\n[ad_1]\n", "\n[ad_2]\nSource\nComments (0)\nNo data\nRelated news\nFloods in the town", "", ""),
        ("Dikes hold\n", "\nИсточник\nКомментарий (0)\nТа же тема\nПарк открыт", "", ""),
        ("Dikes hold\n", "\nمصدر\nتعليق (0)\nنفس الموضوع\nحديقة جديدة", "", ""),
        ("Dikes hold\nDikes hold\n", "\nDikes hold", "", ""),
    ],
)
def test_furniture_goes_and_facts_stay(before: str, after: str, published: str, url: str) -> None:
    cleaned = CLEANER.clean(before + BODY + after)
    assert (cleaned.title, cleaned.text) == ("Dikes hold", BODY)
    assert (cleaned.published, cleaned.url) == (published, url)
    assert cleaned.removed


@pytest.mark.parametrize(
    "line",
    [
        "Sub-heading without a stop",
        "Comments from readers reached the chairman, 14 of them on 30/01/2024, and he answered each in writing.",
        "Sources of the river are safe",
        "Related news about the dikes came from the next commune on the same evening.",
    ],
)
def test_body_lines_that_resemble_furniture_stay(line: str) -> None:
    first, second = BODY.split("\n")
    text = f"Dikes hold\n{first}\n{line}\n{second}"
    assert CLEANER.clean(text).text == f"{first}\n{line}\n{second}"


def test_a_label_in_the_middle_does_not_cut_the_article() -> None:
    long = "The chairman said that the dikes of the commune had held through the night. " * 4
    text = f"Dikes hold\n{BODY}\nSource\n{long.strip()}"
    assert long.strip() in CLEANER.clean(text).text


def test_a_given_title_is_kept_and_its_repetition_goes() -> None:
    cleaned = CLEANER.clean(f"DIKES HOLD\n{BODY}", "Dikes hold")
    assert (cleaned.title, cleaned.text) == ("Dikes hold", BODY)


_PIECES = st.sampled_from(
    [
        "Dikes hold",
        "Kommentar (0)",
        "Källa",
        "No data",
        "30/01/2024",
        "Minh Anh",
        "[ad_1]",
        BODY,
        "Foto: N.D.",
        "x",
        "A sentence that stands alone here.",
        "Việt NamViệt Nam30/01/2024",
        "https://example.vn/a",
        "\u200b",
        "Một dòng ngắn",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=60)), max_size=12))
def test_cleaning_is_idempotent_and_only_removes(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    once = CLEANER.clean(text)
    again = CLEANER.clean(once.text, once.title)
    assert again.text == once.text
    given_words = set(re.findall(r"\w+", nfc(text)))
    assert set(re.findall(r"\w+", once.text)) <= given_words
    once.text.encode("utf-8")
    assert all(sign >= " " or sign == "\n" for sign in once.text)
