"""A researcher's own labels, and a finished run, made of the reference corpus."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from civictopics import load_corpus
from civictopics.corpus.reference import Event
from civictopics.output.tables import article_writer

KINDS = ("congress", "none", "rollout")
LANGUAGES = ("vi", "en")


def events(per_kind: int = 8) -> list[Event]:
    found = []
    for kind in KINDS:
        found += [event for event in load_corpus() if event.meeting_type == kind][:per_kind]
    return found


def label_rows(per_kind: int = 8) -> list[dict[str, str]]:
    return [
        {
            "id": f"{event.group}.{code}",
            "text": event.text(code),
            "title": event.title[code],
            "lang": code,
            "group": event.group,
            "kind": event.meeting_type,
        }
        for event in events(per_kind)
        for code in LANGUAGES
    ]


def write_table(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_run(folder: Path, per_kind: int = 2) -> Path:
    """Write what `explain` and `annotate` read of a finished run."""
    folder.mkdir()
    rows = []
    with article_writer(folder / "articles.parquet") as articles:
        for event in events(per_kind):
            for code in LANGUAGES:
                articles.write([event.article(code)])
                row = {"id": f"{event.group}.{code}", "themes": ";".join(event.themes), "main_theme": event.main_theme}
                row |= {"main_theme_probability": "0.9", "meeting_type": event.meeting_type}
                row |= {"meeting_type_probability": "0.8", "period_kind": event.period_kind}
                rows.append(row | {"period_start": event.period_start, "period_end": event.period_end})
    write_table(folder / "tags.csv", rows)
    (folder / "run.json").write_text(json.dumps({}), encoding="utf-8")
    return folder
