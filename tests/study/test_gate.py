"""Floors: scores may not fall below them, and they go down only when told."""

import json
from pathlib import Path

import pytest

from civictopics.errors import UsageError
from civictopics.study.gate import QualityError, check_quality, pin_quality
from tests.study.conftest import TINY


@pytest.fixture
def gate(tmp_path: Path) -> tuple[Path, Path]:
    record = {"question": "tiny", "digests": {}, "scores": {"accuracy": {"all": 0.9}, "calibration": {"all": 0.1}}}
    path = tmp_path / "results" / "small" / "runs" / "open--sure--0.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(record), encoding="utf-8")
    floor = {"experiment": "small", "data_set": "open", "method": "sure"}
    pins = {
        "slack": 0.01,
        "data": {"open": "0" * 64, "absent": "1" * 64},
        "floors": [{**floor, "metric": "accuracy", "floor": 0.85}, {**floor, "metric": "calibration", "floor": 0.2}],
    }
    (tmp_path / "pins.json").write_text(json.dumps(pins), encoding="utf-8")
    return tmp_path / "pins.json", tmp_path / "results"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_floors_are_kept(gate: tuple[Path, Path]) -> None:
    assert check_quality(*gate, registry=TINY) == [
        "absent is not here (it may not be redistributed); its digest was not checked",
        "small: accuracy of sure on open (all): 0.900, floor 0.850",
        "small: calibration of sure on open (all): 0.100, floor 0.200",
    ]


def test_floors_go_up_and_only_down_when_told(gate: tuple[Path, Path]) -> None:
    pins, results = gate
    cell = results / "small" / "runs" / "open--sure--0.json"
    lines = pin_quality(pins, results, registry=TINY)
    assert lines[0] == "small: accuracy of sure on open (all): floor 0.850 -> 0.890"
    assert lines[1] == "small: calibration of sure on open (all): floor 0.200 -> 0.110"
    change(cell, "0.9", "0.8")
    change(cell, '"all": 0.1', '"all": 0.3')
    with pytest.raises(QualityError, match=r"0.800 is beyond its floor 0.890; .* 0.300 is beyond its floor 0.110"):
        check_quality(pins, results, registry=TINY)
    before = pins.read_bytes()
    with pytest.raises(QualityError, match="floors go down only with --lower"):
        pin_quality(pins, results, registry=TINY)
    assert pins.read_bytes() == before
    pin_quality(pins, results, lower=True, registry=TINY)
    assert len(check_quality(pins, results, registry=TINY)) == 3
    change(cell, "0.8", "0.82")
    pin_quality(pins, results, lower=True, registry=TINY)
    change(cell, "0.82", "0.812")
    assert pin_quality(pins, results, lower=True, registry=TINY)[0].startswith("absent is not here")


def test_other_data_and_missing_cells(gate: tuple[Path, Path]) -> None:
    pins, results = gate
    change(pins, "0" * 64, "2" * 64)
    with pytest.raises(QualityError, match="the data set open is not the one that the floors are for"):
        check_quality(pins, results, registry=TINY)
    pin_quality(pins, results, registry=TINY)
    check_quality(pins, results, registry=TINY)
    (results / "small" / "runs" / "open--sure--0.json").unlink()
    with pytest.raises(QualityError, match="no such score in"):
        check_quality(pins, results, registry=TINY)
    change(pins, '"slack"', '"slak"')
    with pytest.raises(UsageError, match="slak"):
        check_quality(pins, results, registry=TINY)
