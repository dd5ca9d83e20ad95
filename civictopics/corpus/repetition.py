"""Find lines that a site repeats around its articles, by counting them over a corpus in bounded memory."""

import re
from array import array

import xxhash

_EDGE = 6
_LINE_LENGTH = 200
_ROWS, _WIDTH = 4, 1 << 20
_SEEN_BITS = 1 << 26
_DIGITS = re.compile(r"\d+")
LEAST_REPEATS = 5
LEAST_SHARE = 0.01


class RepeatedLines:
    """Count the lines at the edges of articles and tell which are furniture.

    A line of at most 200 characters among the first or last six of an article,
    seen at the edge of more than ``max(5, 1 %)`` of the different articles of one
    container (a folder or a file of records), is furniture. Copies of one article
    count once: they share their longest line. Digits do not count, so that
    counters and dates do not hide a repetition.

    Memory is fixed (about 24 MB): counts are kept in a count-min sketch
    (Cormode and Muthukrishnan 2005), which errs only upwards and by little.
    """

    def __init__(self) -> None:
        self._counts = [array("I", bytes(4 * _WIDTH)) for _ in range(_ROWS)]
        self._seen = bytearray(_SEEN_BITS // 8)
        self._articles: dict[str, int] = {}

    def count(self, container: str, text: str) -> None:
        """Count the edge lines of one article (paragraphs one per line)."""
        lines = text.split("\n")
        if self._seen_before(container, max(lines, key=len)):
            return
        self._articles[container] = self._articles.get(container, 0) + 1
        for key in {_key(container, lines[i]) for i in _edges(lines)}:
            for row, cell in zip(self._counts, _cells(key), strict=True):
                row[cell] += 1

    def is_furniture(self, container: str, line: str) -> bool:
        """Tell whether `line` is repeated over the articles counted so far."""
        articles = self._articles.get(container, 0)
        if articles <= LEAST_REPEATS or len(line) > _LINE_LENGTH:
            return False
        cells = _cells(_key(container, line))
        count = min(row[cell] for row, cell in zip(self._counts, cells, strict=True))
        return count > max(LEAST_REPEATS, LEAST_SHARE * articles)

    def strip(self, container: str, text: str) -> tuple[str, list[str]]:
        """Return `text` without the repeated lines at its edges, and those lines.

        From each end, lines go as long as they are repeated; one line is always left.
        """
        if self._articles.get(container, 0) <= LEAST_REPEATS:
            return text, []
        lines = text.split("\n")
        start, end = 0, len(lines)
        while end - start > 1 and start < _EDGE and self.is_furniture(container, lines[start]):
            start += 1
        while end - start > 1 and len(lines) - end < _EDGE and self.is_furniture(container, lines[end - 1]):
            end -= 1
        return "\n".join(lines[start:end]), lines[:start] + lines[end:]

    def _seen_before(self, container: str, line: str) -> bool:
        bit = _key(container, line) % _SEEN_BITS
        byte, mask = bit >> 3, 1 << (bit & 7)
        seen = bool(self._seen[byte] & mask)
        self._seen[byte] |= mask
        return seen


def _edges(lines: list[str]) -> list[int]:
    chosen = sorted({*range(min(_EDGE, len(lines))), *range(max(0, len(lines) - _EDGE), len(lines))})
    return [i for i in chosen if len(lines[i]) <= _LINE_LENGTH]


def _key(container: str, line: str) -> int:
    return xxhash.xxh3_64_intdigest(f"{container}\n{_DIGITS.sub('0', line.casefold())}".encode())


def _cells(key: int) -> list[int]:
    low, high = key & 0xFFFFFFFF, key >> 32
    return [(low + row * high) % _WIDTH for row in range(_ROWS)]
