from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from civictopics.errors import UsageError
from civictopics.study.assembling import Study
from civictopics.study.declaration import load_declaration
from civictopics.study.methods import theme_peers, themes
from civictopics.study.methods.theme_words import UNASSIGNED, predictions_of
from civictopics.study.predictions import Columns
from civictopics.study.questions.theme_figures import draw
from civictopics.study.questions.theme_tables import further
from civictopics.study.questions.theme_text import say
from civictopics.study.questions.themes import THEMES
from civictopics.study.theme_data import ThemeTexts
from tests.themes.material import passages

DECLARED = Path(__file__).resolve().parents[2] / "experiments" / "themes.toml"


def _data() -> ThemeTexts:
    """Return eighty passages of forty articles in two languages: twenty groups, two subjects."""
    texts, vectors, groups = passages()
    names = ["party_building"] * 20 + ["emulation"] * 20
    flags = [name if number % 4 else "" for number, name in enumerate(names)]
    return ThemeTexts(
        ids=[f"{code}{number}" for code in ("vi", "en") for number in range(40)],
        groups=groups * 2,
        languages=["vi"] * 40 + ["en"] * 40,
        texts=texts * 2,
        truth=names * 2,
        articles=[f"{code}.{group}" for code in ("vi", "en") for group in groups],
        published=[f"{2008 + number // 4}-01-01" for number in range(40)] * 2,
        titles=[""] * 80,
        article_themes=flags * 2,
        vectors=np.concatenate([vectors, vectors]),
    )


@pytest.mark.parametrize("name", ["nmf", "tfidf_kmeans", "vector_kmeans", "plain_kmeans", "hdbscan", "residual"])
def test_methods_find_two_subjects(name: str) -> None:
    settings = {"hdbscan": {"least_passages": 5}, "residual": {"most_themes": 4}}.get(name, {"n_themes": 2})
    found = getattr(themes, name)(_data(), 0, **settings)
    columns = found.arrays()
    assert found.measured["n_themes"] == 2
    assert 0 < found.measured["diversity"] <= 1
    if name not in ("nmf", "tfidf_kmeans"):  # these go by words, which are other ones in each language
        assert THEMES.metrics["nmi"].score(columns).of_all() > 0.9


def test_the_flags_of_held_out_groups_are_learnt() -> None:
    columns = themes.supervised(_data(), 0).arrays()
    assert THEMES.metrics["assigned_accuracy"].score(columns).of_all() == 1.0


def test_the_adjusted_rand_index_is_that_of_scikit_learn() -> None:
    chance = np.random.default_rng(0)
    columns = {"truth": chance.integers(0, 4, 300), "theme": chance.integers(0, 6, 300)}
    score = THEMES.metrics["ari"].score(columns)
    assert score.of_all() == pytest.approx(adjusted_rand_score(columns["truth"], columns["theme"]), abs=1e-12)
    rows = chance.integers(0, 300, 300)
    expected = adjusted_rand_score(columns["truth"][rows], columns["theme"][rows])
    assert score.of_rows(rows) == pytest.approx(expected, abs=1e-12)


def test_optimal_assignment_uses_each_label_once() -> None:
    columns = {"truth": np.array(["a", "a", "b", "b"]), "theme": np.array(["d1", "d2", "d3", "d3"])}
    assert THEMES.metrics["assigned_accuracy"].score(columns).of_all() == 0.75


def test_passages_without_a_theme_are_counted() -> None:
    data = _data()
    found = predictions_of(data, [UNASSIGNED, "d1"] * 40)
    assert found.measured["unassigned"] == 0.5
    assert found.measured["n_themes"] == 1


def _predictions() -> dict[str, list[Columns]]:
    data = _data()
    named = predictions_of(data, data.truth, **themes._flags(data, data.article_themes), **themes._plane(data)).arrays()
    return {"guided": [named], "auto": [themes.residual(data, 0, most_themes=4).arrays()]}


def test_tables_figures_and_sentences(tmp_path: Path) -> None:
    declared = load_declaration(DECLARED)
    tables = further(declared, "passages", _predictions())
    assert {"named", "flags", "article_agreement", "stability", "shares", "years", "map"} <= set(tables)
    assert all(row["value"] == 1.0 for row in tables["named"])
    assert {row["verdict"] for row in tables["stability"]} == {"found"}
    assert all(row["low"] <= row["value"] <= row["high"] for row in tables["years"])
    measured = themes.residual(_data(), 0, most_themes=4).measured
    run = {"data_set": "passages", "method": "auto", "seed": 0, "seconds": 1.0, "peak_megabytes": 9.0, **measured}
    study = replace(Study(declared), further=tables, runs=[run])
    text = say(study)
    assert "Do discovered themes come back?" in text
    assert "lowest pair" in text
    names = draw(study, tmp_path)
    assert names == ["theme-map", "theme-languages", "theme-stability", "theme-numbers", "theme-years"]
    assert all((tmp_path / f"{name}{end}").is_file() for name in names for end in (".png", ".svg", ".csv"))


def test_a_rival_that_is_not_installed_is_named() -> None:
    with pytest.raises(UsageError, match=r"civictopics\[peers\]"):
        theme_peers._peer("no_such_rival")


def test_the_declaration_names_every_method() -> None:
    declared = load_declaration(DECLARED)
    assert {method.registered for method in declared.methods} == set(THEMES.methods)
