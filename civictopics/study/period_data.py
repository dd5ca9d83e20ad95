"""The passages that reporting periods are compared on, as a data set."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from civictopics.corpus.records import Article
from civictopics.corpus.reference import load_corpus
from civictopics.languages import LANGUAGES
from civictopics.study.aligned_texts import data_folder
from civictopics.study.data_sets import DataMissingError, DataSet, LabelledArticles

PERIOD_LABELS = ("period_kind", "period_start", "period_end", "plan_start", "plan_end")


def _file() -> Path:
    path = data_folder() / "periods" / "passages.jsonl"
    if not path.is_file():
        raise DataMissingError(f"period_passages is not here ({path.name} of data/periods, in the repository)")
    return path


def _load(languages: Sequence[str]) -> LabelledArticles:
    """Read the passages; renderings of one event in several languages are one group."""
    wanted = set(languages or LANGUAGES)
    articles = []
    for line in _file().read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["lang"] in wanted:
            articles.append(
                Article(
                    id=record["id"],
                    source="period_passages",
                    group=record["id"].partition("-")[2],
                    lang=record["lang"],
                    lang_probability=1.0,
                    published=record["published"],
                    title=record["title"],
                    text=record["text"],
                    url="",
                    labels={name: record[name] for name in PERIOD_LABELS},
                )
            )
    return LabelledArticles("period_passages", articles, load_corpus().articles(languages or LANGUAGES))


def _digest() -> str:
    digest = hashlib.sha256(_file().read_bytes())
    digest.update(load_corpus().revision.encode())
    return digest.hexdigest()


PERIOD_DATA_SETS = {
    "period_passages": DataSet(
        name="period_passages",
        description="short passages with the traps of reporting periods; nothing is learnt from them",
        licence="CC-BY-4.0",
        citation="data/periods/README.md",
        languages=LANGUAGES,
        labels=PERIOD_LABELS,
        redistributable=True,
        load=_load,
        digest=_digest,
    ),
}
