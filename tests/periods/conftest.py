"""What the tests of the periods share."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi", "en", "sv", "ru", "ar")


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def shared_file(*parts: str) -> Path:
    """Return a file of ../shared, which is not part of the repository."""
    path = ROOT.parent / "shared" / Path(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not there: it holds real articles that may not be redistributed")
    return path
