from importlib.resources import files
from pathlib import Path

import pytest

from civictopics import load_corpus
from civictopics.errors import InputError
from civictopics.languages import LANGUAGES, PhraseMatcher
from civictopics.languages.matching import split_words
from civictopics.tagging.cue_trie import CueTrie
from civictopics.tagging.cues import ANCHORS, GROUPS, all_cues, cue_matcher, cue_names, load_cues, phrase_labels
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.openings import load_openings, make_openings
from civictopics.tagging.plain_words import plain_words
from civictopics.tagging.reports import load_reports
from civictopics.tagging.zones import read_zones

DATA = Path(__file__).resolve().parents[2] / "data"


def test_every_language_has_the_same_cues() -> None:
    cues = load_cues()
    assert sorted(cues) == sorted(LANGUAGES)
    assert all(phrases for of_language in cues.values() for phrases in of_language.values())
    assert set(ANCHORS) <= set(cue_names())
    assert {name for members in GROUPS.values() for name in members} <= set(cue_names())
    assert len(set(all_cues())) == len(all_cues())


@pytest.mark.parametrize("language", LANGUAGES)
def test_trie_finds_what_the_phrase_matcher_finds(language: str) -> None:
    phrases = {
        name: [phrase for phrase in listed if not phrase.startswith("*")]
        for name, listed in load_cues()[language].items()
    }
    slow, fast = PhraseMatcher(phrases), CueTrie(phrases)
    for event in load_corpus().events[:8]:
        words = split_words(event.text(language))
        expected = {(match.label, match.first, match.last + 1) for match in slow.find_in_words(words)}
        assert {tuple(cue) for cue in fast.find(words)} == expected


def test_compounds_are_found_by_their_end() -> None:
    trie = CueTrie({"meeting": ["möte*", "*möte", "*mötet"], "work": ["*sarbete"]})
    found = trie.find(["partimöte", "mötets", "cellmötet", "möte", "massmobiliseringsarbete", "samarbete", "arbete"])
    assert [(cue.label, cue.first) for cue in found] == [
        ("meeting", 0),
        ("meeting", 1),
        ("meeting", 2),
        ("meeting", 3),
        ("work", 4),
    ]


def test_unknown_language_is_matched_with_the_words_of_all() -> None:
    labels = {cue.label for cue in cue_matcher("xx").find(plain_words("the press conference; hội nghị tổng kết"))}
    assert {"press_conference", "conference", "summing_up", "any_review"} <= labels


def test_numbers_become_plain() -> None:
    assert plain_words("Ngày 12/7/2019, 6 tháng, 10 năm, 431 hộ") == [
        "ngày", "0", "7", "0000", "6", "tháng", "10", "năm", "0", "hộ",
    ]  # fmt: skip


def test_the_sentence_of_the_event_is_found() -> None:
    text = "Giá lúa giảm còn 5.000 đồng. Sáng 12/7, tại TP. HCM, Sở Y tế tổ chức hội nghị sơ kết công tác 6 tháng."
    zones = read_zones(text, "Giá lúa giảm", "vi")
    plainest = zones.plainest()
    assert plainest is not None
    assert zones.text_words[plainest.begin] == "sáng"
    assert {"conference", "preliminary", "held", "months"} <= plainest.labels


@pytest.mark.parametrize("text", ["", " \n ", "...", "١٢٣", "\U0001f600"])
def test_texts_without_words(text: str) -> None:
    zones = read_zones(text, "", "ar")
    assert zones.plainest() is None
    assert zones.first_anchor == -1


def test_openings_are_the_same_each_time_and_have_every_type() -> None:
    first = load_openings()
    assert first == load_openings()
    assert len({opening.meeting_type for opening in first}) == 14
    assert not [opening for opening in first if "{" in opening.text + opening.title]


def test_openings_name_a_part_that_is_missing() -> None:
    content = {
        "parts": {"claim": ["x"], "story": ["y"], "life": ["z"]},
        "frames": {"told": ["{event} {nobody}"], "mentioned": []},
        "events": {"briefing": ["giao ban"]},
        "none": {"openings": []},
    }
    with pytest.raises(InputError, match="nobody"):
        make_openings(content, "vi")


def test_phrases_are_those_of_the_phrasebook_and_found_in_every_language() -> None:
    book = [
        line
        for name in ("meetings", "periods")
        for line in (DATA / "phrasebook" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    ]
    shipped = (files("civictopics.tagging.cues") / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    assert sorted(set(book)) == sorted(set(shipped)), "copy meetings.tsv and periods.tsv of data/phrasebook"
    assert len(phrase_labels()) == len(shipped) - 1
    for language, words in {
        "vi": "hội nghị tổng kết",
        "en": "the review conferences",
        "sv": "sammanfattande konferenser",
        "ru": "на итоговой конференции",
        "ar": "المؤتمر الختامي",
    }.items():
        labels = {cue.label for cue in cue_matcher(language).find(plain_words(words))}
        assert "~summary conference" in labels, (language, labels)


def test_reports_have_all_languages_and_types() -> None:
    reports = load_reports()
    assert {report.labels["meeting_type"] for report in reports} == set(MEETING_TYPES)
    spoken: dict[str, set[str]] = {}
    for report in reports:
        spoken.setdefault(report.group, set()).add(report.lang)
        assert report.title
        assert 40 < len(report.text.split()) < 300
    assert all(languages == set(LANGUAGES) for languages in spoken.values())
    assert not set(spoken) & {event.group for event in load_corpus()}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: not a report"),
        ('{"id": "a", "title": {}, "text": {}}', "meeting_type"),
        ('{"id": "a", "meeting_type": "party", "title": {"vi": "x"}, "text": {"vi": "y"}}', "no meeting type 'party'"),
    ],
)
def test_a_broken_report_is_named(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_reports(path)
    with pytest.raises(InputError, match="in the repository"):
        load_reports(tmp_path / "none.jsonl")
