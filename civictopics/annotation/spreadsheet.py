"""Assignments as tables: one of articles to read, one of labels to fill in."""

import csv
from collections.abc import Sequence
from pathlib import Path

from civictopics.annotation.assignments import Assignment
from civictopics.annotation.flat import FlatLabel, write_labels
from civictopics.annotation.questions import Question
from civictopics.corpus.defusing import defuse

_ARTICLE = ("id", "group", "lang", "published", "title", "text")


def export_csv(folder: Path, assignments: Sequence[Assignment], questions: Sequence[Question]) -> list[str]:
    """Write ``articles.csv`` and ``labels.csv``, and return their names.

    The labels are filled in with what was predicted, if anything; the coder writes their
    name and corrects them.
    """
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_ARTICLE)
        for item in assignments:
            writer.writerow([defuse(str(getattr(item.article, name))) for name in _ARTICLE])
    rows = [
        FlatLabel(item.article.id, "", question.task, ";".join(item.predicted.get(question.task, ())))
        for item in assignments
        for question in questions
    ]
    write_labels(folder / "labels.csv", rows)
    return ["articles.csv", "labels.csv"]
