"""A parquet file holds one record a row; it is read in batches."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from civictopics.corpus.limits import Limits
from civictopics.corpus.readers.fields import FIELDS, clean_identifier, record_from_fields
from civictopics.corpus.records import Dropped, RawRecord

_BATCH = 256


def read_parquet(path: Path, source: str, limits: Limits) -> Iterator[RawRecord | Dropped]:
    """Yield the records of a parquet file in order; a damaged file costs what lies behind the damage."""
    if path.stat().st_size == 0:
        yield Dropped(source, "", "empty: the file holds no records")
        return
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            if "text" not in names:
                found = ", ".join(clean_identifier(name)[:40] for name in names[:20])
                yield Dropped(source, "", f"no column 'text'; the columns found: {found}")
                return
            columns = [name for name in FIELDS if name in names]
            for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
                for fields in batch.to_pylist():
                    number += 1
                    place = f"{source}#{number}"
                    yield record_from_fields(
                        fields, place, str(path), f"{clean_identifier(path.stem)}-{number}", limits
                    )
            if number == 0:
                yield Dropped(source, "", "empty: the file holds no records")
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0][:200]
        yield Dropped(source, "", f"unreadable: not a whole parquet file (after row {number}): {reason}")
