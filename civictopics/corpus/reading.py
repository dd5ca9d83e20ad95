"""Read a corpus into memory: the steps of the main job up to the articles, as one function."""

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from civictopics.corpus.assembling import ReadingSettings, assemble_corpus
from civictopics.corpus.records import Article, Dropped


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in memory.

    Attributes
    ----------
    articles : tuple of Article
        In input order.
    dropped : tuple of Dropped
        Every input or article that is not used, with the reason.
    notes : tuple of str
        What was kept but changed or not understood.
    """

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)


def read_corpus(*inputs: str | Path, settings: ReadingSettings | None = None) -> Corpus:
    """Read, clean, deduplicate and group the articles in files and folders.

    Parameters
    ----------
    *inputs : str or Path
        Files (txt, html, jsonl, csv, parquet) and folders.
    settings : ReadingSettings, optional
        Candidate languages, limits, processes.

    Raises
    ------
    UsageError
        If an input does not exist.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("Hội nghị tổng kết công tác dân vận năm 2023.", encoding="utf-8")
    ...     corpus = read_corpus(folder)
    >>> [(article.id, article.lang) for article in corpus], corpus.dropped
    ([('a', 'vi')], ())
    """
    with tempfile.TemporaryDirectory(prefix="civictopics-") as folder:
        work = Path(folder)
        listed = work / "dropped.csv"
        assembled = assemble_corpus(inputs, work, listed, settings or ReadingSettings())
        articles = tuple(article for batch in assembled.batches() for article in batch)
        with listed.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            dropped = tuple(Dropped(row["source"], row["id"], row["reason"]) for row in rows)
        return Corpus(articles, dropped, tuple(assembled.notes))
