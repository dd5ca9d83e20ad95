"""One reader per kind of file; each yields records, and a `Dropped` for what it cannot use."""

from collections.abc import Callable, Iterator
from pathlib import Path

from civictopics.corpus.limits import Limits
from civictopics.corpus.readers.csv import read_csv
from civictopics.corpus.readers.html import read_html
from civictopics.corpus.readers.jsonl import read_jsonl
from civictopics.corpus.readers.parquet import read_parquet
from civictopics.corpus.readers.txt import read_txt
from civictopics.corpus.records import Dropped, RawRecord

Reader = Callable[[Path, str, Limits], Iterator[RawRecord | Dropped]]

READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
}
"""The kinds of file that can be read, by suffix."""
