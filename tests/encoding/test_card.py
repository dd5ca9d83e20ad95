"""Card and page of the shipped encoder say what the result files say, and the results reach the bars."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from civictopics.encoding.folder import MANIFEST
from civictopics.encoding.loading import load_encoder, shipped_folder
from experiments import encoder_card
from tests.conftest import ROOT

RUNS = ROOT / "results" / "encoder" / "runs"


def record(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_card_and_page_say_what_the_results_say() -> None:
    """Where this fails: `python experiments/train_encoder.py --card`."""
    assert (shipped_folder() / "README.md").read_text(encoding="utf-8") == encoder_card.card()
    assert encoder_card.PAGE.read_text(encoding="utf-8") == encoder_card.page()


def test_the_results_are_those_of_the_shipped_encoder() -> None:
    build = record(ROOT / "results" / "encoder" / "build.json")
    assert build["digest"] == load_encoder().digest
    assert build["same_bytes_as_the_shipped"]


def test_the_bars_are_reached_on_held_out_events() -> None:
    scores = {name: parts["all"] for name, parts in record(RUNS / "held-out--recipe--0.json")["scores"].items()}
    assert scores["retrieval"] >= 0.95
    assert scores["worst_pair"] >= 0.88
    assert scores["retrieval_among_140"] >= 0.97
    assert scores["worst_pair_among_140"] >= 0.90
    assert scores["language_told_neutral"] <= 0.35
    assert scores["theme_f1_neutral"] >= scores["theme_f1"] - 0.01
    folds = rows("folds")
    assert min(int(row["passages"]) for row in folds) >= 300
    assert min(float(row["worst_pair"]) for row in folds) >= 0.88
    shares = {row["language"]: float(row["share_of_english"]) for row in rows("themes")}
    assert len(shares) == 5
    assert min(shares.values()) >= 0.92


def test_the_bars_of_size_and_speed_are_reached() -> None:
    found = record(encoder_card.SPEED)
    assert found["scores"]["ratio"]["all"] >= 40
    assert found["measured"]["load_seconds"] <= 0.3
    assert found["measured"]["megabytes_at_10000_articles"] <= 300
    assert found["measured"]["megabytes_on_disk"] <= 12


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "results" / "encoder" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [row for row in found if (row["data_set"], row["method"]) == ("held-out", "recipe")]


def test_the_manifest_lists_the_card() -> None:
    assert "README.md" in record(shipped_folder() / MANIFEST)["files"]


def test_all_models_are_built_by_scripts_that_are_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from experiments import build_models

    for arguments, place in build_models.STEPS.values():
        assert (ROOT / place).exists()
        assert not arguments or arguments[0] == "-c" or (ROOT / arguments[0]).is_file()
    shipped = {path.name for path in (ROOT / "civictopics" / "pretrained").iterdir()}
    assert shipped == {Path(place).name for _, place in build_models.STEPS.values()} - {"ranker.json"}
    # A step that changes what it builds is found out, and nothing is written here.
    (tmp_path / "civictopics").mkdir()
    (tmp_path / "civictopics" / "model").write_text("old", encoding="utf-8")
    step = (["-c", "from pathlib import Path; Path('civictopics/model').write_text('new')"], "civictopics/model")
    monkeypatch.setattr(build_models, "ROOT", tmp_path)
    monkeypatch.setattr(build_models, "NEEDED", ("civictopics",))
    monkeypatch.setattr(build_models, "STEPS", {"one": step})
    monkeypatch.setattr(sys, "argv", ["build_models.py", "--check"])
    assert build_models.main() == 1
    assert "civictopics/model is not what data/ gives" in capsys.readouterr().out
    assert (tmp_path / "civictopics" / "model").read_text(encoding="utf-8") == "old"
    monkeypatch.setattr(sys, "argv", ["build_models.py"])
    assert build_models.main() == 0
    assert (tmp_path / "civictopics" / "model").read_text(encoding="utf-8") == "new"
