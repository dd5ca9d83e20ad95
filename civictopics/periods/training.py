"""Train the ranker from the corpus; rebuild the shipped file by `rebuild`."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from civictopics.errors import InputError
from civictopics.periods.calendar import parse_published
from civictopics.periods.candidates import Candidate
from civictopics.periods.features import Vector
from civictopics.periods.grammar import load_grammar
from civictopics.periods.ranker import Choice, Ranker, dump_ranker, fit_choice
from civictopics.periods.reading import Problem, pose
from civictopics.periods.scanner import scan

PENALTY = 8.0
"""Strength of the regularisation; in cross-validation over groups, 20 did worse than 10."""

_REDUCED = (0.5, 0.25, 0.25)  # weights of the full date, the bare year, no date

_AS_WRITTEN = 0.6
"""Weight of an article as it is in the corpus; the rest goes to longer forms of it."""

_LONGER = ((1, 10, 0.15), (1, 4, 0.10), (2, 0, 0.15))
"""Articles appended, signs of the date that are kept, weight: real articles are longer and name more spans."""

_WEIGHT_OF_NONE = 1.5
"""Most real articles report no span, fewer of the corpus: each without one counts for so many."""

Record = Mapping[str, Any]
Labelled = tuple[Vector, Vector, int]


def read_corpus(folder: Path) -> list[dict[str, Any]]:
    """Read the events of a corpus folder as one record per event and language.

    Raises
    ------
    InputError
        If the folder holds no events.
    """
    records: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if "passages" in event:
                records += _translations(event)
    if not records:
        raise InputError(f"no events in {folder}; expected *.jsonl files with passages, as in data/corpus")
    return records


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Read the cases written for training, each a group of its own; none where the file is missing."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{**record, "group": record["id"]} for record in map(json.loads, lines)]


def records_of(data: Path) -> list[dict[str, Any]]:
    """Read all that the shipped ranker learns from: the corpus, and the cases written for what it lacks."""
    return read_corpus(data / "corpus") + read_cases(data / "periods" / "training.jsonl")


def _translations(event: Record) -> Iterator[dict[str, Any]]:
    labels = {key: event[key] for key in ("period_kind", "period_start", "period_end", "plan_start", "plan_end")}
    for language, title in event["title"].items():
        text = "\n".join(passage["text"][language] for passage in event["passages"])
        about = {"group": event["group"], "lang": language, "published": event["published"], "title": title}
        yield {**about, "text": text, **labels}


def reduced(record: Record) -> list[tuple[dict[str, Any], float]]:
    """Return a record with its date in full, as a year and without, since real articles often lack it."""
    published = str(record.get("published") or "")
    forms = (published, published[:4], "")
    return [({**record, "published": form}, weight) for form, weight in zip(forms, _REDUCED, strict=True)]


def varied(record: Record, fillers: Sequence[Record]) -> list[tuple[dict[str, Any], float]]:
    """Return the forms of a record that are learned from: as written, and with other articles appended.

    Parameters
    ----------
    record : mapping
    fillers : sequence of mapping
        Articles in its language that report on no span and plan none, and so leave its labels true.
    """
    written = reduced(record)
    published = str(record.get("published") or "")
    others = _nearest(record, fillers, max(count for count, _, _ in _LONGER))
    if not others:
        return written
    forms = [(form, _AS_WRITTEN * weight) for form, weight in written]
    for count, kept, weight in _LONGER:
        text = "\n".join(str(piece["text"]) for piece in (record, *others[:count]))
        forms.append(({**record, "text": text, "published": published[:kept]}, weight))
    return forms


def _nearest(record: Record, fillers: Sequence[Record], count: int) -> list[Record]:
    """Return the fillers published nearest in time, in an order that depends on names alone."""

    def place(filler: Record) -> tuple[int, str]:
        distance = abs(_year(filler) - _year(record))
        return distance, hashlib.sha256(f"{record['group']}\0{filler['group']}".encode()).hexdigest()

    return sorted((filler for filler in fillers if filler["group"] != record["group"]), key=place)[:count]


def _year(record: Record) -> int:
    digits = str(record.get("published") or "")[:4]
    return int(digits) if digits.isdecimal() else 0


def pose_record(record: Record) -> Problem:
    """Scan a record and turn it into a problem for the ranker."""
    grammar = load_grammar(str(record["lang"]))
    published = parse_published(str(record.get("published") or ""))
    return pose(scan(str(record["text"]), str(record.get("title") or ""), published, grammar), grammar)


def answer(candidates: Sequence[Candidate], kind: str, start: str, end: str, *, dated: bool = True) -> int:
    """Return which candidate a label means: their number for none, -1 where the label is not among them.

    Parameters
    ----------
    candidates : sequence of Candidate
        What was found.
    kind, start, end : str
        The label; an empty kind matches any (plans have no kind).
    dated : bool, default=True
        False where the date that the label rests on was taken away, so that the kind without
        dates is right as well.
    """
    if kind == "none" or (not kind and not start):
        return len(candidates)
    for index, candidate in enumerate(candidates):
        same_kind = not kind or candidate.kind == kind
        if same_kind and candidate.start[:7] == start[:7] and candidate.end[:7] == end[:7]:
            exact = len(start) == 7 or (candidate.start, candidate.end) == (start, end)
            if exact:
                return index
    if not dated:
        for index, candidate in enumerate(candidates):
            if candidate.kind == kind and not candidate.start:
                return index
    return -1


def label_problem(problem: Problem, record: Record, *, dated: bool) -> tuple[Labelled | None, Labelled | None]:
    """Return the two problems of an article with their answers, None where the answer was not found."""
    found = answer(problem.candidates, record["period_kind"], record["period_start"], record["period_end"], dated=dated)
    reporting = (problem.rows, problem.article, found) if found >= 0 else None
    chosen = problem.candidates[found] if 0 <= found < len(problem.candidates) else None
    planned = answer(problem.candidates, "", record["plan_start"], record["plan_end"])
    plan = (problem.plan_rows(chosen), problem.article, planned) if planned >= 0 else None
    return reporting, plan


def train(records: Sequence[Record], penalty: float = PENALTY) -> Ranker:
    """Train a ranker on labelled records (see `PeriodExtractor.fit`)."""
    sizes: dict[str, int] = {}
    for record in records:
        sizes[record["group"]] = sizes.get(record["group"], 0) + 1
    fillers: dict[str, list[Record]] = {}
    for record in records:
        if record["period_kind"] == "none" and not record["plan_start"]:
            fillers.setdefault(record["lang"], []).append(record)
    tasks: tuple[list[Labelled], list[Labelled]] = ([], [])
    weights: tuple[list[float], list[float]] = ([], [])
    for record in records:
        for form, weight in varied(record, fillers.get(record["lang"], [])):
            labelled = label_problem(pose_record(form), form, dated=bool(form["published"]))
            for task, problem in enumerate(labelled):
                if problem is not None:
                    tasks[task].append(problem)
                    # Each group counts as five articles, however many of its translations there are.
                    share = weight * 5.0 / sizes[record["group"]]
                    without = task == 0 and record["period_kind"] == "none"
                    weights[task].append(share * (_WEIGHT_OF_NONE if without else 1.0))
    choices = [Choice(*fit_choice(t, np.array(w), penalty)) for t, w in zip(tasks, weights, strict=True)]
    return Ranker(*choices)


def rebuild(data: Path = Path("data"), path: Path | None = None) -> Ranker:
    """Train the shipped ranker on the corpus and the cases in a data folder, and write its file."""
    records = records_of(data)
    ranker = train(records)
    note = {"groups": len({record["group"] for record in records}), "made by": "civictopics.periods.training.rebuild"}
    dump_ranker(ranker, path or Path(__file__).with_name("ranker.json"), note)
    return ranker
