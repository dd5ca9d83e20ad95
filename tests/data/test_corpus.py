"""The reference corpus: its form, coverage, originality, and that its translations agree."""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from civictopics import load_corpus
from civictopics.corpus.numbers import stated_numbers
from civictopics.corpus.reference import Event
from civictopics.errors import UsageError
from civictopics.languages import LANGUAGES
from civictopics.periods.spans import KINDS
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.themes.guided import GUIDED_THEMES
from experiments import describe_corpus

ROOT = Path(__file__).resolve().parents[2]
CORPUS = load_corpus()
EVENTS = list(CORPUS)
MAIN_THEMES = {*GUIDED_THEMES, "elected_bodies", "economy", "society", "law_order", "foreign_affairs", "other"}
VIETNAMESE_LETTERS = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE)


def parts(event: Event) -> list[dict[str, str]]:
    return [event.title, *(passage.text for passage in event.passages)]


def test_groups_are_unique_and_ordered() -> None:
    groups = [event.group for event in EVENTS]
    assert groups == sorted(set(groups))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", group) for group in groups)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.group)
def test_form(event: Event) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", event.published)
    assert event.level in ("ward", "district", "province", "centre")
    assert event.meeting_type in MEETING_TYPES
    assert event.period_kind in KINDS
    assert event.main_theme in MAIN_THEMES
    assert list(event.themes) == sorted(set(event.themes))
    assert set(event.themes) <= set(GUIDED_THEMES)
    assert event.main_theme in event.themes or event.main_theme not in GUIDED_THEMES
    assert {passage.theme for passage in event.passages} - {"other"} == set(event.themes)
    assert 4 <= len(event.passages) <= 12
    assert 120 <= len(event.text("en").split()) <= 280
    for start, end in ((event.period_start, event.period_end), (event.plan_start, event.plan_end)):
        assert bool(start) == bool(end)
        assert start <= end
        assert all(re.fullmatch(r"(\d{4}-\d\d(-\d\d)?)?", value) for value in (start, end))
    assert not (event.period_kind == "none" and event.period_start)
    for part in parts(event):
        assert tuple(part) == LANGUAGES
        assert all(text == unicodedata.normalize("NFC", text).strip() and "\n" not in text for text in part.values())


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.group)
def test_numbers_agree_across_languages(event: Event) -> None:
    for part in parts(event):
        stated = {code: stated_numbers(text, code) for code, text in part.items()}
        assert all(numbers == stated["vi"] for numbers in stated.values()), (part, stated)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.group)
def test_each_language_keeps_to_its_alphabet(event: Event) -> None:
    for part in parts(event):
        for code, script in (("ru", "CYRILLIC"), ("ar", "ARABIC")):
            letters = [sign for sign in part[code] if sign.isalpha()]
            own = sum(unicodedata.name(sign, "").startswith(script) for sign in letters)
            assert own >= 0.8 * len(letters), part[code]
        for code in ("en", "sv", "ru", "ar"):
            assert not VIETNAMESE_LETTERS.search(part[code]), part[code]


def test_size_and_coverage() -> None:
    assert len(EVENTS) >= 300
    types = Counter(event.meeting_type for event in EVENTS)
    assert min(types[name] for name in MEETING_TYPES) >= 12
    assert min(types["annual_review"], types["interim_review"]) >= 40
    assert types["none"] >= 50
    kinds = Counter(event.period_kind for event in EVENTS)
    assert min(kinds[name] for name in KINDS) >= 12
    themes = Counter(theme for event in EVENTS for theme in event.themes)
    assert min(themes[theme] for theme in GUIDED_THEMES) >= 60
    assert sum(not event.themes for event in EVENTS) >= 90
    assert Counter(len(event.themes) for event in EVENTS)[2] >= 40
    years = {event.published[:4] for event in EVENTS}
    assert years >= {str(year) for year in range(2005, 2027)}
    assert len({event.place for event in EVENTS}) >= 60
    assert not [event.group for event in EVENTS if event.level == "district" and event.published >= "2025-07-01"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_texts_are_written_not_generated(code: str) -> None:
    distinct, mean, largest = describe_corpus.overlap(describe_corpus.five_grams(CORPUS, code))
    assert distinct >= 0.93
    assert largest <= 0.10
    assert mean < 0.01


def test_the_datasheet_and_declaration_say_what_the_corpus_is() -> None:
    sheet = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert describe_corpus.fill(sheet, describe_corpus.tables(CORPUS)) == sheet
    text = (ROOT / "data" / "corpus.toml").read_text(encoding="utf-8")
    assert describe_corpus.declaration(CORPUS) == text
    declared = tomllib.loads(text)
    assert all(value not in ("", [], None) for value in [*declared.values(), *declared["counts"].values()])


def test_articles_carry_group_labels_and_passages() -> None:
    articles = CORPUS.articles(["vi", "ar"])
    assert len(articles) == 2 * len(EVENTS)
    assert articles[0].group == articles[1].group == EVENTS[0].group
    assert articles[0].labels["meeting_type"] == EVENTS[0].meeting_type
    assert articles[1].text.split("\n") == [passage.text["ar"] for passage in EVENTS[0].passages]


def test_a_folder_without_events_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="events-"):
        load_corpus(tmp_path)


@pytest.mark.slow
def test_the_agreement_in_the_datasheet_is_that_of_the_two_codings() -> None:
    from experiments import label_agreement

    record = label_agreement.measure()
    sheet = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert label_agreement.as_text(record) in sheet
    assert record["meeting_type"]["units"] >= 100
    assert {event.group for event in EVENTS} >= {group for group, _ in label_agreement.units()["meeting_type"]}
