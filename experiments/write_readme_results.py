"""Put the measured results into the README, from the tables that `make results` writes.

Between the two marks of README.md stands what this script writes; a test holds it against the tables.
"""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from civictopics.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
# What is measured, on which material; study, data set, metric, method of the numbers.
ROWS = [
    ("themes treated in substance, macro-F1", "held-out events", "theme-flags", "corpus", "macro_f1", "guided"),
    ("themes treated in substance, macro-F1", "real articles", "theme-flags", "real_vi", "macro_f1", "guided"),
    ("theme of a passage, accuracy", "held-out events", "themes", "passages", "assigned_accuracy", "guided"),
    ("meeting type, accuracy", "held-out events", "meeting-type", "corpus", "accuracy", "combination"),
    ("meeting type, accuracy", "real articles", "meeting-type", "real_vi", "accuracy", "combination"),
    ("reporting period, kind and dates", "held-out events", "reporting-period", "corpus", "exact", "ranker"),
    ("reporting period, kind and dates", "real articles", "reporting-period", "real_vi", "exact", "ranker"),
    ("plan period, dates", "held-out events", "reporting-period", "corpus", "plan_exact", "ranker"),
    ("plan period, dates", "real articles", "reporting-period", "real_vi", "plan_exact", "ranker"),
    ("translation found first among about 490", "held-out passages", "encoder", "held-out", "retrieval", "recipe"),
]


def scores(study: str) -> dict[tuple[str, str, str, str], dict[str, str]]:
    """Return the rows of a study's scores by data set, metric, method and language."""
    with (ROOT / "results" / study / "tables" / "scores.csv").open(encoding="utf-8", newline="") as file:
        return {(row["data_set"], row["metric"], row["method"], row["language"]): row for row in csv.DictReader(file)}


def table() -> str:
    """Return the table as Markdown: each score with its interval over groups, and by language where there are five."""
    lines = [
        "| measured | on | all | " + " | ".join(LANGUAGES) + " |",
        "|---|---|---:|" + "---:|" * len(LANGUAGES),
    ]
    for what, where, study, data_set, metric, method in ROWS:
        found = scores(study)
        whole = found[data_set, metric, method, "all"]
        cells = [_number(found.get((data_set, metric, method, language))) for language in LANGUAGES]
        lines.append(f"| {what} | {where} | {_with_interval(whole)} | {' | '.join(cells)} |")
        if (study, data_set) == ("meeting-type", "real_vi"):
            lines.append(_hard_reports())
    return "\n".join(lines)


def _hard_reports() -> str:
    """Return the row of reports that were written to be hard, from `hard_reports.py`."""
    record = json.loads((ROOT / "results" / "hard-reports.json").read_text(encoding="utf-8"))
    found = record["from the corpus and other reports"]
    cells = [_number(found[language]) for language in LANGUAGES]
    what = f"| meeting type, accuracy | {record['reports']} held-out reports written to be hard "
    return what + f"| {_with_interval(found['all'])} | {' | '.join(cells)} |"


def _with_interval(row: Mapping[str, Any]) -> str:
    value = f"{float(row['value']):.3f}"
    return f"{value} [{float(row['low']):.3f}, {float(row['high']):.3f}]" if row["low"] else value


def _number(row: Mapping[str, Any] | None) -> str:
    return f"{float(row['value']):.2f}" if row else ""


def filled(readme: str) -> str:
    """Return the README with the table between its marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    print(path.relative_to(ROOT))
