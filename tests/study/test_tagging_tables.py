from pathlib import Path

import numpy as np
import pytest

from civictopics.corpus.records import Article
from civictopics.languages import LANGUAGES
from civictopics.study.assembling import Study
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.declaration import load_declaration
from civictopics.study.methods.theme_flags import seed_phrases
from civictopics.study.predictions import Columns
from civictopics.study.questions import cross_lingual, meeting_type_figures, meeting_type_tables, theme_flags_figures
from civictopics.study.questions.theme_flags import THEME_FLAGS, flags
from civictopics.study.summary import Row

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"


def _columns(right: float, seed: int = 0) -> Columns:
    generator = np.random.default_rng(seed)
    groups = np.repeat([f"event-{number:02d}" for number in range(30)], 5)
    truth = np.repeat(generator.choice(["launch", "congress", "none"], 30), 5)
    said = np.where(generator.random(150) < right, truth, "briefing")
    return {
        "id": np.array([f"{group}.{code}" for group, code in zip(groups, list(LANGUAGES) * 30, strict=True)]),
        "group": groups,
        "lang": np.array(list(LANGUAGES) * 30),
        "truth": truth,
        "predicted": said,
        "probability": generator.random(150),
    }


def test_tables_and_figures_of_meeting_types(tmp_path: Path) -> None:
    declared = load_declaration(EXPERIMENTS / "meeting-type.toml")
    predictions = {"combination": [_columns(0.9)], "keyword_rules": [_columns(0.6)], "majority": [_columns(0.2)]}
    rows = meeting_type_tables.further(declared, "corpus", predictions)
    assert sum(row["articles"] for row in rows["confusions"]) == 150
    assert all(row["articles"] == sum(row[code] for code in LANGUAGES) for row in rows["confusions"])
    assert {row["method"] for row in rows["coverage"]} == {"combination", "keyword_rules"}
    last = [row for row in rows["coverage"] if row["coverage"] == 1.0 and row["method"] == "combination"]
    truth, said = predictions["combination"][0]["truth"], predictions["combination"][0]["predicted"]
    assert last[0]["accuracy"] == pytest.approx((truth == said).mean(), abs=1e-6)
    assert sum(row["articles"] for row in rows["calibration"] if row["method"] == "combination") == 150
    drawn = meeting_type_figures.draw(Study(declared, further=rows), tmp_path)
    assert drawn == ["confusions-corpus", "coverage", "calibration"]
    assert all((tmp_path / f"{name}.{kind}").is_file() for name in drawn for kind in ("png", "svg", "csv"))


def test_sentences_of_meeting_types() -> None:
    declared = load_declaration(EXPERIMENTS / "meeting-type.toml")
    agreement: list[Row] = [
        {"method": "combination", "first": "vi", "second": code, "value": value, "low": value, "high": value}
        for code, value in (("en", 0.9), ("sv", 0.8))
    ]
    scores: list[Row] = [
        {"data_set": "corpus", "metric": "accuracy", "language": "all", "method": name, "value": value}
        for name, value in (("combination", 0.88), ("combination_ungrouped", 0.97))
    ]
    said = meeting_type_tables.say(Study(declared, scores=scores, agreement=agreement))
    assert "0.850 on the mean of the 2 pairs" in said
    assert "least for vi and sv" in said
    assert "0.970" in said
    assert "0.880" in said


def test_sentences_of_features() -> None:
    declared = load_declaration(EXPERIMENTS / "meeting-type-features.toml")
    common = {"data_set": "corpus", "metric": "accuracy", "low": 0.01, "high": 0.04, "difference": 0.02}
    rows: list[Row] = [{**common, "first": "whole", "second": "tail"}, {**common, "first": "tail", "second": "vectors"}]
    said = meeting_type_tables.say_features(Study(declared, comparisons=rows))
    assert "- the tail as strong as the lead: -0.020 [-0.040, -0.010]" in said
    assert "vectors" not in said


def test_learning_curve(tmp_path: Path) -> None:
    declared = load_declaration(EXPERIMENTS / "meeting-type-learning.toml")
    common = {"data_set": "corpus", "metric": "accuracy", "language": "all"}
    scores: list[Row] = [
        {**common, "method": f"combination_{parts}", "value": 0.5 + parts / 20, "low": 0.4, "high": 1.0}
        for parts in (1, 2, 4, 8)
    ]
    assert meeting_type_figures.draw_learning(Study(declared, scores=scores), tmp_path) == ["learning-curve"]
    assert "0.125" in (tmp_path / "learning-curve.csv").read_text(encoding="utf-8")


def test_tables_and_figure_across_languages(tmp_path: Path) -> None:
    declared = load_declaration(EXPERIMENTS / "cross-lingual.toml")
    predictions = {"all_languages": [_columns(0.95)]}
    predictions |= {f"without_{code}": [_columns(0.6, seed)] for seed, code in enumerate(LANGUAGES, start=1)}
    rows = cross_lingual.further(declared, "corpus", predictions)
    assert len(rows["transfer"]) == 30
    for row in rows["left_out"]:
        assert row["difference"] == pytest.approx(row["without"] - row["with"], abs=3e-6)
        assert row["low"] <= row["difference"] <= row["high"]
    study = Study(declared, further=rows)
    assert cross_lingual.draw(study, tmp_path) == ["transfer"]
    said = cross_lingual.say(study)
    assert all(f"- {code}: " in said for code in LANGUAGES)
    assert "beyond the margin" in said
    assert cross_lingual.say(Study(declared)) == ""


def test_flags_are_read_from_joined_themes() -> None:
    assert flags(np.array(["emulation;party_building", "", "tet_security"])).tolist() == [
        [True, False, False, True],
        [False] * 4,
        [False, False, True, False],
    ]


def test_measures_of_flags() -> None:
    columns = {
        "truth": np.array(["emulation", "emulation;tet_security", ""]),
        "predicted": np.array(["emulation", "tet_security", "party_building"]),
    }
    found = {name: metric.score(columns).of_all() for name, metric in THEME_FLAGS.metrics.items()}
    assert found["all_right"] == pytest.approx(1 / 3)
    assert found["f1_emulation"] == pytest.approx(2 / 3)
    assert found["f1_tet_security"] == 1.0
    assert found["macro_f1"] == pytest.approx((2 / 3 + 1) / 3)  # a theme that is nowhere does not count


def test_seed_phrases_follow_the_rule_of_substance() -> None:
    def article(name: str, title: str, text: str) -> Article:
        labels = {"themes": "emulation", "main_theme": "emulation"}
        return Article(
            id=name,
            source="",
            group=name,
            lang="vi",
            lang_probability=1.0,
            published="",
            title=title,
            text=text,
            url="",
            labels=labels,
        )

    once = "Trời đẹp. " * 20
    given = [
        article("a", "Phong trào thi đua yêu nước", once),
        article("b", "Tin", "Phong trào thi đua được phát động. " * 3 + once),
        article("c", "Tin", "Phong trào thi đua được phát động. " + once),
        article("d", "Tin", "Phong trào thi đua được phát động. Trời đẹp."),
    ]
    found = seed_phrases(LabelledArticles("few", given), 0).arrays()
    assert found["predicted"].tolist() == ["emulation", "emulation", "", "emulation"]


def test_figure_and_sentences_of_flags(tmp_path: Path) -> None:
    declared = load_declaration(EXPERIMENTS / "theme-flags.toml")
    scores: list[Row] = [
        {
            "data_set": data_set,
            "language": code,
            "method": method,
            "metric": metric,
            "value": 0.5,
            "low": 0.4,
            "high": 0.6,
        }
        for data_set, code in [*(("corpus", code) for code in LANGUAGES), ("real_vi", "all")]
        for method in ("guided", "supervised")
        for metric in THEME_FLAGS.metrics
    ]
    agreement: list[Row] = [{"method": "guided", "first": "vi", "second": "en", "value": 0.9, "low": 0.8, "high": 1.0}]
    study = Study(declared, scores=scores, agreement=agreement)
    assert theme_flags_figures.draw(study, tmp_path) == ["flags"]
    assert "“guided themes”: 0.900" in theme_flags_figures.say(study)
