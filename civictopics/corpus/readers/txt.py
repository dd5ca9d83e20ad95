"""A txt file is one article; its stem is the id."""

from collections.abc import Iterator
from pathlib import Path

from civictopics.corpus.encodings import decode
from civictopics.corpus.limits import Limits, megabytes
from civictopics.corpus.readers.fields import clean_identifier
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.errors import InputError


def read_txt(path: Path, source: str, limits: Limits) -> Iterator[RawRecord | Dropped]:
    """Yield the article in a text file, or why it cannot be used."""
    identifier = clean_identifier(path.stem)
    size = path.stat().st_size
    if size > limits.text_file:
        yield Dropped(source, identifier, f"too large: {megabytes(size)}, the limit is {megabytes(limits.text_file)}")
        return
    try:
        text = decode(path.read_bytes())
    except InputError as error:
        yield Dropped(source, identifier, f"unreadable: {error}")
        return
    if not text.strip():
        yield Dropped(source, identifier, "empty: the file holds no text")
        return
    yield RawRecord(source=source, container=str(path.parent), id=identifier, text=text)
