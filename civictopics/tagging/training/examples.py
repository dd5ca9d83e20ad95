"""Labelled texts from a table: columns found, labels checked, languages detected, groups kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from civictopics.corpus.language import DEFAULT_CANDIDATES, LanguageDetector
from civictopics.corpus.readers.fields import clean_identifier
from civictopics.corpus.steps import cleaner_for
from civictopics.errors import InputError, UsageError
from civictopics.tagging.training.checking import check_label_set, check_labels, joined_groups
from civictopics.tagging.training.labelled import LabelledText
from civictopics.tagging.training.table_file import Row, read_table


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; one that is not named is used under its usual name where it is there."""

    labels: str
    text: str = "text"
    title: str = ""
    lang: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Examples:
    """What a tagger is trained on.

    Attributes
    ----------
    texts : tuple of LabelledText
    source : str
        Name of the file.
    digest : str
        SHA-256 of the file.
    notes : tuple of str
        What was understood, and what was joined.
    """

    texts: tuple[LabelledText, ...]
    source: str
    digest: str
    notes: tuple[str, ...] = field(default=())

    @property
    def labels(self) -> list[str]:
        """The label of each text."""
        return [example.label for example in self.texts]

    @property
    def groups(self) -> list[str]:
        """The group of each text."""
        return [example.group for example in self.texts]


def read_examples(
    path: Path,
    columns: Columns,
    label_set: Sequence[str] = (),
    texts: Mapping[str, Mapping[str, str]] | None = None,
    task: str = "",
) -> Examples:
    """Read labelled texts and check them.

    Texts are cleaned as in the main job, so that a tagger reads the same in training and
    in use. Near-copies are put in one group, so that none is on both sides of a split.

    Parameters
    ----------
    path : Path
        A csv, tsv, jsonl or parquet file.
    columns : Columns
    label_set : sequence of str, optional
        All labels there may be; any, where it is not given.
    texts : mapping of str to mapping, optional
        Text, title, lang and group by article id, for a file that names its articles in a column ``article``.
    task : str, optional
        Only the rows whose column ``task`` says this are used.

    Raises
    ------
    UsageError
        If a column that was asked for is not there.
    InputError
        If a label is empty, unknown, contradicted, or of one group only; the message names the row.
    """
    names, rows = read_table(path)
    if task:
        rows = [row for row in rows if row.values.get("task") == task]
        if not rows:
            raise InputError(f"{path}: no row has {task!r} in a column 'task'")
    found = _columns(path, names, columns, joined=texts is not None)
    given = [_example(row, found, texts) for row in rows]
    notes = []
    if "group" not in found and texts is None:
        notes.append("no column of groups: each row is its own; rows that translate each other need one group")
    check_labels(given, label_set)
    cleaned = _with_languages([_cleaned(example) for example in given])
    if "lang" not in found and texts is None:
        notes.append("languages detected: " + ", ".join(sorted({example.lang for example in cleaned} - {""})))
    groups, n_joined = joined_groups(cleaned)
    if n_joined:
        notes.append(f"{n_joined} rows are near-copies of a row of another group, and were put in its group")
    grouped = tuple(replace(example, group=group) for example, group in zip(cleaned, groups, strict=True))
    check_label_set(grouped, path.name)
    return Examples(grouped, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), tuple(notes))


def _columns(path: Path, names: Sequence[str], columns: Columns, joined: bool) -> dict[str, str]:
    """Return the column of each field; title, lang and group may be missing where they are not asked for."""
    by_folded = {name.casefold(): name for name in reversed(names)}
    asked = {"labels": columns.labels, "title": columns.title, "lang": columns.lang, "group": columns.group}
    asked |= {"article": "article"} if joined else {"text": columns.text}
    found = {}
    for field_name, asked_name in asked.items():
        name = by_folded.get((asked_name or field_name).casefold())
        if name is not None:
            found[field_name] = name
        elif asked_name:
            raise UsageError(f"{path}: no column {asked_name!r}; the columns are: {', '.join(names)[:300]}")
    return found


def _example(row: Row, found: Mapping[str, str], texts: Mapping[str, Mapping[str, str]] | None) -> LabelledText:
    values = {field_name: row.values.get(name, "") for field_name, name in found.items()}
    if texts is not None:
        known = texts.get(values["article"].strip())
        if known is None:
            raise InputError(f"{row.place}: no article {values['article'][:80]!r} among those given")
        values = {**known, **{name: value for name, value in values.items() if value}}
    if not values["text"].strip():
        raise InputError(f"{row.place}: the text is empty; remove the row")
    return LabelledText(
        place=row.place,
        text=values["text"],
        title=" ".join(values.get("title", "").split()),
        lang=values.get("lang", "").strip().casefold(),
        group=clean_identifier(values.get("group", "")) or row.place,
        label=" ".join(values["labels"].split()),
    )


def _cleaned(example: LabelledText) -> LabelledText:
    cleaned = cleaner_for(None).clean(example.text, example.title)
    return replace(example, text=cleaned.text or example.text, title=cleaned.title)


def _with_languages(examples: Sequence[LabelledText]) -> list[LabelledText]:
    if all(example.lang for example in examples):
        return list(examples)
    detector = LanguageDetector(DEFAULT_CANDIDATES)
    return [
        example if example.lang else replace(example, lang=detector.detect(f"{example.title}\n{example.text}")[0])
        for example in examples
    ]
