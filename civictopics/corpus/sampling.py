"""A sample that depends on what is sampled, not on its order: the items with the smallest digests."""

import heapq
from typing import Generic, TypeVar

import xxhash

Item = TypeVar("Item")


class DigestSample(Generic[Item]):
    """Keep the `size` items whose keys have the smallest hashes (bottom-k sampling, Cohen and Kaplan 2007).

    Examples
    --------
    >>> sample = DigestSample(2)
    >>> for word in ["a", "b", "c"]:
    ...     sample.add(word, word)
    >>> len(sample.items())
    2
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.seen = 0
        self._heap: list[tuple[int, int, Item]] = []

    def wants(self, key: str) -> bool:
        """Return whether an item of this key would be kept now: others need not be made."""
        if len(self._heap) < self.size:
            return True
        return (-xxhash.xxh3_64_intdigest(key.encode("utf-8", "replace")), -self.seen - 1) > self._heap[0][:2]

    def add(self, key: str, item: Item) -> None:
        """Offer an item; equal keys compete by the order in which they come."""
        self.seen += 1
        entry = (-xxhash.xxh3_64_intdigest(key.encode("utf-8", "replace")), -self.seen, item)
        if len(self._heap) < self.size:
            heapq.heappush(self._heap, entry)
        elif entry[:2] > self._heap[0][:2]:
            heapq.heapreplace(self._heap, entry)

    def items(self) -> list[Item]:
        """Return the items kept, in the order in which they came."""
        return [item for _, _, item in sorted(self._heap, key=lambda entry: -entry[1])]
