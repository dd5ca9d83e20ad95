"""How large one input may be; everything larger gets a row in ``dropped.csv``."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; raise them for a corpus that needs it.

    Attributes
    ----------
    text_file : int
        Largest txt file.
    html_file : int
        Largest html file: extraction takes seconds per megabyte of hostile markup.
    record : int
        Largest line of a jsonl file, and largest text of one row of a csv or parquet file.
    """

    text_file: int = 8 * MEBIBYTE
    html_file: int = 3 * MEBIBYTE
    record: int = 8 * MEBIBYTE


def megabytes(size: int) -> str:
    """Return a size for people: ``megabytes(52428800)`` is ``'50.0 MB'``.

    Examples
    --------
    >>> megabytes(52428800)
    '50.0 MB'
    """
    return f"{size / MEBIBYTE:.1f} MB"
