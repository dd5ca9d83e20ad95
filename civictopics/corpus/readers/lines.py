"""Lines of a file in bounded memory, whatever the file holds."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from civictopics.languages import nfc

_CHUNK = 1 << 18


def read_lines(path: Path, encoding: str, limit: int) -> Iterator[tuple[int, str | int]]:
    """Yield the number of each line, from 1, and the line, or its size in characters where that exceeds `limit`.

    Bytes that the encoding cannot decode become U+FFFD.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    held: list[str] = []
    number, size = 1, 0
    for piece in _pieces(path, decoder):
        if piece == "\n":
            yield number, _joined(held, size, limit)
            number, held, size = number + 1, [], 0
        else:
            size += len(piece)
            if size <= limit:
                held.append(piece)
    if size:
        yield number, _joined(held, size, limit)


def _joined(held: list[str], size: int, limit: int) -> str | int:
    return size if size > limit else nfc("".join(held).removeprefix("\ufeff").rstrip("\r"))


def _pieces(path: Path, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
    with path.open("rb") as file:
        while True:
            data = file.read(_CHUNK)
            text = decoder.decode(data, final=not data)
            start = 0
            while (end := text.find("\n", start)) >= 0:
                if end > start:
                    yield text[start:end]
                yield "\n"
                start = end + 1
            if start < len(text):
                yield text[start:]
            if not data:
                return
