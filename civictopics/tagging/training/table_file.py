"""Rows of a table with any columns: csv, tsv, jsonl or parquet. A row that cannot be read is an error that names it."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from civictopics.corpus.encodings import detect_encoding
from civictopics.corpus.limits import MEBIBYTE
from civictopics.errors import InputError, UsageError
from civictopics.languages import nfc

KINDS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
_LONGEST = 32 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it stands (file, ``#``, and the number of its line or row), and its values as text."""

    place: str
    values: dict[str, str]


def read_table(path: Path) -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a file.

    Rows of csv files are named by the line on which they begin, those of jsonl files by
    their line, those of parquet files by their number from 1.

    Raises
    ------
    UsageError
        If there is no such file, or it is of another kind.
    InputError
        If the file is empty or damaged; the message names the row.
    """
    kind = path.suffix.casefold()
    if not path.is_file():
        raise UsageError(f"no such file: {path}")
    if kind not in KINDS:
        raise UsageError(f"{path}: not a kind of table that is read (those are {', '.join(KINDS)})")
    if path.stat().st_size == 0:
        raise InputError(f"{path}: the file is empty; it needs one row per text")
    if kind == ".parquet":
        columns, rows = _parquet(path)
    else:
        text = _decoded(path)
        columns, rows = _csv(path, text) if kind in (".csv", ".tsv") else _jsonl(path, text)
    if not rows:
        raise InputError(f"{path}: the file holds no rows; it needs one row per text")
    return columns, rows


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    return nfc(data.decode(detect_encoding(data[:200_000]), "replace").removeprefix("\ufeff"))


def _csv(path: Path, text: str) -> tuple[list[str], list[Row]]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))
    first = text.split("\n", 1)[0]
    delimiter = "\t" if path.suffix.casefold() == ".tsv" else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip() for name in next(reader, [])]
        return columns, list(_csv_rows(path, columns, reader))
    except csv.Error as error:
        raise InputError(f"{path.name}#{reader.line_num}: not a row of a csv file: {error}") from error


def _csv_rows(path: Path, columns: list[str], reader: "Iterator[list[str]]") -> Iterator[Row]:
    line = getattr(reader, "line_num", 1) + 1
    for cells in reader:
        place = f"{path.name}#{line}"
        line = getattr(reader, "line_num", line) + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            raise InputError(f"{place}: {len(cells)} cells under {len(columns)} columns; quote cells that hold commas")
        yield Row(place, dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True)))


def _jsonl(path: Path, text: str) -> tuple[list[str], list[Row]]:
    columns: dict[str, None] = {}
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path.name}#{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{place}: not JSON: {error}") from error
        if not isinstance(record, dict):
            raise InputError(f"{place}: a {type(record).__name__}, not an object")
        rows.append(Row(place, {str(name): _as_text(value) for name, value in record.items()}))
        columns |= dict.fromkeys(rows[-1].values)
    return list(columns), rows


def _parquet(path: Path) -> tuple[list[str], list[Row]]:
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a whole parquet file: {str(error).splitlines()[0][:200]}") from error
    rows = [
        Row(f"{path.name}#{number}", {name: _as_text(value) for name, value in record.items()})
        for number, record in enumerate(table.to_pylist(), start=1)
    ]
    return list(table.column_names), rows


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_as_text(item) for item in value)
    return nfc(value) if isinstance(value, str) else str(value)
