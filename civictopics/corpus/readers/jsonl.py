"""A jsonl file holds one record a line; a bad line costs that line alone."""

import json
from collections.abc import Iterator
from pathlib import Path

from civictopics.corpus.encodings import detect_encoding
from civictopics.corpus.limits import Limits, megabytes
from civictopics.corpus.readers.fields import clean_identifier, record_from_fields
from civictopics.corpus.readers.lines import read_lines
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.errors import InputError


def read_jsonl(path: Path, source: str, limits: Limits) -> Iterator[RawRecord | Dropped]:
    """Yield the records of a jsonl file in order; each line that cannot be used gives its number and the fault."""
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
    for number, line in read_lines(path, encoding, limits.record):
        place = f"{source}#{number}"
        if isinstance(line, int):
            yield Dropped(
                place,
                "",
                f"too large: line {number} has {megabytes(line)}, the limit is {megabytes(limits.record)}",
            )
        elif line.strip():
            yield _parse(line, place, str(path), f"{clean_identifier(path.stem)}-{number}", number, limits)


def _parse(line: str, place: str, container: str, fallback: str, number: int, limits: Limits) -> RawRecord | Dropped:
    try:
        fields = json.loads(line, parse_constant=str)
    except json.JSONDecodeError as error:
        return Dropped(place, "", f"malformed: line {number} is not JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return Dropped(place, "", f"malformed: line {number} is nested too deeply")
    if not isinstance(fields, dict):
        return Dropped(place, "", f"malformed: line {number} is a {type(fields).__name__}, not an object")
    if "text" not in fields:
        return Dropped(place, "", f"malformed: line {number} has no key 'text'; its keys: {_some(list(fields))}")
    return record_from_fields(fields, place, container, fallback, limits)


def _some(names: list[str]) -> str:
    return ", ".join(clean_identifier(name)[:40] for name in names[:12]) or "none"
