"""From inputs to a clean, deduplicated, grouped corpus on disk, batch by batch."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.deduplicate import find_duplicates
from civictopics.corpus.defusing import defuse
from civictopics.corpus.grouping import assign_groups
from civictopics.corpus.inputs import find_files, read_records
from civictopics.corpus.language import DEFAULT_CANDIDATES
from civictopics.corpus.limits import Limits
from civictopics.corpus.minhash import BANDS, shingles
from civictopics.corpus.records import Article, Dropped
from civictopics.corpus.repetition import RepeatedLines
from civictopics.corpus.spool import Row, open_spool, pick_rows, read_rows, read_spool
from civictopics.corpus.steps import clean_batch, identify_batch
from civictopics.languages.matching import split_words
from civictopics.parallel import batched, map_batches
from civictopics.progress import progress

BATCH = 64
_NOTES = 200


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How inputs are read.

    Attributes
    ----------
    candidates : tuple of str
        The languages to choose among, ISO 639-1.
    languages_folder : Path or None
        Further language files.
    limits : Limits
        Sizes above which an input is dropped.
    """

    candidates: tuple[str, ...] = DEFAULT_CANDIDATES
    languages_folder: Path | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class AssembledCorpus:
    """A corpus on disk.

    Attributes
    ----------
    n_articles, n_dropped : int
        Articles kept, and rows of the file of dropped inputs.
    removed_lines : Counter of str
        Lines removed in cleaning, by rule.
    notes : list of str
        What was kept but changed or not understood (at most 200; `n_notes` counts all).
    """

    spool: Path
    hidden: Mapping[int, str]
    ids: Sequence[str]
    groups: Sequence[str]
    n_articles: int
    n_dropped: int
    removed_lines: Counter[str]
    notes: list[str]
    n_notes: int

    def note(self, note: str) -> None:
        """Add a note, as long as they are few."""
        self.n_notes += 1
        if len(self.notes) < _NOTES:
            self.notes.append(note)

    def batches(self) -> Iterator[list[Article]]:
        """Yield the articles in input order, in batches."""
        number = 0
        for rows in read_spool(self.spool):
            batch = []
            for row in rows:
                if number not in self.hidden:
                    batch.append(_article(row, self.ids[number], self.groups[number]))
                number += 1
            if batch:
                yield batch


def assemble_corpus(
    inputs: Sequence[str | Path],
    work: Path,
    dropped_file: Path,
    settings: ReadingSettings,
    processes: int = 1,
) -> AssembledCorpus:
    """Read `inputs`, and write what was not used to `dropped_file`.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders.
    work : Path
        A folder for files that the next stages read.
    dropped_file : Path
        Where ``dropped.csv`` goes.
    settings : ReadingSettings
    processes : int
        Worker processes; the result does not depend on it.

    Raises
    ------
    UsageError
        If an input does not exist.
    """
    files = find_files(inputs)
    notes = _Notes()
    with dropped_file.open("w", encoding="utf-8", newline="") as file:
        dropped = _DroppedWriter(file)
        repeated, rules = _clean(files, work / "cleaned.arrow", dropped, notes, settings, processes)
        keys, bands, languages = _identify(work, repeated, rules, settings, processes)
        spool = work / "identified.arrow"
        copies = find_duplicates(keys, bands, languages, lambda wanted: _shingles(spool, wanted))
        ids, groups, hidden = _name(spool, copies, dropped, notes)
    (work / "cleaned.arrow").unlink()
    return AssembledCorpus(
        spool, hidden, ids, groups, len(ids) - len(hidden), dropped.count, rules, notes.kept, notes.count
    )


class _Notes:
    def __init__(self) -> None:
        self.kept: list[str] = []
        self.count = 0

    def add(self, note: str) -> None:
        self.count += 1
        if len(self.kept) < _NOTES:
            self.kept.append(note)


class _DroppedWriter:
    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(["source", "id", "reason"])
        self.count = 0

    def add(self, row: Dropped) -> None:
        self._writer.writerow([defuse(row.source), defuse(row.id), defuse(row.reason)])
        self.count += 1


def _clean(
    files: list[tuple[Path, str]],
    spool: Path,
    dropped: _DroppedWriter,
    notes: _Notes,
    settings: ReadingSettings,
    processes: int,
) -> tuple[RepeatedLines, Counter[str]]:
    repeated, rules = RepeatedLines(), Counter[str]()
    work = partial(clean_batch, folder=settings.languages_folder)
    batches = batched(read_records(files, settings.limits), BATCH)
    with open_spool(spool) as writer, progress("reading") as bar:
        for rows, removed, remarks in map_batches(work, batches, processes):
            rules.update(removed)
            for remark in remarks:
                notes.add(remark)
            kept: list[Row] = []
            for row in rows:
                if isinstance(row, Dropped):
                    dropped.add(row)
                else:
                    repeated.count(str(row["container"]), str(row["text"]))
                    kept.append(row)
            writer.write(kept)
            bar.update(len(kept))
    return repeated, rules


def _identify(
    work: Path, repeated: RepeatedLines, rules: Counter[str], settings: ReadingSettings, processes: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], list[str]]:
    def stripped() -> Iterator[list[Row]]:
        for rows in read_spool(work / "cleaned.arrow"):
            for row in rows:
                row["text"], gone = repeated.strip(str(row["container"]), str(row["text"]))
                rules["repeated over the corpus"] += len(gone)
            yield rows

    keys: list[NDArray[np.uint64]] = [np.empty(0, dtype=np.uint64)]
    bands: list[NDArray[np.uint64]] = [np.empty((0, BANDS), dtype=np.uint64)]
    languages: list[str] = []
    function = partial(identify_batch, candidates=settings.candidates)
    with open_spool(work / "identified.arrow") as writer, progress("languages and copies") as bar:
        for rows, batch_keys, batch_bands in map_batches(function, stripped(), processes):
            writer.write(rows)
            keys.append(batch_keys)
            bands.append(batch_bands)
            languages += [str(row["lang"]) for row in rows]
            bar.update(len(rows))
    return np.concatenate(keys), np.concatenate(bands), languages


def _shingles(spool: Path, wanted: set[int]) -> dict[int, NDArray[np.uint64]]:
    return (
        {number: shingles(split_words(str(row["text"]))) for number, row in pick_rows(spool, wanted)} if wanted else {}
    )


def _name(
    spool: Path, copies: Mapping[int, tuple[int, str]], dropped: _DroppedWriter, notes: _Notes
) -> tuple[list[str], list[str], dict[int, str]]:
    ids: list[str] = []
    facts: list[tuple[str, str, str]] = []
    taken: set[str] = set()
    hidden: dict[int, str] = {}
    for number, row in enumerate(read_rows(spool)):
        given, source = str(row["id"]), str(row["source"])
        if number in copies:
            kept, how = copies[number]
            hidden[number] = ids[kept]
            dropped.add(Dropped(source, given, f"duplicate of {ids[kept]}: {how}"))
            ids.append(given)
        else:
            ids.append(_unique(given, taken))
            if ids[-1] != given:
                notes.add(f"{source}: the id {given!r} is taken, called {ids[-1]!r} here")
        facts.append((ids[-1], str(row["group"]), str(row["url"])))
    return ids, assign_groups(facts), hidden


def _unique(given: str, taken: set[str]) -> str:
    name, count = given or "article", 1
    while name in taken:
        count += 1
        name = f"{given or 'article'}~{count}"
    taken.add(name)
    return name


def _article(row: Row, identifier: str, group: str) -> Article:
    return Article(
        id=identifier,
        source=str(row["source"]),
        group=group,
        lang=str(row["lang"]),
        lang_probability=float(row["lang_probability"]),
        published=str(row["published"]),
        title=str(row["title"]),
        text=str(row["text"]),
        url=str(row["url"]),
        container=str(row["container"]),
    )
