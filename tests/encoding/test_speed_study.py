"""The declared timings: what is timed, and what is said of it."""

from pathlib import Path

import numpy as np
import pytest

from civictopics.study.assembling import Study
from civictopics.study.declaration import load_declaration
from civictopics.study.methods.speed_evaluation import grouped_bootstrap
from civictopics.study.methods.speed_stages import period_extractor
from civictopics.study.methods.speed_timing import timed
from civictopics.study.questions.speed import SPEED
from civictopics.study.questions.speed_text import draw, say
from civictopics.study.speed_data import load_timed, mixed_texts
from civictopics.study.speed_data_sets import SPEED_DATA_SETS
from tests.conftest import ROOT


def test_a_task_and_its_rival_take_turns_after_one_trial() -> None:
    calls: list[str] = []
    found = timed((10, lambda: calls.append("own")), (5, lambda: calls.append("rival")), repeats=2).arrays()
    assert calls == ["own", "rival"] * 3
    assert found["items"].tolist() == [10, 10]
    assert found["rival_items"].tolist() == [5, 5]
    assert (found["seconds"] >= 0).all()


def test_rates_are_of_all_repeats_together() -> None:
    columns = {
        "items": np.array([10.0, 10.0]),
        "seconds": np.array([1.0, 3.0]),
        "cpu_seconds": np.array([1.0, 1.0]),
        "rival_items": np.array([1.0, 1.0]),
        "rival_seconds": np.array([2.0, 2.0]),
    }
    values = {name: metric.score(columns).of_all() for name, metric in SPEED.metrics.items()}
    assert values == {"rate": 5.0, "cpu_rate": 10.0, "rival_rate": 0.5, "ratio": 10.0, "seconds": 2.0}
    assert not SPEED.metrics["ratio"].applies({"seconds": columns["seconds"]})


def test_articles_are_of_about_3_kilobytes() -> None:
    data = load_timed(())
    assert 2500 < np.mean([len(article.text.encode()) for article in data.articles]) < 4000
    texts = mixed_texts(20)
    assert len(set(texts)) == 20
    assert min(len(text.encode()) for text in texts) >= 3000
    assert len(period_extractor(data, 0, repeats=2, articles=3).arrays()["id"]) == 2
    assert len(grouped_bootstrap(data, 0, repeats=1).arrays()["id"]) == 1


def test_the_figure_and_the_sentences_come_from_the_rows(tmp_path: Path) -> None:
    declared = load_declaration(ROOT / "experiments" / "speed.toml")
    common = {"data_set": "encoding", "method": "shipped_encoder", "low": 1.0, "high": 2.0}
    scores = [{**common, "metric": name, "value": value} for name, value in (("rate", 2500.0), ("rival_rate", 9.1))]
    study = Study(declared, scores=scores, runs=[{**common, "load_seconds": 0.123456}])
    assert "| seconds to load the model in a fresh process | 0.123 |" in say(study)
    assert draw(study, tmp_path) == ["rates"]
    assert "rival_rate,9.1" in (tmp_path / "rates.csv").read_text(encoding="utf-8")
    assert draw(Study(declared), tmp_path) == []


@pytest.mark.parametrize("name", sorted(SPEED_DATA_SETS))
def test_workloads_say_what_they_are(name: str) -> None:
    assert SPEED_DATA_SETS[name].description
    assert name in SPEED.data_sets
