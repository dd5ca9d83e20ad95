"""The commands as the command line wraps them."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from civictopics.errors import UsageError
from civictopics.study import command
from tests.conftest import ROOT


def printing(function: Callable[..., Iterator[str]]) -> Callable[..., None]:
    @functools.wraps(function)
    def run(*given: object, **named: object) -> None:
        for line in function(*given, **named):
            typer.echo(line)

    return run


app = typer.Typer()
for name, function in {
    "experiment": command.experiment,
    "results": command.rebuild_results,
    "quality": command.quality,
}.items():
    app.command(name)(printing(function))


def test_help_names_every_option() -> None:
    found = CliRunner().invoke(app, ["experiment", "--help"], env={"COLUMNS": "200"})
    assert found.exit_code == 0, found.output
    assert all(option in found.output for option in ("--rerun", "--results", "--processes"))


def test_quality_of_the_project() -> None:
    found = CliRunner().invoke(
        app, ["quality", "--pins", str(ROOT / "tests" / "quality.json"), "--results", str(ROOT / "results")]
    )
    assert found.exit_code == 0, found.exception
    assert "floor" in found.output


def test_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--lower says nothing without --pin"):
        list(command.quality(lower=True))
    with pytest.raises(UsageError, match="legal values: never, changed, always"):
        list(command.experiment(tmp_path / "none.toml", rerun="maybe"))
    with pytest.raises(UsageError, match="no study of"):
        list(command.rebuild_results(tmp_path, tmp_path))
