"""Floors for the passages written for this stage, for the corpus, and for real articles where they are at hand."""

from pathlib import Path
from typing import Any

import pytest

from civictopics.periods import ArticlePeriods, PeriodExtractor

from .conftest import LANGUAGES, ROOT, read_lines, shared_file

PASSAGES = ROOT / "data" / "periods" / "passages.jsonl"


def is_right(result: ArticlePeriods, gold: dict[str, Any]) -> bool:
    start, end = gold["period_start"], gold["period_end"]
    precision = 7 if gold["period_kind"] == "school_year" else 10
    found = (result.kind, result.start[:precision], result.end[:precision])
    return found == (gold["period_kind"], start[:precision], end[:precision])


def plan_is_right(result: ArticlePeriods, gold: dict[str, Any]) -> bool:
    precision = 7 if len(result.plan_start) == 7 else 10
    return (result.plan_start, result.plan_end) == (gold["plan_start"][:precision], gold["plan_end"][:precision])


def shares(records: list[dict[str, Any]], ranker: str = "trained") -> tuple[float, float]:
    results = PeriodExtractor(ranker).predict(records)
    pairs = list(zip(results, records, strict=True))
    right = sum(is_right(result, gold) for result, gold in pairs) / len(pairs)
    return right, sum(plan_is_right(result, gold) for result, gold in pairs) / len(pairs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_passages(lang: str) -> None:
    records = [record for record in read_lines(PASSAGES) if record["lang"] == lang]
    assert len(records) >= 60
    period, plan = shares(records)
    assert period >= 0.95
    assert plan >= 0.90


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_reports(lang: str) -> None:
    records = [record for record in read_lines(Path(__file__).with_name("reports.jsonl")) if record["lang"] == lang]
    right = sum(
        is_right(result, gold) for result, gold in zip(PeriodExtractor().predict(records), records, strict=True)
    )
    assert right >= 11
    assert len(records) == 12


def test_the_trained_ranker_beats_the_rules() -> None:
    records = read_lines(PASSAGES)
    assert shares(records)[0] >= shares(records, "rules")[0]


def test_passages_are_complete_and_their_labels_well_formed() -> None:
    records = read_lines(PASSAGES)
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        assert bool(record["period_start"]) == bool(record["period_end"])
        assert record["period_kind"] != "none" or not record["period_start"]


def test_seeds() -> None:
    folder = shared_file("seeds")
    gold = read_lines(folder / "gold.jsonl")
    records = [{**entry, "text": Path(folder / f"{entry['id']}.txt").read_text(encoding="utf-8")} for entry in gold]
    results = PeriodExtractor().predict(records)
    assert sum(is_right(result, entry) for result, entry in zip(results, gold, strict=True)) == 5
    assert sum(plan_is_right(result, entry) for result, entry in zip(results, gold, strict=True)) >= 4


def test_real_vietnamese_articles() -> None:
    period, plan = shares(read_lines(shared_file("real_vi", "dev.jsonl")))
    assert period >= 0.88
    assert plan >= 0.90
