"""What groups of articles are about, kept for a bounded sample of them: translations count once."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import xxhash

KEPT_GROUPS = 20_000


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """One group of articles.

    Attributes
    ----------
    published : str
        The earliest date of its articles, empty where none is dated.
    shares : tuple of float
        For each theme the share of the group's articles that treat it.
    n_articles : int
    """

    published: str
    shares: tuple[float, ...]
    n_articles: int


class GroupSample:
    """Keep the groups whose names have the smallest hashes, whole, and estimate how many there are.

    The sample is a bottom-k sketch (Cohen and Kaplan 2007): it does not depend on the order of
    the articles, and the hash of the last group kept tells how many groups there must be.

    Parameters
    ----------
    size : int
        Groups kept; up to this many, everything is exact.

    Examples
    --------
    >>> sample = GroupSample(2)
    >>> for name, flag in [("a", True), ("b", True), ("a", False)]:
    ...     sample.add(name, "2023-05", [flag])
    >>> sample.n_groups, sorted(group.shares for group in sample.groups())
    (2, [(0.5,), (1.0,)])
    """

    def __init__(self, size: int = KEPT_GROUPS) -> None:
        self.size = size
        self.complete = True
        self._heap: list[int] = []
        self._kept: dict[int, tuple[str, list[int], int]] = {}

    def add(self, group: str, published: str, flags: Sequence[bool]) -> None:
        """Count an article of a group: when it was published, and which themes it treats."""
        key = xxhash.xxh3_64_intdigest(group.encode("utf-8", "replace"))
        known = self._kept.get(key)
        if known is not None:
            date, counts, n_articles = known
            earliest = min(filter(None, (date, published)), default="")
            summed = [count + flag for count, flag in zip(counts, flags, strict=True)]
            self._kept[key] = (earliest, summed, n_articles + 1)
            return
        if len(self._heap) == self.size:
            self.complete = False
            if key > -self._heap[0]:
                return
            del self._kept[-heapq.heapreplace(self._heap, -key)]
        else:
            heapq.heappush(self._heap, -key)
        self._kept[key] = (published, [int(flag) for flag in flags], 1)

    @property
    def n_groups(self) -> int:
        """The number of groups: exact where all are kept, an estimate with a standard error of under 1 % otherwise."""
        if self.complete:
            return len(self._kept)
        return round((self.size - 1) * 2.0**64 / -self._heap[0])

    def groups(self) -> list[GroupFacts]:
        """Return the groups kept, in the order of their hashes."""
        return [
            GroupFacts(date, tuple(count / n_articles for count in counts), n_articles)
            for _, (date, counts, n_articles) in sorted(self._kept.items())
        ]
