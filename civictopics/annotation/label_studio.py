"""Label Studio: tasks with pre-annotations, the configuration of the labels, and what coders made of them.

The form is that of its documents (labelstud.io/guide/tasks, /guide/predictions,
/guide/export) and was tried against a running one; see docs/taggers.md.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from civictopics import __version__
from civictopics.annotation.assignments import Assignment
from civictopics.annotation.flat import FlatLabel
from civictopics.annotation.questions import CODEBOOK, Question
from civictopics.errors import InputError, UsageError

TASKS, CONFIG = "tasks.json", "config.xml"
_COMMENT = "comment"


def export_label_studio(folder: Path, assignments: Sequence[Assignment], questions: Sequence[Question]) -> list[str]:
    """Write ``tasks.json`` and ``config.xml``, and return their names."""
    tasks = [_task(item, questions) for item in assignments]
    text = json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"
    (folder / TASKS).write_text(text, encoding="utf-8")
    (folder / CONFIG).write_text(label_config(questions), encoding="utf-8")
    return [TASKS, CONFIG]


def label_config(questions: Sequence[Question]) -> str:
    """Return the configuration of the labels, as XML."""
    lines = ["<View>", '  <Header value="$title"/>', '  <Text name="text" value="$text"/>']
    for question in questions:
        name = quoteattr(question.task)
        lines.append(f"  <Header value={name}/>")
        if question.labels:
            choice = "multiple" if question.several else "single"
            lines.append(f'  <Choices name={name} toName="text" choice="{choice}" required="true">')
            lines += [f"    <Choice value={quoteattr(label)}/>" for label in question.labels]
            lines.append("  </Choices>")
        else:
            lines.append(f'  <TextArea name={name} toName="text" maxSubmissions="1" editable="true"/>')
    lines += [f'  <TextArea name="{_COMMENT}" toName="text" placeholder="comment" editable="true"/>', "</View>"]
    return "\n".join(lines) + "\n"


def import_label_studio(
    path: Path, questions: Sequence[Question] = (), annotators: Mapping[str, str] | None = None
) -> list[FlatLabel]:
    """Return the labels of an export in the form JSON.

    Skipped tasks and predictions are left out; of several annotations of one coder the
    last counts.

    Parameters
    ----------
    path : Path
    questions : sequence of Question
        Own questions; those of the codebook are known.
    annotators : mapping of str to str, optional
        Names by the numbers that Label Studio gives; an e-mail address is used as it is.

    Raises
    ------
    InputError
        If the file is no such export, or holds an unknown label; the message names the task.
    """
    known = {**CODEBOOK, **{question.task: question for question in questions}}
    found: dict[tuple[str, str, str], FlatLabel] = {}
    for number, task in enumerate(_tasks(path)):
        place = f"{path.name}, task {number + 1}"
        try:
            article = str(task["data"]["article"])
            annotations = [item for item in task["annotations"] if not item.get("was_cancelled")]
            for annotation in sorted(annotations, key=_time):
                for label in _labels(annotation, article, known, annotators or {}):
                    found[label.article, label.annotator, label.task] = label
        except UsageError as error:
            raise InputError(f"{place}: {error}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{place}: not a task of Label Studio's export JSON with data.article ({type(error).__name__}: {error})"
            ) from error
    if not found:
        raise InputError(f"{path}: no annotation in {path.name}; export the project in the form JSON")
    return list(found.values())


def _task(item: Assignment, questions: Sequence[Question]) -> dict[str, Any]:
    article = item.article
    task: dict[str, Any] = {
        "data": {
            "article": article.id,
            "group": article.group,
            "lang": article.lang,
            "published": article.published,
            "title": article.title or "-",
            "text": article.text,
            "meta": {"text_sha256": item.text_digest},
        }
    }
    results = [
        _result(question, item.predicted[question.task]) for question in questions if item.predicted.get(question.task)
    ]
    if results:
        version = f"civictopics {__version__}"
        task["predictions"] = [{"model_version": version, "score": round(item.probability, 4), "result": results}]
    return task


def _result(question: Question, labels: Sequence[str]) -> dict[str, Any]:
    kind, key = ("choices", "choices") if question.labels else ("textarea", "text")
    return {"from_name": question.task, "to_name": "text", "type": kind, "value": {key: list(labels)}}


def _tasks(path: Path) -> list[Any]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    if not isinstance(tasks, list):
        raise InputError(f"{path}: a {type(tasks).__name__}, not a list of tasks; export the project in the form JSON")
    return tasks


def _time(annotation: Mapping[str, Any]) -> str:
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")


def _labels(
    annotation: Mapping[str, Any], article: str, known: Mapping[str, Question], annotators: Mapping[str, str]
) -> Iterator[FlatLabel]:
    by = annotation.get("completed_by", "")
    person = str(by.get("email") or by.get("id", "")) if isinstance(by, dict) else str(by)
    answers = {item["from_name"]: _answer(item["value"]) for item in annotation["result"] if "from_name" in item}
    comment = " ".join(answers.pop(_COMMENT, []))
    for task, labels in answers.items():
        question = known.get(task, Question(task, (), several=True))
        ordered = question.order([label.strip() for label in labels if label.strip()])
        if ordered:
            yield FlatLabel(article, annotators.get(person, person), task, ordered, comment, _time(annotation))


def _answer(value: Mapping[str, Any]) -> list[str]:
    given = value.get("choices", value.get("text", []))
    return [given] if isinstance(given, str) else [str(item) for item in given]
