"""Every notebook runs from its first cell to its last, and says what it says in its committed outputs."""

import re
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="the extra `notebooks` is not installed")
nbclient = pytest.importorskip("nbclient", reason="the extra `notebooks` is not installed")
pytest.importorskip("ipykernel", reason="the extra `notebooks` is not installed")

HOME = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(HOME.glob("*.ipynb"))
_LARGEST = 1_000_000
_DEFINITIONS = re.compile(r"^\s*(def|class|async|while|try)\b", re.MULTILINE)


def _said(notebook: object) -> list[str]:
    """Return what the code cells print and show as text; pictures are only counted."""
    found = []
    for cell in notebook.cells:  # type: ignore[attr-defined]
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            found.append(output.get("text") or ("picture" if "image/png" in data else data.get("text/plain", "")))
    return found


def test_there_are_six() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_opens_with_what_it_shows_and_closes_with_what_not_to_conclude(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    assert cells[-1].cell_type == "markdown" and cells[-1].source.startswith("## What not to conclude")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert not _DEFINITIONS.search(code), "logic belongs into the package"
    assert path.stat().st_size < _LARGEST


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_says_what_is_committed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    committed = _said(notebook)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HOME)}}).execute()
    assert _said(notebook) == committed, "run `make notebooks` and look at what changed"
