"""Find many phrases in one pass over a text's words, in time linear in the text."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from civictopics.languages.normalising import fold

WORD = re.compile(r"\w+")
_ARABIC_PREFIXES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_REMEMBERED = 100_000
_Entry = tuple[tuple[str, ...], str, str]


class PhraseMatch(NamedTuple):
    """A phrase found: its label, the phrase as listed, and the positions of its first and last word."""

    label: str
    phrase: str
    first: int
    last: int


class PhraseMatcher:
    """Match lists of phrases on whole words.

    Words are compared in folded form (`fold`). A word that ends in ``*`` stands
    for all words that begin with it (``соревнован*``). Arabic words are also
    tried without the article and the one-letter words written with them.

    Parameters
    ----------
    phrases : mapping of str to iterable of str
        The phrases of each label. The longest phrase wins where several of one
        label begin at the same word.

    Examples
    --------
    >>> matcher = PhraseMatcher({"season": ["lunar new year"]})
    >>> [match.phrase for match in matcher.find("Before the Lunar New Year.")]
    ['lunar new year']
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Entry]] = {}
        self._prefixed: dict[str, list[_Entry]] = {}
        self._known: dict[str, tuple[_Entry, ...]] = {}
        for label, listed in phrases.items():
            for phrase in listed:
                words = tuple(_pattern_words(phrase))
                if words:
                    first = words[0]
                    table = self._prefixed if first.endswith("*") else self._exact
                    table.setdefault(first.rstrip("*"), []).append((words, label, phrase))
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefixed})

    def find(self, text: str) -> list[PhraseMatch]:
        """Return the matches in `text`, in order; positions count words."""
        return self.find_in_words(split_words(text))

    def find_in_words(self, words: list[str]) -> list[PhraseMatch]:
        """Return the matches in folded `words` (see `split_words`)."""
        found: list[PhraseMatch] = []
        for position, word in enumerate(words):
            entries = self._known.get(word)
            if entries is None:
                entries = self._candidates(word)
            if not entries:
                continue
            seen: set[str] = set()
            for entry_words, label, phrase in entries:
                if label not in seen and self._fits(entry_words, words, position):
                    seen.add(label)
                    found.append(PhraseMatch(label, phrase, position, position + len(entry_words) - 1))
        return found

    def _candidates(self, word: str) -> tuple[_Entry, ...]:
        """Return the phrases that may begin with `word`, and remember them: few words make up most of a text."""
        entries: list[_Entry] = []
        for form in word_forms(word):
            entries.extend(self._exact.get(form, ()))
            for length in self._prefix_lengths:
                if length > len(form):
                    break
                entries.extend(self._prefixed.get(form[:length], ()))
        entries.sort(key=lambda entry: -len(entry[0]))
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = tuple(entries)
        return self._known[word]

    @staticmethod
    def _fits(pattern: tuple[str, ...], words: list[str], position: int) -> bool:
        if position + len(pattern) > len(words):
            return False
        return all(_equal(pattern[offset], words[position + offset]) for offset in range(1, len(pattern)))


def split_words(text: str) -> list[str]:
    """Return the folded words of `text`."""
    return WORD.findall(fold(text))


def word_forms(word: str) -> list[str]:
    """Return the word and, for Arabic, what is left without the words written together with it."""
    forms = [word]
    if "\u0600" <= word[:1] <= "\u06ff":
        forms += [word[len(p) :] for p in _ARABIC_PREFIXES if word.startswith(p) and len(word) - len(p) >= 3]
    return forms


def _equal(pattern: str, word: str) -> bool:
    if pattern.endswith("*"):
        return any(form.startswith(pattern[:-1]) for form in word_forms(word))
    return pattern == word or (word[:1] > "\u0600" and pattern in word_forms(word))


def _pattern_words(phrase: str) -> list[str]:
    words = re.findall(r"\w+\*?", fold(phrase))
    # The article of a listed Arabic phrase is dropped, so that it matches with and without.
    return [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words]
