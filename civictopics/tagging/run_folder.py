"""The articles and tags of a finished run, read again."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civictopics.corpus.defusing import defuse
from civictopics.corpus.records import Article
from civictopics.errors import InputError

_ARTICLES, _TAGS = "articles.parquet", "tags.csv"
_BATCH = 256
_TEXTS = ("id", "source", "group", "lang", "published", "title", "text", "url")


def is_run(path: Path) -> bool:
    """Return whether a folder holds a finished run."""
    return (path / _ARTICLES).is_file() and (path / "run.json").is_file()


def run_articles(folder: Path) -> Iterator[list[Article]]:
    """Yield the articles of a run in their order, in batches.

    Raises
    ------
    InputError
        If the folder holds no finished run, or the file of its articles is damaged.
    """
    if not is_run(folder):
        raise InputError(
            f"{folder} holds no finished run ({_ARTICLES} and run.json); give the --out of `civictopics run`"
        )
    try:
        with pq.ParquetFile(folder / _ARTICLES) as file:
            for batch in file.iter_batches(batch_size=_BATCH, columns=[*_TEXTS, "lang_probability"]):
                yield [_article(row) for row in batch.to_pylist()]
    except (pa.ArrowException, OSError, KeyError) as error:
        raise InputError(f"{folder / _ARTICLES}: cannot be read: {str(error).splitlines()[0][:200]}") from error


def _article(row: dict[str, Any]) -> Article:
    values: dict[str, Any] = {name: str(row[name] or "") for name in _TEXTS}
    return Article(**values, lang_probability=float(row["lang_probability"] or 0.0))


def run_texts(folder: Path) -> dict[str, dict[str, str]]:
    """Return text, title, lang and group of the articles of a run, by id, also as ``tags.csv`` writes it."""
    found = {}
    for batch in run_articles(folder):
        for article in batch:
            values = {"text": article.text, "title": article.title, "lang": article.lang, "group": article.group}
            found[article.id] = found[defuse(article.id)] = values
    return found


def run_tags(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of ``tags.csv``, which are in the order of the articles."""
    path = folder / _TAGS
    if not path.is_file():
        raise InputError(f"{folder} holds no {_TAGS}; give the --out of `civictopics run`")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def find_article(folder: Path, identifier: str) -> tuple[Article, list[Article]]:
    """Return the article of a run with an id, as in ``articles.parquet`` or ``tags.csv``, and its translations there.

    Raises
    ------
    InputError
        If there is none.
    """
    found: Article | None = None
    near: list[str] = []
    for batch in run_articles(folder):
        for article in batch:
            if identifier in (article.id, defuse(article.id)):
                found = article
            elif len(near) < 5 and identifier.casefold() in article.id.casefold():
                near.append(article.id)
    if found is None:
        alike = f"; ids like it: {', '.join(near)}" if near else ""
        raise InputError(f"no article {identifier!r} in {folder}{alike}; its ids are in {_TAGS}")
    others = [
        article
        for batch in run_articles(folder)
        for article in batch
        if article.group == found.group and article.id != found.id
    ]
    return found, others
