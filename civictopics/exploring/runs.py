"""A finished run of the main job, read back from its folder."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civictopics.errors import UsageError
from civictopics.themes.guided import GUIDED_THEMES

_FILES = ("articles.parquet", "passages.parquet", "tags.csv", "themes.json", "dropped.csv", "run.json")


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """What a run wrote.

    Attributes
    ----------
    folder : Path
    articles : pyarrow.Table
        One row per article, with its cleaned text.
    passages : pyarrow.Table
        One row per passage, with its theme weights.
    tags : pyarrow.Table
        One row per article, in the order of `articles`; weights and probabilities are
        numbers, everything else text, as in ``tags.csv``.
    themes : list of dict
        Name, size, key phrases per language and typical passages of each theme.
    dropped : pyarrow.Table
        What was not used, and why.
    record : dict
        Provenance, as in ``run.json``.
    """

    folder: Path
    articles: pa.Table
    passages: pa.Table
    tags: pa.Table
    themes: list[dict[str, Any]]
    dropped: pa.Table
    record: dict[str, Any]

    def figure(self, name: str) -> Path:
        """Return the PNG file of one of the run's figures, such as ``theme-map``.

        Raises
        ------
        UsageError
            If the run has no such figure; the message lists those there are.
        """
        path = self.folder / "figures" / f"{name}.png"
        if not path.is_file():
            there = sorted(other.stem for other in (self.folder / "figures").glob("*.png"))
            raise UsageError(f"no figure {name!r} in {self.folder}; there are: {', '.join(there) or 'none'}")
        return path


def open_run(folder: str | Path) -> FinishedRun:
    """Read the folder that ``civictopics run`` wrote.

    Raises
    ------
    UsageError
        If the folder is not that of a finished run; the message names the file that is missing.
    """
    home = Path(folder)
    missing = [name for name in _FILES if not (home / name).is_file()]
    if missing:
        raise UsageError(f"{home} is not the folder of a finished run: it has no {missing[0]}")
    return FinishedRun(
        folder=home,
        articles=pq.read_table(home / "articles.parquet"),
        passages=pq.read_table(home / "passages.parquet"),
        tags=_read_csv(home / "tags.csv"),
        themes=json.loads((home / "themes.json").read_text(encoding="utf-8")),
        dropped=_read_csv(home / "dropped.csv"),
        record=json.loads((home / "run.json").read_text(encoding="utf-8")),
    )


def _read_csv(path: Path) -> pa.Table:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or ())
        rows = list(reader)
    columns = {name: [row[name] for row in rows] for name in names}
    return pa.table({name: _typed(name, values) for name, values in columns.items()})


def _typed(name: str, values: list[str]) -> pa.Array:
    """Return a column as numbers where it holds weights or probabilities, and as text where not."""
    if name in GUIDED_THEMES or name.endswith("_probability"):
        return pa.array([float(value) if value else None for value in values], type=pa.float64())
    return pa.array(values, type=pa.string())
