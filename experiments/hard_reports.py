"""How the meeting-type tagger does on reports written to be hard: writes ``results/hard-reports.json``.

Each report of ``data/meeting-types/reports.jsonl`` is tagged by a tagger that learnt from the
corpus and the openings alone, and by one that also learnt from other reports (five folds over
reports). Run before `train_taggers.py`, whose card takes the figures.
"""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics import load_corpus
from civictopics.corpus.records import Article
from civictopics.evaluation.bootstrap import bootstrap_interval
from civictopics.evaluation.classification import accuracy
from civictopics.evaluation.splits import grouped_splits
from civictopics.languages import LANGUAGES
from civictopics.tagging.building import train_meeting_types
from civictopics.tagging.openings import load_openings
from civictopics.tagging.reports import load_reports

RESULT = Path(__file__).resolve().parent.parent / "results" / "hard-reports.json"
LABEL = "meeting_type"
N_FOLDS = 5


def tag(reports: Sequence[Article], learnt: Sequence[Article]) -> NDArray[np.str_]:
    """Return the types of `reports` by a tagger that learnt from the corpus, the openings and the reports `learnt`."""
    tagger = train_meeting_types(load_corpus().articles(), load_openings(), calibrated=False, reports=learnt)
    columns = ([r.text for r in reports], [r.title for r in reports], [r.lang for r in reports])
    return tagger.predict(*columns)


def figures(reports: Sequence[Article], said: NDArray[np.str_]) -> dict[str, object]:
    """Return accuracies with 95% intervals over reports, and how often two languages have the same type."""
    truth = np.array([report.labels[LABEL] for report in reports])
    languages = np.array([report.lang for report in reports])
    groups = np.array([report.group for report in reports])
    found: dict[str, object] = {}
    for name in ("all", *LANGUAGES):
        chosen = (languages == name) | (name == "all")
        interval = bootstrap_interval(accuracy(truth[chosen], said[chosen]), groups[chosen])
        found[name] = {part: round(getattr(interval, part), 4) for part in ("value", "low", "high")}
    types = {code: dict(zip(groups[languages == code], said[languages == code], strict=True)) for code in LANGUAGES}
    same = [
        np.mean([types[one][group] == types[other][group] for group in types[one]])
        for one, other in itertools.combinations(LANGUAGES, 2)
    ]
    return {**found, "the same in two languages, mean of the pairs": round(float(np.mean(same)), 4)}


def main() -> None:
    """Measure, and write the file."""
    reports = load_reports()
    groups, labels = [report.group for report in reports], [report.labels[LABEL] for report in reports]
    said = np.empty(len(reports), dtype=object)
    for train, test in grouped_splits(groups, labels, N_FOLDS, 0):
        said[test] = tag([reports[row] for row in test], [reports[row] for row in train])
    record = {
        "reports": len(set(groups)),
        "articles": len(reports),
        "from the corpus": figures(reports, tag(reports, [])),
        "from the corpus and other reports": figures(reports, said.astype(str)),
    }
    RESULT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
