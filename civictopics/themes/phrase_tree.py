"""Find thousands of phrases in a text by walking a tree of their words: faster than the general matcher."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from civictopics.languages import fold
from civictopics.languages.matching import word_forms

_REMEMBERED = 100_000


@dataclass(slots=True)
class _Node:
    following: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)


class PhraseTree:
    """Match lists of phrases on whole words, with the rules of `PhraseMatcher`.

    Parameters
    ----------
    phrases : mapping of str to sequence of str
        The phrases of each label; a word that ends in ``*`` stands for all that begin with it.

    Examples
    --------
    >>> list(PhraseTree({"season": ["lunar new year"]}).find(["the", "lunar", "new", "year"]))
    [('season', 'lunar new year', 1, 3)]
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._root = _Node()
        self._exact: set[str] = set()
        self._beginnings: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}
        for label, listed in phrases.items():
            for phrase in listed:
                self._add(label, phrase)
        self._sizes = sorted({len(beginning) for beginning in self._beginnings})

    def _add(self, label: str, phrase: str) -> None:
        node = self._root
        words = re.findall(r"\w+\*?", fold(phrase))
        for written in words:
            # The article of a listed Arabic phrase is dropped, so that it matches with and without.
            word = written[2:] if written.startswith("ال") and len(written) > 4 else written
            (self._beginnings if word.endswith("*") else self._exact).add(word.rstrip("*"))
            node = node.following.setdefault(word, _Node())
        if words and all(known != label for known, _ in node.ends):
            node.ends.append((label, phrase))

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
        """Yield label, phrase as listed, first and last position; of one label at one place, the longest."""
        known = self._known
        steps = [known[word] if word in known else self._patterns(word) for word in words]
        root = self._root.following
        for first, step in enumerate(steps):
            reached = [root[pattern] for pattern in step if pattern in root]
            if not reached:
                continue
            longest: dict[str, tuple[str, int]] = {}
            last = first
            while reached:
                for node in reached:
                    for label, phrase in node.ends:
                        longest[label] = (phrase, last)
                last += 1
                if last == len(steps):
                    break
                step = steps[last]
                reached = [node.following[pattern] for node in reached for pattern in step if pattern in node.following]
            for label, (phrase, end) in longest.items():
                yield label, phrase, first, end

    def _patterns(self, word: str) -> tuple[str, ...]:
        """Return the words of phrases that `word` stands for, and remember them."""
        found = []
        for form in word_forms(word):
            if form in self._exact:
                found.append(form)
            found += [
                f"{form[:size]}*" for size in self._sizes if form[:size] in self._beginnings and size <= len(form)
            ]
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = tuple(dict.fromkeys(found))
        return self._known[word]
