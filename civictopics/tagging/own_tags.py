"""A table of one label per article, from any stored tagger."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from civictopics.corpus.defusing import defuse
from civictopics.corpus.records import Article, Dropped
from civictopics.tagging.stored_tagger import StoredTagger
from civictopics.tagging.table import DEFAULT_RISK

COLUMNS = (
    "id", "source", "group", "lang", "published", "title", "label", "label_probability", "check", "dropped",
)  # fmt: skip


def tag_rows(
    tagger: StoredTagger, batches: Iterable[Sequence[Article]], risk: float = DEFAULT_RISK, any_language: bool = False
) -> Iterator[dict[str, str]]:
    """Yield one row per article: its label, the label's probability, and the fields that a person should read.

    Raises
    ------
    ModelError
        If an article is in another language than the tagger was trained on, unless `any_language`.
    """
    for batch in batches:
        if not any_language:
            for article in batch:
                tagger.check_language(article.lang, f"{article.source} (id {article.id!r})")
        columns = ([a.text for a in batch], [a.title for a in batch], [a.lang for a in batch])
        chances = tagger.predict_proba(*columns, any_language=True)
        for article, row in zip(batch, chances, strict=True):
            best = float(row.max())
            doubts = {"lang": article.lang not in tagger.languages, "label": 1.0 - best > risk}
            yield {
                **{name: getattr(article, name) for name in COLUMNS[:6]},
                "label": str(tagger.classes_[int(row.argmax())]),
                "label_probability": f"{best:.3f}",
                "check": ";".join(name for name, doubtful in doubts.items() if doubtful),
            }


def write_tags(path: Path, rows: Iterable[dict[str, str]], dropped: Iterable[Dropped] = ()) -> int:
    """Write the table, and a row with the reason for every input that is not used; return how many articles it has.

    Cells that a spreadsheet would take for formulas are defused.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = _writer(file)
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the last count is returned
            writer.writerow({name: defuse(value) for name, value in row.items()})
        for item in dropped:
            writer.writerow({"id": defuse(item.id), "source": defuse(item.source), "dropped": defuse(item.reason)})
    return count


def _writer(file: TextIO) -> "csv.DictWriter[str]":
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    return writer
