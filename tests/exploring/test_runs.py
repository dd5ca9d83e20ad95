from pathlib import Path

import pytest

from civictopics import run
from civictopics.errors import UsageError
from civictopics.exploring import count_table, open_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("runs")
    (home / "one.txt").write_text("Hội nghị tổng kết công tác dân vận năm 2023 của huyện Tân Sơn.\n" * 3, "utf-8")
    run([home / "one.txt"], home / "out", use_cache=False)
    return home / "out"


def test_a_finished_run_is_read_back(folder: Path) -> None:
    finished = open_run(folder)
    assert finished.tags.num_rows == finished.articles.num_rows == 1
    assert finished.tags["id"].to_pylist() == finished.articles["id"].to_pylist()
    assert isinstance(finished.tags["emulation"][0].as_py(), float)
    assert isinstance(finished.tags["period_start"][0].as_py(), str)
    assert finished.figure("theme-map").is_file()
    assert {theme["name"] for theme in finished.themes} >= {"emulation", "party_building"}


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"it has no articles\.parquet"):
        open_run(tmp_path)


def test_an_unknown_figure_is_refused_with_those_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match="theme-map"):
        open_run(folder).figure("nothing")


def test_counts_have_articles_and_groups() -> None:
    table = count_table(["sv", "vi", "vi"], ["a", "a", "b"], "lang")
    assert table.to_pylist() == [
        {"lang": "vi", "articles": 2, "groups": 2},
        {"lang": "sv", "articles": 1, "groups": 1},
    ]
