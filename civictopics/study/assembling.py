"""From the cells of a study to one set of rows, over all its data sets."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from civictopics.errors import CivicTopicsError
from civictopics.evaluation.bootstrap import Interval
from civictopics.evaluation.verdicts import judged
from civictopics.languages import LANGUAGES
from civictopics.study.cells import (
    Cell,
    cells_of,
    listed,
    predictions_path,
    read_predictions,
    read_record,
    record_path,
    scores_of,
    write_record,
)
from civictopics.study.declaration import Declaration
from civictopics.study.digests import columns_digest
from civictopics.study.predictions import Columns
from civictopics.study.registry import OWN, Registry
from civictopics.study.summary import Row, Summary, summarise

PRIVATE = "private.json"
_TOLERANCE = 2e-6


class StaleResultsError(CivicTopicsError):
    """What is kept of a study does not fit together."""


@dataclass(frozen=True, slots=True)
class Study:
    """A study that has been run, with the rows of its tables.

    Attributes
    ----------
    declaration : Declaration
    scores, comparisons, languages, agreement, runs : list of dict
        Rows, in the order of the declaration.
    further : dict of str to list of dict
        Rows of the question's own tables, by name.
    notes : list of str
        What is missing, and why.
    """

    declaration: Declaration
    scores: list[Row] = field(default_factory=list)
    comparisons: list[Row] = field(default_factory=list)
    languages: list[Row] = field(default_factory=list)
    agreement: list[Row] = field(default_factory=list)
    runs: list[Row] = field(default_factory=list)
    further: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def assemble(declaration: Declaration, folder: Path, registry: Registry = OWN, *, keep_private: bool = True) -> Study:
    """Return the study as its cells give it.

    Parameters
    ----------
    declaration : Declaration
    folder : Path
        That of its results.
    keep_private : bool
        Write what was computed from predictions that may not be shared to ``private.json``,
        so that the tables can be made where those are not.

    Raises
    ------
    StaleResultsError
        If predictions are not those of their record.
    """
    study = Study(declaration)
    question = registry.questions[declaration.question]
    cells = cells_of(declaration, registry)
    for choice in declaration.data_sets:
        ours = [cell for cell in cells if cell.choice.name == choice.name]
        records = {cell.name: read_record(record_path(folder, cell)) for cell in ours}
        there = [cell for cell in ours if records[cell.name] is not None]
        absent = sorted({cell.method.name for cell in ours} - {cell.method.name for cell in there})
        if absent:
            study.notes.append(f"{choice.name}: not run: {', '.join(absent)}")
        if not there:
            continue
        study.runs.extend(_run_row(records[cell.name] or {}) for cell in there)
        private = not registry.data_sets[choice.name].redistributable
        predictions = _predictions(folder, there, records)
        if predictions is not None:
            found = summarise(declaration, question, choice.name, predictions)
            if private and keep_private:
                _keep_private(folder, choice.name, _digests(there, records), found)
        elif private:
            found = _kept_private(folder, choice.name, _digests(there, records))
        else:
            raise StaleResultsError(
                f"{folder / 'runs'}: predictions on {choice.name} are missing; run the experiment with --rerun changed"
            )
        study.scores.extend(found["scores"])
        study.comparisons.extend(found["comparisons"])
        study.languages.extend(found["languages"])
        study.agreement.extend(found["agreement"])
        for name, rows in found["further"].items():
            study.further.setdefault(name, []).extend(rows)
    _judge(study, registry)
    return study


def _predictions(
    folder: Path, cells: list[Cell], records: dict[str, dict[str, Any] | None]
) -> dict[str, list[Columns]] | None:
    found: dict[str, list[Columns]] = {}
    for cell in cells:
        path = predictions_path(folder, cell)
        record = records[cell.name] or {}
        columns = read_predictions(path)
        if columns is None:
            return None
        if columns_digest(listed(columns)) != record["digests"]["predictions"]:
            if not cell.data_set.redistributable:
                return None
            raise StaleResultsError(f"{path} is not what its record says; run the experiment with --rerun changed")
        _check_scores(path, cell, columns, record)
        found.setdefault(cell.method.name, []).append(columns)
    return found


def _check_scores(path: Path, cell: Cell, columns: Columns, record: dict[str, Any]) -> None:
    now = scores_of(columns, cell.question, list(record["scores"]), LANGUAGES)
    for metric, parts in now.items():
        for language, value in parts.items():
            kept = record["scores"][metric].get(language)
            if kept is None or abs(kept - value) > _TOLERANCE:
                raise StaleResultsError(
                    f"{path}: {metric} ({language}) is {value}, its record says {kept}; "
                    "the measure has changed: run the experiment with --rerun always"
                )


def _digests(cells: list[Cell], records: dict[str, dict[str, Any] | None]) -> dict[str, str]:
    return {cell.name: (records[cell.name] or {})["digests"]["predictions"] for cell in cells}


def _keep_private(folder: Path, data_set: str, digests: dict[str, str], found: Summary) -> None:
    path = folder / PRIVATE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    now = {**kept, data_set: {"predictions": digests, **found}}
    if now != kept:
        write_record(path, dict(sorted(now.items())))


def _kept_private(folder: Path, data_set: str, digests: dict[str, str]) -> Summary:
    path = folder / PRIVATE
    kept = json.loads(path.read_text(encoding="utf-8")).get(data_set) if path.is_file() else None
    if kept is None or kept["predictions"] != digests:
        raise StaleResultsError(f"{path} does not fit the cells of {data_set}; run the experiment where {data_set} is")
    return {name: kept[name] for name in ("scores", "comparisons", "languages", "agreement", "further")}


def _run_row(record: dict[str, Any]) -> Row:
    names = ("data_set", "method", "seed", "seconds", "peak_megabytes")
    return {**{name: record[name] for name in names}, **record["measured"]}


def _judge(study: Study, registry: Registry) -> None:
    """Correct the p-values (Holm) over all pairs and data sets of each metric, and put the verdicts in."""
    metrics = registry.questions[study.declaration.question].metrics
    for metric in study.declaration.metrics:
        rows = [row for row in study.comparisons if row["metric"] == metric]
        pairs = [(study.declaration.label(row["first"]), study.declaration.label(row["second"])) for row in rows]
        intervals = [
            Interval(
                _number(row["difference"]),
                _number(row["low"]),
                _number(row["high"]),
                study.declaration.level,
                row["groups"],
                "bca",
            )
            for row in rows
        ]
        verdicts = judged(
            pairs, intervals, [_number(row["p"]) for row in rows], higher_is_better=metrics[metric].higher_is_better
        )
        for row, verdict in zip(rows, verdicts, strict=True):
            corrected = verdict.p_corrected
            row["p_holm"] = None if corrected != corrected else round(corrected, 6)
            row["better"] = {"first": row["first"], "second": row["second"]}.get(verdict.better, "")
            row["verdict"] = verdict.in_words()


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
