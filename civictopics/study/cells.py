"""Cells of a study: one method on one data set with one seed, kept as one JSON file and one table of predictions."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from civictopics.errors import InputError
from civictopics.evaluation.scores import Score
from civictopics.study.data_sets import DataSet
from civictopics.study.declaration import DataChoice, Declaration, MethodChoice
from civictopics.study.digests import code_digest, columns_digest, digest_of
from civictopics.study.predictions import Columns
from civictopics.study.question import Question
from civictopics.study.registry import Registry

ALL = "all"
"""The name, among languages, of all articles together."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One method on one data set with one seed."""

    question: Question
    data_set: DataSet
    choice: DataChoice
    method: MethodChoice
    seed: int

    @property
    def name(self) -> str:
        """The stem of its files."""
        return f"{self.choice.name}--{self.method.name}--{self.seed}"

    @property
    def function(self) -> str:
        """``module:function`` of the method."""
        return self.question.methods[self.method.registered]

    def depends_on(self) -> dict[str, Any]:
        """Return all that decides its predictions; raises DataMissingError where the data are not here."""
        return {
            "question": self.question.name,
            "function": self.function,
            "settings": self.method.settings,
            "languages": list(self.choice.languages),
            "seed": self.seed,
            "data": self.data_set.digest(),
            "code": code_digest([self.function.partition(":")[0], self.data_set.load.__module__]),
        }


def cells_of(declaration: Declaration, registry: Registry) -> list[Cell]:
    """Return the cells of a study, in the order of its declaration; a method that no seed changes has one."""
    question = registry.questions[declaration.question]
    return [
        Cell(question, registry.data_sets[choice.name], choice, method, seed)
        for choice in declaration.data_sets
        for method in declaration.methods
        if not choice.methods or method.name in choice.methods
        for seed in (declaration.seeds[:1] if method.registered in question.seedless else declaration.seeds)
    ]


def record_path(folder: Path, cell: Cell) -> Path:
    """Return where the record of a cell is kept."""
    return folder / "runs" / f"{cell.name}.json"


def predictions_path(folder: Path, cell: Cell) -> Path:
    """Return where its predictions are kept: in ``private``, which is not committed, where they may not be shared."""
    home = "runs" if cell.data_set.redistributable else "private"
    return folder / home / f"{cell.name}.parquet"


def read_record(path: Path) -> dict[str, Any] | None:
    """Return the record of a cell; None where there is none, or half of one."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and "digests" in record else None


def state_of(folder: Path, cell: Cell) -> str:
    """Return ``done``, ``missing``, or ``changed`` where data, code or settings are not those of the record.

    Raises
    ------
    DataMissingError
        If the data set is not on this machine.
    """
    now = digest_of(cell.depends_on())
    record = read_record(record_path(folder, cell))
    if record is None:
        return "missing"
    if record["digests"].get("cell") != now:
        return "changed"
    columns = read_predictions(predictions_path(folder, cell))
    if columns is None:
        return "changed" if cell.data_set.redistributable else "done"
    return "done" if columns_digest(listed(columns)) == record["digests"]["predictions"] else "changed"


def write_record(path: Path, record: Mapping[str, Any]) -> None:
    """Write a record whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part-{os.getpid()}")
    draft.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)


def write_predictions(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write predictions whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part-{os.getpid()}")
    pq.write_table(
        pa.table({name: pa.array(values) for name, values in listed(columns).items()}), draft, compression="zstd"
    )
    draft.replace(path)


def read_predictions(path: Path) -> dict[str, NDArray[Any]] | None:
    """Return predictions; None where there are none."""
    if not path.is_file():
        return None
    try:
        table = pq.read_table(path)
    except pa.ArrowException:
        return None
    return {name: np.asarray(table.column(name).to_pylist()) for name in table.column_names}


def listed(columns: Mapping[str, NDArray[Any]]) -> dict[str, list[Any]]:
    """Return columns as lists; numbers with six decimals, which is what is kept of them."""
    found = {}
    for name, values in columns.items():
        array = np.asarray(values)
        found[name] = np.round(array.astype(np.float64), 6).tolist() if array.dtype.kind == "f" else array.tolist()
    return found


def languages_of(columns: Columns, order: Sequence[str]) -> list[str]:
    """Return the languages of predictions, in the order given."""
    there = set(columns["lang"].tolist())
    return [code for code in order if code in there] + sorted(there - set(order))


def scores_of(
    columns: Columns, question: Question, metrics: Sequence[str], order: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return each metric over all articles and over those of each language, with six decimals."""
    languages = languages_of(columns, order)
    found = {}
    for metric in metrics:
        if not question.metrics[metric].applies(columns):
            continue
        score = question.metrics[metric].score(columns)
        parts = {ALL: score.of_all()}
        if len(languages) > 1:
            parts |= {code: score_in(score, columns, code).of_all() for code in languages}
        found[metric] = {name: round(value, 6) for name, value in parts.items()}
    return found


def score_in(score: Score, columns: Columns, language: str) -> Score:
    """Return a score over the articles of one language."""
    return score.take(np.flatnonzero(columns["lang"] == language))


def check_same_articles(first: Columns, second: Columns) -> None:
    """Raise InputError where two methods did not predict the same articles."""
    if first["id"].tolist() != second["id"].tolist() or first["group"].tolist() != second["group"].tolist():
        raise InputError("two methods predicted different articles, so they cannot be compared; run them again")
