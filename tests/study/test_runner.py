"""Cells run once, in processes of their own, and an interrupted study goes on."""

import json
import os
import subprocess
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from civictopics.errors import InputError, UsageError
from civictopics.study import digests
from civictopics.study.cells import read_record
from civictopics.study.predictions import Predictions
from civictopics.study.runner import CellFailedError, plan_study, run_cells
from tests.study.conftest import TINY, Declare


def run(declaration, folder: Path, rerun: str = "changed", processes: int = 2) -> list[str]:  # noqa: ANN001
    plan = plan_study(declaration, folder, rerun, TINY)  # type: ignore[arg-type]
    list(run_cells(declaration, plan.to_run, folder, processes=processes, registry=TINY))
    return [cell.name for cell in plan.to_run]


@pytest.mark.slow
def test_policies(declare: Declare, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    all_cells = ["open--sure--0", "open--sure--1", "open--constant--0"]  # no seed changes the last
    assert run(declare(), folder) == all_cells
    record = json.loads((folder / "runs" / "open--sure--1.json").read_text(encoding="utf-8"))
    assert record["settings"] == {"right": 0.95}
    assert record["versions"]["threads"] == "1"
    assert record["measured"] == {"guesses": 60.0}
    assert record["seconds"] >= 0 and record["peak_megabytes"] > 10
    assert record["counts"] == {"units": 60, "groups": 30}
    assert set(record["digests"]) == {"cell", "data", "code", "predictions"}
    assert set(record["scores"]["accuracy"]) == {"all", "vi", "en"}
    assert len(pq.read_table(folder / "runs" / "open--sure--1.parquet")) == 60

    assert run(declare(), folder) == []
    changed = declare(("0.95", "0.90"))
    assert run(changed, folder, "never") == []
    assert run(changed, folder) == ["open--sure--0", "open--sure--1"]
    (folder / "runs" / "open--constant--0.parquet").write_bytes(b"damaged")
    (folder / "runs" / "open--sure--0.json").write_text('{"half', encoding="utf-8")
    assert run(changed, folder) == ["open--sure--0", "open--constant--0"]
    before = read_record(folder / "runs" / "open--sure--0.json") or {}
    assert run(changed, folder, "always", processes=1) == all_cells
    after = read_record(folder / "runs" / "open--sure--0.json") or {}
    assert (before["scores"], before["digests"]) == (after["scores"], after["digests"])
    with pytest.raises(UsageError, match="legal values: never, changed, always"):
        plan_study(changed, folder, "sometimes", TINY)  # type: ignore[arg-type]


@pytest.mark.slow
def test_an_interrupted_study_goes_on(declare: Declare, tmp_path: Path) -> None:
    folder, flag = tmp_path / "results", tmp_path / "flag"
    slow = f'{{ name = "slow", method = "guess", settings = {{ slow = "{flag}" }} }}'
    waiting = declare(('{ name = "constant" },', f'{{ name = "constant" }}, {slow},'))
    plan = plan_study(waiting, folder, "changed", TINY)
    lines = run_cells(waiting, plan.to_run, folder, processes=4, registry=TINY)
    first = [next(lines) for _ in range(3)]
    assert not any("slow" in line for line in first)
    started = [line for line in children() if "study.worker" in line]
    assert started
    lines.close()  # type: ignore[attr-defined]  # what an interruption does
    time.sleep(0.2)
    assert not [line for line in children() if "study.worker" in line]
    flag.touch()
    assert run(waiting, folder) == ["open--slow--0", "open--slow--1"]
    assert not list(folder.rglob("*.part-*"))


def children() -> list[str]:
    done = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()


@pytest.mark.slow
def test_a_failing_cell_leaves_the_others(declare: Declare, tmp_path: Path) -> None:
    declaration = declare(('{ name = "constant" }', '{ name = "failing" }'), ("[0, 1]", "[0]"))
    plan = plan_study(declaration, tmp_path, "changed", TINY)
    lines = run_cells(declaration, plan.to_run, tmp_path, registry=TINY)
    seen = []
    with pytest.raises(CellFailedError, match=r"1 of 2 cells failed \(open--failing--0\)"):
        for line in lines:
            seen.append(line)
    assert "open--failing--0: failed: this method cannot" in seen
    assert (tmp_path / "runs" / "open--sure--0.json").is_file()


def test_data_that_are_not_here_are_skipped_with_a_message(declare: Declare, tmp_path: Path) -> None:
    plan = plan_study(
        declare(('{ name = "open" }', '{ name = "open" }, { name = "absent" }')), tmp_path, "always", TINY
    )
    assert {cell.choice.name for cell in plan.to_run} == {"open"}
    assert plan.missing == {"absent": "absent is not here (it may not be redistributed)"}


def test_predictions_are_checked() -> None:
    with pytest.raises(InputError, match="without the column 'group'"):
        Predictions({"id": ["a"]}).arrays()
    with pytest.raises(InputError, match="different lengths"):
        Predictions({"id": ["a"], "group": ["a"], "lang": ["vi", "en"]}).arrays()
    with pytest.raises(InputError, match="predicted twice"):
        Predictions({"id": ["a", "a"], "group": ["a", "b"], "lang": ["vi", "en"]}).arrays()


def test_the_digest_of_code_covers_what_may_run_and_nothing_else() -> None:
    def names(method: str) -> set[str]:
        files = digests.code_files((f"civictopics.study.methods.{method}",))
        return {path.relative_to(digests.PACKAGE.parent).as_posix() for path in files}

    rules = names("meeting_type")
    modules = {"tagging/keyword_rules.py", "languages/vi.toml", "evaluation/splits.py", "corpus/reference.py"}
    assert {f"civictopics/{module}" for module in modules} <= rules
    others = {"cli.py", "report/page.py", "study/runner.py", "themes/guided.py", "evaluation/bootstrap.py"}
    assert not {f"civictopics/{module}" for module in others} & rules
    models = {name.split("/")[2] for name in names("themes") if name.startswith("civictopics/pretrained/")}
    assert not models & {"meeting-type", "theme-flags"}
    assert any(name.startswith("data/themes/") for name in names("guided_folds"))
    assert any(name.startswith("data/meeting-types/") for name in names("meeting_type_combination"))
    assert digests.code_files(("numpy", "civictopics.missing")) == []
