"""From what a run counted to what its figures and its page show."""

import csv
from collections import Counter
from functools import partial
from pathlib import Path

import numpy as np

from civictopics.parallel import batched, map_batches
from civictopics.report.data import ReportData
from civictopics.report.theme_shares import theme_shares
from civictopics.tagging.describing import describe_themes
from civictopics.tagging.evidence import TypeEvidence, type_evidence
from civictopics.tagging.meeting_type import load_tagger
from civictopics.tagging.summary import RunSummary
from civictopics.themes.projection import project

LISTED_DROPPED = 200
_AT_ONCE = 250


def gather(
    summary: RunSummary, dropped: Path, languages_folder: Path | None = None, seed: int = 0, processes: int = 1
) -> ReportData:
    """Return all that is shown of a run; the record of its provenance is still empty.

    Parameters
    ----------
    summary : RunSummary
    dropped : Path
        The file ``dropped.csv``.
    languages_folder : Path, optional
        Further language files.
    seed : int
        Of the resamples behind the intervals.
    processes : int
        Worker processes; what is returned does not depend on it.
    """
    shown = summary.shown.items()
    explained = partial(_types, folder=languages_folder)
    openings = [(a.title, a.opening, a.row["lang"], a.row["meeting_type"]) for a in shown]
    workers = processes if len(shown) > _AT_ONCE else 1
    listed, reasons = _read_dropped(dropped)
    return ReportData(
        summary=summary,
        themes=describe_themes(summary, languages_folder, processes),
        shown=shown,
        types=[found for batch in map_batches(explained, batched(openings, _AT_ONCE), workers) for found in batch],
        points=project(np.stack([article.vector for article in shown])),
        shares=theme_shares(summary.groups, seed),
        record={},
        dropped=listed,
        reasons=reasons,
    )


def kind_of_reason(reason: str) -> str:
    """Return what kind of reason it is: what stands before the first colon or semicolon, without names.

    Examples
    --------
    >>> kind_of_reason("duplicate of a7: 0.93 of the shingles")
    'duplicate'
    >>> kind_of_reason("unreadable: not text")
    'unreadable'
    """
    kind = reason.split(":")[0].split(";")[0].split("(")[0].strip()
    return "duplicate" if kind.startswith("duplicate of ") else kind


def _types(openings: list[tuple[str, str, str, str]], folder: Path | None) -> list[TypeEvidence]:
    tagger = load_tagger(None, folder)
    return [type_evidence(tagger, *opening) for opening in openings]


def _read_dropped(path: Path) -> tuple[list[tuple[str, str, str]], list[tuple[str, int]]]:
    listed: list[tuple[str, str, str]] = []
    reasons: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reasons[kind_of_reason(row["reason"])] += 1
            if len(listed) < LISTED_DROPPED:
                listed.append((row["source"], row["id"], row["reason"]))
    return listed, sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
