"""A csv or tsv file holds one record a row, under a header that names the fields."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from civictopics.corpus.encodings import detect_encoding
from civictopics.corpus.limits import Limits
from civictopics.corpus.readers.fields import clean_identifier, record_from_fields
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.errors import InputError


def read_csv(path: Path, source: str, limits: Limits) -> Iterator[RawRecord | Dropped]:
    """Yield the records of a csv file in order; the delimiter is a comma, semicolon or tab, as the header shows."""
    with path.open("rb") as file:
        head = file.read(200_000)
    if not head.strip():
        yield Dropped(source, "", "empty: the file holds no records")
        return
    try:
        encoding = detect_encoding(head)
    except InputError as error:
        yield Dropped(source, "", f"unreadable: {error}")
        return
    # The limit is the module's own and global; a field longer than ours is refused by `record_from_fields`.
    csv.field_size_limit(max(csv.field_size_limit(), 4 * limits.record))
    with path.open("rb") as binary, io.TextIOWrapper(binary, encoding, "replace", newline="") as text:
        yield from _rows(text, path, source, limits)


def _rows(text: io.TextIOWrapper, path: Path, source: str, limits: Limits) -> Iterator[RawRecord | Dropped]:
    first = text.readline(100_000)
    delimiter = max(",;\t", key=first.count)
    names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter), [])]
    names = [name.removeprefix("\ufeff") for name in names]
    if "text" not in names:
        found = ", ".join(clean_identifier(name)[:40] for name in names[:20])
        yield Dropped(source, "", f"no column 'text'; the columns found: {found}")
        return
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        place = f"{source}#{rows.line_num + 2}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Dropped(place, "", f"malformed: row that starts at line {rows.line_num + 1}: {error}")
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            fields = dict(zip(names, row, strict=False))
            fallback = f"{clean_identifier(path.stem)}-{place.rpartition('#')[2]}"
            yield record_from_fields(fields, place, str(path), fallback, limits)
