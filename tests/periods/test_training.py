"""The ranker is rebuilt from the corpus, stored without code, and learns from little."""

import json
from pathlib import Path

import numpy as np
import pytest

from civictopics.errors import InputError, ModelError
from civictopics.periods import KINDS, PeriodExtractor
from civictopics.periods.ranker import dump_ranker, fit_choice, from_weights, read_ranker, trained_ranker
from civictopics.periods.training import read_cases, read_corpus, rebuild, reduced, varied

from .conftest import LANGUAGES, ROOT, read_lines

DATA = ROOT / "data"
SHIPPED = ROOT / "civictopics" / "periods" / "ranker.json"


def small_extractor() -> PeriodExtractor:
    records = read_lines(ROOT / "data" / "periods" / "passages.jsonl")[:40]
    columns = ([record[key] for record in records] for key in ("text", "lang", "published", "title"))
    texts, languages, published, titles = columns
    return PeriodExtractor().fit(texts, languages, published, titles, records, [record["id"] for record in records])


def test_fitting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.json", "second.json"):
        dump_ranker(small_extractor().ranker_, tmp_path / name, {})
    assert (tmp_path / "first.json").read_bytes() == (tmp_path / "second.json").read_bytes()


def test_a_stored_ranker_decides_as_before(tmp_path: Path) -> None:
    extractor = small_extractor()
    dump_ranker(extractor.ranker_, tmp_path / "ranker.json", {"events": 1})
    read = read_ranker(tmp_path / "ranker.json")
    assert np.allclose(read.reporting.candidate, extractor.ranker_.reporting.candidate, atol=1e-4)
    assert np.allclose(read.plan.article, extractor.ranker_.plan.article, atol=1e-4)


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "corpus").is_dir(), reason="the corpus is not at hand")
def test_the_shipped_ranker_is_what_the_data_give(tmp_path: Path) -> None:
    rebuild(DATA, tmp_path / "ranker.json")
    made = json.loads((tmp_path / "ranker.json").read_text(encoding="utf-8"))
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert made["note"] == shipped["note"]
    for task in ("reporting", "plan"):
        names = made[task]["weights"].keys()
        assert names == shipped[task]["weights"].keys()
        # Other processors may round the last digit otherwise.
        assert all(abs(made[task]["weights"][name] - shipped[task]["weights"][name]) <= 2e-4 for name in names)


def test_the_shipped_ranker_holds_numbers_only() -> None:
    content = json.loads(SHIPPED.read_text(encoding="utf-8"))
    for task in ("reporting", "plan"):
        assert all(isinstance(weight, float) for weight in content[task]["weights"].values())
    assert trained_ranker().reporting.candidate.any()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"reporting": {"weights": {"no such": 1}}}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ranker.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="rebuild it"):
        read_ranker(path)


def test_unknown_weights_are_refused() -> None:
    with pytest.raises(ModelError, match="no such feature"):
        from_weights("plan", {"no such feature": 1.0})


def test_a_folder_without_events(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no events"):
        read_corpus(tmp_path)


def test_dates_are_reduced_and_dropped() -> None:
    forms = reduced({"published": "2024-07-19"})
    assert [form["published"] for form, _ in forms] == ["2024-07-19", "2024", ""]
    assert sum(weight for _, weight in forms) == 1.0


def test_articles_without_a_period_are_appended() -> None:
    record = {"group": "a", "published": "2024-07-19", "text": "A.", "lang": "en"}
    fillers = [
        {**record, "group": group, "published": day, "text": group} for group, day in (("b", "2010"), ("c", "2023"))
    ]
    forms = varied(record, [record, *fillers])
    assert sum(weight for _, weight in forms) == pytest.approx(1.0)
    assert [form["text"] for form, _ in forms] == ["A."] * 3 + ["A.\nc", "A.\nc", "A.\nc\nb"]
    assert [form["published"] for form, _ in forms][3:] == ["2024-07-19", "2024", ""]
    assert varied(record, [record]) == reduced(record)


def test_the_fit_finds_the_maximum() -> None:
    generator = np.random.default_rng(7)
    truth = np.array([2.0, -1.0])
    problems = []
    for _ in range(400):
        rows = generator.normal(size=(3, 2))
        scores = np.append(rows @ truth, 0.5) + generator.gumbel(size=4)
        problems.append((rows, np.ones(1), int(scores.argmax())))
    candidate, article = fit_choice(problems, np.ones(len(problems)), 0.01)
    assert np.allclose(candidate, truth, atol=0.35)
    assert article[0] == pytest.approx(0.5, abs=0.3)


def test_cases_are_complete_and_apart_from_what_is_measured() -> None:
    cases = read_cases(DATA / "periods" / "training.jsonl")
    passages = read_lines(DATA / "periods" / "passages.jsonl")
    assert len({case["id"] for case in cases}) == len(cases) >= 60
    assert not {case["text"] for case in cases} & {passage["text"] for passage in passages}
    assert {case["lang"] for case in cases} == set(LANGUAGES)
    for case in cases:
        assert bool(case["period_start"]) == bool(case["period_end"])
        assert case["period_kind"] in KINDS
        assert case["period_kind"] != "none" or not case["period_start"]


def test_without_cases_the_corpus_alone_is_read(tmp_path: Path) -> None:
    assert read_cases(tmp_path / "training.jsonl") == []
