"""doccano: one file of JSON lines per question (a project for text classification each), and what comes back.

doccano writes the fields of an example that it does not know back into its export; so
the article and the task come home in them. It exports one file per coder.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from civictopics.annotation.assignments import Assignment
from civictopics.annotation.flat import FlatLabel
from civictopics.annotation.questions import CODEBOOK, Question
from civictopics.errors import InputError, UsageError


def export_doccano(folder: Path, assignments: Sequence[Assignment], questions: Sequence[Question]) -> list[str]:
    """Write ``TASK.jsonl`` and the labels to import, ``TASK.labels.json``, for each question; return the names.

    doccano has no field for a headline, so it is the first line of the text. Fields that
    are written, such as dates, have no place in it and are left out.
    """
    names = []
    for question in questions:
        if not question.labels:
            continue
        lines = [json.dumps(_line(item, question), ensure_ascii=False) for item in assignments]
        labels = [{"text": label} for label in question.labels]
        (folder / f"{question.task}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / f"{question.task}.labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
        names += [f"{question.task}.jsonl", f"{question.task}.labels.json"]
    if not names:
        raise UsageError("doccano takes questions with labels to choose from; none was asked for")
    return names


def import_doccano(path: Path, annotator: str = "", questions: Sequence[Question] = ()) -> list[FlatLabel]:
    """Return the labels of an export in the form JSONL.

    Parameters
    ----------
    path : Path
        One coder's file; its stem is the coder's name, unless `annotator` is given.
    annotator : str
    questions : sequence of Question
        Own questions; those of the codebook are known.

    Raises
    ------
    InputError
        If a line is not of such an export, or holds an unknown label; the message names the line.
    """
    known = {**CODEBOOK, **{question.task: question for question in questions}}
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path.name}#{number}"
        try:
            record = json.loads(line)
            task, labels = str(record["task"]), [str(label) for label in record["label"]]
            ordered = known.get(task, Question(task, (), several=True)).order(labels)
            if ordered:
                comment = " ".join(str(text) for text in record.get("Comments", []))
                found.append(FlatLabel(str(record["article"]), annotator or path.stem, task, ordered, comment))
        except UsageError as error:
            raise InputError(f"{place}: {error}") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            what = f"{type(error).__name__}: {error}"
            raise InputError(
                f"{place}: not a line of doccano's export with article, task and label ({what})"
            ) from error
    if not found:
        raise InputError(f"{path}: no label in it")
    return found


def _line(item: Assignment, question: Question) -> dict[str, Any]:
    article = item.article
    return {
        "text": f"{article.title}\n\n{article.text}" if article.title else article.text,
        "label": list(item.predicted.get(question.task, ())),
        "article": article.id,
        "group": article.group,
        "lang": article.lang,
        "task": question.task,
        "text_sha256": item.text_digest,
    }
