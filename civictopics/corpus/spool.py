"""Articles on disk between two steps, as an Arrow file that is written and read in batches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

DRAFT_COLUMNS = (
    "id", "source", "container", "group", "lang", "lang_probability", "published", "title", "text", "url",
)  # fmt: skip
_SCHEMA = pa.schema(
    [(name, pa.float64() if name == "lang_probability" else pa.large_string()) for name in DRAFT_COLUMNS]
)
Row = dict[str, str | float]


class SpoolWriter:
    """Write batches of rows (see `DRAFT_COLUMNS`)."""

    def __init__(self, writer: pa.ipc.RecordBatchFileWriter) -> None:
        self._writer = writer

    def write(self, rows: list[Row]) -> None:
        """Append one batch."""
        if rows:
            self._writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=_SCHEMA))


@contextmanager
def open_spool(path: Path) -> Iterator[SpoolWriter]:
    """Create a spool file."""
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, _SCHEMA, options=options) as writer:
        yield SpoolWriter(writer)


def read_spool(path: Path) -> Iterator[list[Row]]:
    """Yield the batches of a spool file as they were written."""
    with pa.OSFile(str(path), "rb") as source, pa.ipc.open_file(source) as reader:
        for index in range(reader.num_record_batches):
            yield reader.get_batch(index).to_pylist()


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a spool file, one by one."""
    for batch in read_spool(path):
        yield from batch


def pick_rows(path: Path, wanted: set[int]) -> Iterable[tuple[int, Row]]:
    """Yield the rows of a spool file whose numbers are in `wanted`, with their numbers."""
    for number, row in enumerate(read_rows(path)):
        if number in wanted:
            yield number, row
