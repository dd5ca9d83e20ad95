"""What a run keeps of its articles: counts, a bounded sample, and the evidence of what is shown."""

import numpy as np
import pytest

from civictopics.corpus.records import Article
from civictopics.periods import extract_periods
from civictopics.tagging import summary as summarising
from civictopics.tagging.analysis import ReadArticle
from civictopics.tagging.group_sample import GroupSample
from civictopics.tagging.summary import RunSummary
from civictopics.tagging.table import tag_row

TEXT = (
    "Sáng 5/1, Công an huyện tổ chức hội nghị tổng kết công tác năm 2022. Năm 2023 phấn đấu giảm 5% số vụ. "
    "Lực lượng công an tuần tra đêm giao thừa."
)


def read(number: int, group: str = "", published: str = "2023-01-06", weight: float = 0.9) -> ReadArticle:
    article = Article(f"a{number}", f"f#{number}", group or f"a{number}", "vi", 1.0, published, "Tổng kết", TEXT, "")
    weights = np.array([[0.0, 0.1, weight, 0.0]], dtype=np.float32)
    return ReadArticle(
        article=article,
        passages=[TEXT],
        vectors=np.ones((1, 4), dtype=np.float32),
        passage_weights=weights,
        theme_weights=weights[0],
        themes=["tet_security"] if weight >= 0.5 else [],
        main_theme="tet_security",
        main_theme_probability=0.6,
        meeting_type="annual_review",
        meeting_type_probability=0.95,
        periods=extract_periods(TEXT, "vi", published, "Tổng kết"),
        known_tokens=1.0,
        word_counts=[30],
    )


def add(summary: RunSummary, article: ReadArticle) -> None:
    summary.add(article, tag_row(article, "d1"), article.vectors[0], ["d1"], [1.0])


def test_counts_of_a_run() -> None:
    summary = RunSummary()
    add(summary, read(0, "g", "2023-01-06"))
    add(summary, read(1, "g", "2023-01-06", weight=0.2))
    add(summary, read(2, "", "2021"))
    add(summary, read(3, "", ""))
    assert summary.languages_by_month == {("2023-01", "vi"): 2, ("2021", "vi"): 1, ("", "vi"): 1}
    assert summary.types_by_language["annual_review", "vi"] == 4
    assert summary.groups.n_groups == 3
    assert summary.themes_by_language["tet_security", "vi"] == 3
    assert summary.n_to_check == 4  # the main theme is wrong with a probability of 0.4
    halves = [group.shares[2] for group in summary.groups.groups() if group.n_articles == 2]
    assert halves == [0.5]


def test_evidence_is_gathered_for_shown_articles_only(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = []
    original = summarising.period_evidence
    monkeypatch.setattr(summarising, "SHOWN_ARTICLES", 10)
    monkeypatch.setattr(summarising, "period_evidence", lambda *given: gathered.append(1) or original(*given))
    summary = RunSummary()
    for number in range(400):
        add(summary, read(number))
    assert len(summary.shown.items()) == 10
    assert len(gathered) < 100  # about 10 + 10 ln(400 / 10)
    other = RunSummary()
    for number in reversed(range(400)):
        add(other, read(number))
    assert {a.row["id"] for a in other.shown.items()} == {a.row["id"] for a in summary.shown.items()}


def test_what_is_shown_is_short_and_marked() -> None:
    summary = RunSummary()
    article = read(0)
    article.article.text = TEXT + " Thêm nhiều câu nữa." * 2000
    add(summary, article)
    shown = summary.shown.items()[0]
    assert len(shown.opening) == 2000
    assert shown.periods.period is not None and shown.periods.plan is not None
    assert ("period", "tổng kết công tác năm 2022") in shown.periods.period.segments()
    assert shown.periods.plan.segments()[0] == ("plan", "Năm 2023")
    assert [(p.theme, round(p.weight, 2), p.position) for p in shown.passages] == [("tet_security", 0.9, 0)]


def test_a_full_group_sample_keeps_whole_groups_and_estimates_their_number() -> None:
    sample = GroupSample(500)
    for turn in range(3):
        for number in range(20_000):
            sample.add(f"g{number}", f"20{10 + turn}", [turn == 0, True])
    assert not sample.complete
    groups = sample.groups()
    assert len(groups) == 500
    assert {group.n_articles for group in groups} == {3}
    assert {group.published for group in groups} == {"2010"}
    assert {group.shares for group in groups} == {(1 / 3, 1.0)}
    assert abs(sample.n_groups / 20_000 - 1) < 0.15
