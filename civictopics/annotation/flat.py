"""The flat file of labels that every tool is brought to: article, annotator, task, label, comment, time."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from civictopics.annotation.questions import CODEBOOK, Question
from civictopics.corpus.defusing import defuse
from civictopics.errors import InputError, UsageError
from civictopics.tagging.training.table_file import read_table

COLUMNS = ("article", "annotator", "task", "label", "comment", "time")


@dataclass(frozen=True, slots=True)
class FlatLabel:
    """What one coder said of one article in one field; several labels are joined by ``;``."""

    article: str
    annotator: str
    task: str
    label: str
    comment: str = ""
    time: str = ""


def write_labels(path: Path, labels: Iterable[FlatLabel]) -> None:
    """Write labels; cells that a spreadsheet would take for formulas are defused."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([defuse(cell) for cell in astuple(label)] for label in labels)


def read_labels(path: Path, questions: Sequence[Question] = (), annotator: str = "") -> list[FlatLabel]:
    """Read a flat file; rows whose label is empty are not answered yet, and are left out.

    Parameters
    ----------
    path : Path
        A csv, tsv, jsonl or parquet file.
    questions : sequence of Question
        Own questions; those of the codebook are known.
    annotator : str
        Who labelled the rows that do not say it.

    Raises
    ------
    InputError
        If a column is missing, a label is unknown, or a coder contradicts themself; the
        message names the row.
    """
    columns, rows = read_table(path)
    missing = [name for name in COLUMNS[:4] if name not in columns]
    if missing:
        raise InputError(f"{path}: no column {missing[0]!r}; a file of labels has the columns {', '.join(COLUMNS)}")
    known = {**CODEBOOK, **{question.task: question for question in questions}}
    found: dict[tuple[str, str, str], tuple[FlatLabel, str]] = {}
    for row in rows:
        values = {name: _plain(row.values.get(name, "")) for name in COLUMNS}
        if not values["label"]:
            continue
        values["annotator"] = values["annotator"] or annotator
        for name in ("article", "annotator", "task"):
            if not values[name]:
                raise InputError(f"{row.place}: the {name} is empty")
        label = FlatLabel(**{**values, "label": _checked(values, known, row.place)})
        key = (label.article, label.annotator, label.task)
        other, place = found.setdefault(key, (label, row.place))
        if other.label != label.label:
            raise InputError(
                f"{place} and {row.place}: {label.annotator} labels {label.article!r} both {other.label!r} and "
                f"{label.label!r} in {label.task}; keep one"
            )
    if not found:
        raise InputError(f"{path}: the file holds no labels")
    return [label for label, _ in found.values()]


def _checked(values: dict[str, str], known: dict[str, Question], place: str) -> str:
    question = known.get(values["task"])
    if question is None:
        return values["label"]
    try:
        return question.order(values["label"].split(";") if question.labels else [values["label"]])
    except UsageError as error:
        raise InputError(f"{place}: {error}") from error


def _plain(value: str) -> str:
    """Return a cell as it was before it was defused."""
    bare = value.strip()
    return bare[1:] if bare.startswith("'") and defuse(bare[1:]) == bare else bare
