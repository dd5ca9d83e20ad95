"""Tables and figures are what the cells give, and no row of data that may not be shared is among them."""

import json
import shutil
from pathlib import Path

import pytest

from civictopics.errors import UsageError
from civictopics.study.assembling import StaleResultsError, assemble
from civictopics.study.declaration import Declaration, load_declaration
from civictopics.study.results import alike, declared_studies, differences, rebuild
from civictopics.study.runner import plan_study, run_cells
from tests.conftest import ROOT
from tests.study.conftest import TEXT, TINY

COMMITTED = sorted(path.parent for path in (ROOT / "results").glob("*/runs"))


@pytest.mark.slow
@pytest.mark.parametrize("folder", COMMITTED, ids=lambda path: path.name)
def test_what_is_committed_is_what_the_cells_give(folder: Path) -> None:
    assert differences(load_declaration(ROOT / "experiments" / f"{folder.name}.toml"), folder) == []


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Declaration, Path]:
    place = tmp_path_factory.mktemp("finished")
    text = TEXT.replace('{ name = "open" }', '{ name = "open" }, { name = "closed" }').replace("[0, 1]", "[0]")
    (place / "small.toml").write_text(text, encoding="utf-8")
    declaration, folder = load_declaration(place / "small.toml", TINY), place / "results" / "small"
    plan = plan_study(declaration, folder, "changed", TINY)
    list(run_cells(declaration, plan.to_run, folder, processes=2, registry=TINY))
    rebuild(declaration, folder, TINY)
    return declaration, folder


@pytest.fixture
def study(finished: tuple[Declaration, Path], tmp_path: Path) -> tuple[Declaration, Path]:
    shutil.copytree(finished[1], tmp_path / "small")
    return finished[0], tmp_path / "small"


@pytest.mark.slow
def test_a_study_from_cells_to_tables(study: tuple[Declaration, Path]) -> None:
    declaration, folder = study
    made = sorted(
        path.relative_to(folder).as_posix() for name in ("tables", "figures") for path in (folder / name).iterdir()
    )
    assert made == [
        "figures/languages.csv", "figures/languages.png", "figures/languages.svg",
        "figures/scores.csv", "figures/scores.png", "figures/scores.svg",
        "tables/agreement.csv", "tables/comparisons.csv", "tables/languages.csv", "tables/results.md",
        "tables/results.tex", "tables/runs.csv", "tables/scores.csv",
    ]  # fmt: skip
    page = (folder / "tables" / "results.md").read_text(encoding="utf-8")
    assert r"| sure\|50% | 0.9" in page
    assert "“sure|50%” is better than “constant” (difference +0.4" in page
    assert "the interval alone" in page
    tex = (folder / "tables" / "results.tex").read_text(encoding="utf-8")
    assert r"sure|50\% & 0.9" in tex and r"\toprule" in tex and r"A\_small" in tex
    assert differences(declaration, folder, TINY) == []
    first = (folder / "figures" / "scores.svg").read_bytes()
    rebuild(declaration, folder, TINY)
    assert (folder / "figures" / "scores.svg").read_bytes() == first

    # what is not what the cells give is named
    (folder / "tables" / "scores.csv").write_text(
        (folder / "tables" / "scores.csv").read_text(encoding="utf-8").replace("0.9", "0.8"), encoding="utf-8"
    )
    (folder / "figures" / "scores.png").unlink()
    (folder / "tables" / "typed.csv").touch()
    found = differences(declaration, folder, TINY)
    assert [line.split("small/")[1] for line in found] == [
        "figures/scores.png is missing",
        "tables/typed.csv is made from no cell",
        "tables/scores.csv is not what the cells give; run `make results`",
    ]

    # the p-values of both data sets are one family
    rows = [row for row in assemble(declaration, folder, TINY).comparisons if row["metric"] == "accuracy"]
    assert [row["data_set"] for row in rows] == ["open", "closed"]
    assert min(row["p_holm"] for row in rows) == pytest.approx(2 * min(row["p"] for row in rows), abs=1e-6)


def test_rows_that_may_not_be_shared_stay_where_they_are(study: tuple[Declaration, Path]) -> None:
    declaration, folder = study
    assert sorted(path.name for path in (folder / "private").iterdir()) == [
        "closed--constant--0.parquet",
        "closed--sure--0.parquet",
    ]
    assert not list((folder / "runs").glob("closed*.parquet"))
    kept = {path: path.read_bytes() for path in (folder / "tables").iterdir()}
    shutil.rmtree(folder / "private")  # as in a fresh clone
    rebuild(declaration, folder, TINY)
    assert {path: path.read_bytes() for path in (folder / "tables").iterdir()} == kept
    assert plan_study(declaration, folder, "changed", TINY).to_run == ()
    record = json.loads((folder / "private.json").read_text(encoding="utf-8"))
    record["closed"]["predictions"]["closed--sure--0"] = "another"
    (folder / "private.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(StaleResultsError, match="does not fit the cells of closed"):
        assemble(declaration, folder, TINY)


def test_cells_that_do_not_fit_their_predictions(study: tuple[Declaration, Path]) -> None:
    declaration, folder = study
    path = folder / "runs" / "open--sure--0.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["scores"]["accuracy"]["all"] = 0.5
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(StaleResultsError, match=r"accuracy \(all\) is 0.9\d*, its record says 0.5"):
        assemble(declaration, folder, TINY)
    shutil.copy(folder / "runs" / "open--constant--0.parquet", folder / "runs" / "open--sure--0.parquet")
    with pytest.raises(StaleResultsError, match="is not what its record says"):
        assemble(declaration, folder, TINY)
    (folder / "runs" / "open--sure--0.parquet").unlink()
    with pytest.raises(StaleResultsError, match="predictions on open are missing"):
        assemble(declaration, folder, TINY)
    path.unlink()
    assert "open: not run: sure" in assemble(declaration, folder, TINY).notes


def test_texts_alike() -> None:
    assert alike("x,0.123456\n", "x,0.123457\n")
    assert not alike("x,0.123456\n", "x,0.123466\n")
    assert not alike("x,12\n", "x,13\n")
    assert not alike("holds 0.1", "degraded 0.1")


def test_no_studies(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run `civictopics experiment` first"):
        declared_studies(tmp_path, tmp_path)


@pytest.mark.slow
def test_the_quick_experiment_gives_the_committed_scores(tmp_path: Path) -> None:
    from civictopics.study.command import experiment

    list(experiment(ROOT / "experiments" / "meeting-type-quick.toml", results=tmp_path))
    fresh = sorted((tmp_path / "meeting-type-quick" / "runs").glob("*.json"))
    assert len(fresh) >= 3
    for path in fresh:
        committed = json.loads(
            (ROOT / "results" / "meeting-type-quick" / "runs" / path.name).read_text(encoding="utf-8")
        )
        again = json.loads(path.read_text(encoding="utf-8"))
        assert committed["digests"]["data"] == again["digests"]["data"], "the data have changed: run the experiment"
        for metric, parts in again["scores"].items():
            assert committed["scores"][metric] == pytest.approx(parts, abs=2e-6), f"{path.name}: {metric}"
