"""The five real articles: what the main job must say of them."""

import csv
import json
from pathlib import Path

import pytest

from civictopics import run

FLOORS = {"lang": 5, "published": 5, "period": 5, "plan": 5, "meeting_type": 5, "main_theme": 5}


@pytest.fixture(scope="module")
def tagged(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    out = tmp_path_factory.mktemp("seeds") / "out"
    run([shared / "seeds"], out, use_cache=False)
    with (out / "tags.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def gold(shared: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (shared / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def test_tags_of_the_seeds(tagged: dict[str, dict[str, str]], gold: list[dict[str, str]]) -> None:
    def right(*fields: str) -> int:
        return sum(all(tagged[g["id"]][f] == g[f] for f in fields) for g in gold)

    scores = {
        "lang": right("lang"),
        "published": right("published"),
        "period": right("period_kind", "period_start", "period_end"),
        "plan": right("plan_start", "plan_end"),
        "meeting_type": right("meeting_type"),
        "main_theme": right("main_theme"),
    }
    assert {name: score for name, score in scores.items() if score < FLOORS[name]} == {}


def test_evidence_stands_in_the_text(tagged: dict[str, dict[str, str]], shared: Path) -> None:
    for name, row in tagged.items():
        text = " ".join((shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8").split())
        assert bool(row["period_evidence"]) == (row["period_kind"] != "none")
        assert row["period_evidence"].removeprefix("'") in text
