"""The evidence that readers are shown: pieces of the text, words marked where they stand."""

import pytest

from civictopics.corpus.records import Article
from civictopics.languages.matching import split_words
from civictopics.periods import extract_periods
from civictopics.tagging.evidence import period_evidence, type_evidence
from civictopics.tagging.fragments import Fragment, Mark, fragment_around
from civictopics.tagging.meeting_type import load_tagger
from civictopics.tagging.words_in_place import place_words


@pytest.mark.parametrize(
    "text",
    [
        "Hô\u0323i nghi\u0323 tổng kết (2023): 6 tháng – quý II/2024!",
        "عَقَدَتِ اللجنةُ مؤتمرًا\u200f في عام ٢٠٢٤، والـــحزب",
        "В 2022–2023 гг. «итоги» — за I полугодие.",
        "Straße, co-operate\u00adtion e\u0301t\u00e9",
        "",
    ],
)
def test_words_are_found_where_they_stand(text: str) -> None:
    places = place_words(text)
    words = split_words(text)
    assert len(places) == len(words)
    for (start, end), word in zip(places, words, strict=True):
        assert word in split_words(text[start:end])


def test_a_fragment_is_cut_between_words_and_keeps_its_marks() -> None:
    text = "One two three. " + "word " * 60 + "in May 2023 it rained " + "word " * 60 + "end. Last."
    start = text.index("May 2023")
    whole = fragment_around(text, [Mark(start, start + 8, "period")])
    assert whole.text.startswith("word") and whole.text.endswith("end.")
    for width in (400, 120, 60, 20, 8):
        cut = whole.clipped(width)
        assert len(cut.text) <= max(width, 8)
        assert ("period", "May 2023") in cut.segments()
        assert not cut.begins and not cut.ends
        words = set(cut.text.split())
        assert words <= {"word", "in", "May", "2023", "it", "rained"}
    assert whole.clipped(60).segments()[0] == "… "


def test_a_fragment_without_marks_is_the_beginning() -> None:
    assert Fragment("one two three").clipped(8).segments() == ["one two", " …"]
    assert Fragment("one").clipped(8).segments() == ["one"]


def test_marks_that_overlap_are_shown_once() -> None:
    found = fragment_around("a b c d", [Mark(0, 3, "period"), Mark(2, 5, "plan"), Mark(4, 5, "plan")])
    assert found.segments() == [("period", "a b"), " ", ("plan", "c"), " d"]


def test_a_period_named_in_the_headline_only_is_marked_there() -> None:
    title = "Sơ kết công tác 6 tháng đầu năm 2024"
    text = "Chủ tịch đánh giá kết quả đạt được của đơn vị."
    periods = extract_periods(text, "vi", "2024-07-03", title)
    found = period_evidence(Article("a", "a", "a", "vi", 1.0, "2024-07-03", title, text, ""), periods)
    assert periods.kind == "half_year"
    assert [title[mark.start : mark.end] for mark in found.title if mark.kind == "period"] == [periods.evidence]
    assert found.period is None


def test_cues_of_the_meeting_type_are_marked_as_they_are_written() -> None:
    text = "Sáng 10/7, kỳ họp thứ 9 HĐND tỉnh khai mạc. Các đại biểu chất vấn."
    found = type_evidence(load_tagger(), "Khai mạc kỳ họp HĐND tỉnh", text, "vi", "assembly_session")
    assert found.runner_up not in ("", "assembly_session")
    weights = [abs(cue.weight) for cue in found.cues]
    assert weights == sorted(weights, reverse=True)
    assert found.cues[0].weight > 0
    marked = [part[1] for part in found.event.segments() if isinstance(part, tuple)]
    assert any("kỳ họp" in words for words in marked)
    assert found.title
    for cue in found.cues:
        assert cue.words in text or cue.words in "Khai mạc kỳ họp HĐND tỉnh"


def test_a_type_that_the_model_does_not_know_has_no_cues() -> None:
    found = type_evidence(load_tagger(), "", "Sáng 10/7, kỳ họp khai mạc.", "vi", "unheard_of")
    assert found.cues == ()
    assert found.event.text == "Sáng 10/7, kỳ họp khai mạc."
