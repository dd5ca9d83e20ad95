"""The words of a language file, ready to be looked up: each word has one class and perhaps a value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from civictopics.errors import LanguageFileError
from civictopics.periods.normalise import normalise

BUILT_IN = (
    *("Y", "D", "G", "N", "O", "R", "M", "W", "STOP", "DASH", "SLASH", "DOT", "COMMA", "COLON", "SEMI"),
    *("LPAR", "RPAR", "PERCENT", "OTHER", "CYCLE"),
)
"""Classes that every language has: numbers, words without a class, and punctuation."""

ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
OFFSETS = {"THIS": 0, "PREV": -1, "NEXT": 1, "PAST": -2, "THIS_YEAR": 0, "LAST_YEAR": -1, "EARLIER": -1}
"""Values of the classes for "this", "last", "next" and "just past" (-2: last or this, by the date), and for
words that hold the year as well ("i fjol")."""

LARGEST_MEMORY = 200_000
"""Words that are remembered per language."""

_INDEXED = 3  # signs at the start of a word that tell whether any listed stem can fit
_BRACES = re.compile(r"\{([^{}]*)\}")
_PIECE = re.compile(r"\d+|[^\W\d_]+\*?|[^\w\s]")


Phrase = tuple[tuple[str, ...], str, int]
"""The words of a longer entry after its first, the sign of its class, and its value."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon knows of a word.

    Attributes
    ----------
    symbol : str
        The sign that stands for its class in a sequence of classes.
    value : int
        The number it stands for, -1 when it stands for none.
    second : str
        Sign of the class of a second token that the word holds (a compound), or empty.
    dotted : bool
        Whether a full stop after the word belongs to it.
    phrases : tuple
        Longer entries that begin with this word: the other words, sign and value.
    seconds : frozenset of str
        Their second words, by which most of what follows is ruled out at once.
    second_stems : tuple of str
        The same for second words of which only the stem is listed.
    phrases_alone : bool
        Whether it is its longer entries alone by which what follows can matter.
    """

    symbol: str
    value: int = -1
    second: str = ""
    dotted: bool = False
    phrases: tuple[Phrase, ...] = ()
    seconds: frozenset[str] = frozenset()
    second_stems: tuple[str, ...] = ()
    phrases_alone: bool = False


Settled = tuple[str, int, Entry | str | None, int]
"""What a token is by itself: sign, value, what can change that, and length."""


class Lexicon(dict[str, Entry | None]):
    """Words to entries; a word seen for the first time is looked up by stem and remembered.

    Parameters
    ----------
    content : mapping
        The `periods` table of a language file.
    symbols : mapping of str to str
        Sign of each class.
    place : str
        What to call the file in errors.
    """

    def __init__(self, content: Mapping[str, object], symbols: Mapping[str, str], place: str) -> None:
        super().__init__()
        self.settled: dict[str, Settled] | None = None
        self._symbols = symbols
        self._place = place
        self._exact: dict[str, Entry] = {}
        self._stems: dict[str, Entry] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        self._variants = [tuple(pair) for pair in _rows(content.get("spelling_variants"))]
        self._read(content)
        stems = [*self._stems, *(head[:-1] for head in self._phrases if head.endswith("*"))]
        self._lengths = sorted({len(stem) for stem in stems}, reverse=True)
        self._openings = {stem[:length] for stem in stems for length in range(1, _INDEXED + 1)}
        self._proclitics = tuple(sorted(map(_plain, _strings(content.get("proclitics"))), key=len, reverse=True))

    def __missing__(self, word: str) -> Entry | None:
        entry = self._find(word)
        if len(self) < LARGEST_MEMORY:
            self[word] = entry
        return entry

    def same(self, listed: str, word: str) -> bool:
        """Tell whether a word of the text is the one listed inside a phrase."""
        for form in self._forms(word):
            if form == listed or (listed.endswith("*") and form.startswith(listed[:-1])):
                return True
        return False

    def _forms(self, word: str) -> Iterable[str]:
        yield word
        for prefix in self._proclitics:
            if word.startswith(prefix) and len(word) - len(prefix) >= 2:
                yield word[len(prefix) :]

    def _find(self, word: str) -> Entry | None:
        known: Entry | None = None
        phrases: list[Phrase] = []
        for form in self._forms(word):
            known = known or self._exact.get(form)
            phrases += self._phrases.get(form, ())
            if form[:_INDEXED] not in self._openings:
                continue
            for length in self._lengths:
                if length <= len(form):
                    known = known or self._stems.get(form[:length])
                    phrases += self._phrases.get(form[:length] + "*", ())
        if not phrases:
            return known
        known = known or Entry(self._symbols["W"])
        phrases.sort(key=lambda phrase: -len(phrase[0]))
        firsts = {rest[0] for rest, _, _ in phrases}
        prefixed = [(prefix, second) for prefix in ("", *self._proclitics) for second in firsts]
        exact = frozenset(prefix + second for prefix, second in prefixed if not second.endswith("*"))
        stems = tuple(sorted(prefix + second[:-1] for prefix, second in prefixed if second.endswith("*")))
        alone = not known.second and not known.dotted
        return Entry(known.symbol, known.value, known.second, known.dotted, tuple(phrases), exact, stems, alone)

    def _read(self, content: Mapping[str, object]) -> None:
        values: dict[str, int] = {}
        listed = {word: Entry(self._symbols["R"], value) for word, value in ROMAN.items()}
        for table, name in (("cardinals", "N"), ("ordinals", "O"), ("months", "M")):
            for word, value in self._numbers(content.get(table), table):
                values.setdefault(word, value)
                listed[word] = Entry(self._symbols[name], value)
        for word, entry in self._compounds(content):
            listed[word] = entry
        for word, value in _cycle(content.get("cycle")):
            listed[word] = Entry(self._symbols["CYCLE"], value)
        claimed: dict[str, str] = {}
        for name, word in self._classes(content.get("words")):
            if claimed.setdefault(word, name) != name:
                raise LanguageFileError(f"{self._place}: {word!r} is listed under both {claimed[word]} and {name}")
            value = values.get(word, OFFSETS.get(name, ROMAN.get(word, -1)))
            listed[word] = Entry(self._symbols[name], value)
        for word, entry in listed.items():
            self._add(word, entry)

    def _numbers(self, table: object, name: str) -> Iterable[tuple[str, int]]:
        for phrase, value in _table(table).items():
            if not isinstance(value, int):
                raise LanguageFileError(f"{self._place}: [{name}] {phrase!r} must be a whole number")
            for word in self._expand(phrase):
                yield word, value

    def _classes(self, table: object) -> Iterable[tuple[str, str]]:
        for name, phrases in _table(table).items():
            for phrase in _strings(phrases):
                for word in self._expand(phrase):
                    yield name, word

    def _compounds(self, content: Mapping[str, object]) -> Iterable[tuple[str, Entry]]:
        stems = [
            (word, value)
            for table in ("stems", "cardinals")
            for word, value in self._numbers(content.get(table), table)
            if " " not in word
        ]
        for suffix, name in _table(content.get("compounds")).items():
            for ending in self._expand(suffix):
                for stem, value in stems:
                    yield stem + ending, Entry(self._symbols["N"], value, self._symbols[str(name)])
        for phrase, pair in _table(content.get("fused")).items():
            count, second = _rows([pair])[0]
            for word in self._expand(phrase):
                yield word, Entry(self._symbols["N"], int(count), self._symbols[second])

    def _expand(self, phrase: str) -> list[str]:
        words = [_plain(word) for word in expand_braces(phrase)]
        for old, new in self._variants:
            words += [word.replace(old, new) for word in words if old in word]
        return list(dict.fromkeys(words))

    def _add(self, listed: str, entry: Entry) -> None:
        head, *rest = _PIECE.findall(listed.rstrip("."))
        if rest:
            self._phrases.setdefault(head, []).append((tuple(rest), entry.symbol, entry.value))
        elif head.endswith("*"):
            self._stems[head[:-1]] = entry
        else:
            self._exact[head] = Entry(entry.symbol, entry.value, entry.second, listed.endswith("."))


def expand_braces(phrase: str) -> list[str]:
    """Write out the alternatives of a phrase.

    Examples
    --------
    >>> expand_braces("half{-, }year{,s}")
    ['half-year', 'half-years', 'half year', 'half years']
    """
    pieces = _BRACES.split(phrase)
    choices = [piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return ["".join(choice) for choice in product(*choices)]


def _cycle(content: object) -> Iterable[tuple[str, int]]:
    """Give the sixty names of years, a stem and a branch each, with their place in the cycle."""
    table = _table(content)
    stems, branches = _strings(table.get("stems")), _strings(table.get("branches"))
    for place in range(60 if stems and branches else 0):
        for stem in expand_braces(stems[place % len(stems)]):
            for branch in expand_braces(branches[place % len(branches)]):
                yield _plain(f"{stem} {branch}"), place


def _plain(phrase: str) -> str:
    return normalise(phrase).text


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _strings(value: object) -> Sequence[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _rows(value: object) -> list[list[str]]:
    return [[str(item) for item in row] for row in value] if isinstance(value, list) else []
