"""``articles.parquet`` and ``passages.parquet``, written in batches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civictopics.corpus.records import Article
from civictopics.tagging.analysis import ReadArticle
from civictopics.themes.guided import GUIDED_THEMES

_ROW_GROUP = 4096
_ARTICLES = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("group", pa.string()),
        ("lang", pa.string()),
        ("lang_probability", pa.float32()),
        ("published", pa.string()),
        ("title", pa.string()),
        ("text", pa.large_string()),
        ("url", pa.string()),
    ]
)
_PASSAGES = pa.schema(
    [
        ("id", pa.string()),
        ("position", pa.int32()),
        ("text", pa.large_string()),
        *[(theme, pa.float32()) for theme in GUIDED_THEMES],
        ("discovered_theme", pa.string()),
    ]
)


class _TableWriter:
    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer = writer
        self._schema = schema
        self._held: list[dict[str, Any]] = []

    def add(self, rows: list[dict[str, Any]]) -> None:
        self._held += rows
        if len(self._held) >= _ROW_GROUP:
            self.flush()

    def flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_pylist(self._held, schema=self._schema))
            self._held = []


class ArticleWriter(_TableWriter):
    """Write articles."""

    def write(self, articles: Sequence[Article]) -> None:
        """Append articles."""
        self.add([{name: getattr(article, name) for name in self._schema.names} for article in articles])


class PassageWriter(_TableWriter):
    """Write passages with their themes."""

    def write(self, read: ReadArticle, discovered: Sequence[str]) -> None:
        """Append the passages of an article; `discovered` names the discovered theme of each."""
        weights = read.passage_weights.tolist()
        self.add(
            [
                {
                    "id": read.article.id,
                    "position": position,
                    "text": passage,
                    **dict(zip(GUIDED_THEMES, weights[position], strict=True)),
                    "discovered_theme": discovered[position],
                }
                for position, passage in enumerate(read.passages)
            ]
        )


@contextmanager
def article_writer(path: Path) -> Iterator[ArticleWriter]:
    """Create ``articles.parquet``."""
    with pq.ParquetWriter(path, _ARTICLES, compression="zstd") as writer:
        table = ArticleWriter(writer, _ARTICLES)
        yield table
        table.flush()


@contextmanager
def passage_writer(path: Path) -> Iterator[PassageWriter]:
    """Create ``passages.parquet``."""
    with pq.ParquetWriter(path, _PASSAGES, compression="zstd") as writer:
        table = PassageWriter(writer, _PASSAGES)
        yield table
        table.flush()
