"""Key phrases of themes, one list per language: what a theme says oftener than the others do."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from civictopics.languages import Language, fold, nfc
from civictopics.languages.matching import word_forms

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[-.,:/]\w+)*|[^\w\s]")
_LONGEST = 4
_COUNTED = 6
"""Longer phrases are counted, so that parts of them are known as such, but not returned."""

_MOSTLY = 0.5
_REPEATED = 2
_FOLLOWED = 0.6
_LEAST_FOLLOWER = 5
_LONG_VOWELS = re.compile("[اويءئؤةى]")
_OPENS = frozenset('.!?…:“"«–-•')


class _Word(NamedTuple):
    """A lower-case word, and whether it follows a number: units and counted things begin no phrase."""

    text: str
    counted: bool


def key_phrases(
    texts_by_theme: Mapping[str, Sequence[str]],
    stop_words: Collection[str],
    n_phrases: int = 8,
    shortest: int = 1,
    domain: Collection[str] = (),
) -> dict[str, list[str]]:
    """Return the phrases that set each theme apart from the others, in one language.

    A phrase is a run of up to four words within a sentence that neither begins nor
    ends with a stop word, nor begins with what a number counts. Words that mostly
    stand in capitals inside sentences (names of people and places) are left out,
    unless they are of the domain. So are phrases that mostly stand inside a longer
    one, and phrases that share more than half of their words, in whatever inflection,
    with a better one. A text counts once, however often it says a phrase. Ranked by
    the share of the theme's divergence from the others (Kullback and Leibler 1951)
    that a phrase makes up, longer phrases counting more.

    Parameters
    ----------
    texts_by_theme : mapping of str to sequence of str
        Passages of each theme, all in one language.
    stop_words : collection of str
        Folded stop words of the language.
    n_phrases : int
        How many to return for each theme.
    shortest : int
        Least number of words: 2 for Vietnamese, whose words are mostly of two syllables.
    domain : collection of str
        Folded words that are kept though written in capitals: see `domain_words`.
    """
    tokens = {theme: [_TOKEN.findall(nfc(text)) for text in texts] for theme, texts in texts_by_theme.items()}
    names = _names((words for texts in tokens.values() for words in texts), domain)
    counts, followers = {}, {}
    for theme, texts in tokens.items():
        counts[theme], followers[theme] = _count(texts, names, stop_words, shortest)
    everywhere: Counter[str] = Counter()
    for found in counts.values():
        everywhere.update(found)
    total = sum(len(texts) for texts in tokens.values())
    ranked: dict[str, list[str]] = {}
    for theme, found in counts.items():
        n_own = len(tokens[theme])
        scores = _scores(found, everywhere, n_own, total - n_own, shortest)
        ordered = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
        chosen = _without_overlap(ordered, n_phrases, whole=shortest > 1)
        ranked[theme] = [_completed(phrase, found[phrase], followers[theme]) for phrase in chosen]
    return ranked


def _scores(
    found: Counter[str], everywhere: Counter[str], n_own: int, n_others: int, shortest: int
) -> dict[str, float]:
    """Return what each phrase makes up of a theme's divergence from the others, where it is more than nothing.

    A phrase must stand in two texts; where none does, the shortest ones of one text are taken.
    """
    inside = _inside_longer(found)
    repeated = [phrase for phrase, count in found.items() if count >= _REPEATED]
    listed = repeated or [phrase for phrase in found if phrase.count(" ") < shortest]
    scores = {}
    for phrase in listed:
        count = found[phrase]
        if phrase.count(" ") >= _LONGEST or inside[phrase] >= _MOSTLY * count:
            continue
        share = count / n_own
        elsewhere = (everywhere[phrase] - count + 0.5) / (n_others + 1)
        gain = share * math.log(share / elsewhere) if n_others else share
        if gain > 0:
            scores[phrase] = gain * (1 + phrase.count(" ") / shortest)
    return scores


def domain_words(language: Language) -> frozenset[str]:
    """Return the words of the theme seeds of a language, folded: they are no names, though written in capitals."""
    phrases = (phrase for seeds in language.theme_seeds.values() for phrase in seeds)
    return frozenset(word for phrase in phrases for word in re.findall(r"\w+", fold(phrase)))


def _names(texts: Iterable[list[str]], domain: Collection[str]) -> frozenset[str]:
    """Return the words, in lower case, that stand in capitals oftener than not inside sentences."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for tokens in texts:
        opens = True
        for token in tokens:
            if token[0].isalpha():
                if not token[0].isupper():
                    small[token] += 1
                elif not opens:
                    capital[token.casefold()] += 1
            opens = token in _OPENS
    return frozenset(word for word, count in capital.items() if count > small[word] and fold(word) not in domain)


def _count(
    texts: Iterable[list[str]], names: Collection[str], stop_words: Collection[str], shortest: int
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Return in how many texts each phrase stands, and in how many a long stop word follows it."""
    found: Counter[str] = Counter()
    followed: Counter[tuple[str, str]] = Counter()
    stops: dict[str, bool] = {}
    for tokens in texts:
        own: set[str] = set()
        next_to: set[tuple[str, str]] = set()
        for run in _runs(tokens, names):
            edges = [_may_stand_at_an_edge(word.text, stop_words, stops) for word in run]
            for start, word in enumerate(run):
                if not edges[start] or word.counted:
                    continue
                for end in range(start + shortest, min(start + _COUNTED, len(run)) + 1):
                    if not edges[end - 1] or (end - start == 1 and len(word.text) <= 3):
                        continue
                    phrase = " ".join(part.text for part in run[start:end])
                    own.add(phrase)
                    if end < len(run) and not edges[end] and len(run[end].text) >= _LEAST_FOLLOWER:
                        next_to.add((phrase, run[end].text))
        found.update(own)
        followed.update(next_to)
    return found, followed


def _may_stand_at_an_edge(word: str, stop_words: Collection[str], known: dict[str, bool]) -> bool:
    if word not in known:
        known[word] = len(word) > 1 and fold(word) not in stop_words
    return known[word]


def _runs(tokens: Sequence[str], names: Collection[str]) -> Iterator[list[_Word]]:
    """Yield runs of words between punctuation, numbers and names."""
    run: list[_Word] = []
    counted = False
    for token in tokens:
        word = token.casefold()
        if token[0].isalpha() and word not in names:
            run.append(_Word(word, counted))
        elif run:
            yield run
            run = []
        counted = token[0].isdigit()
    if run:
        yield run


def _inside_longer(found: Counter[str]) -> Counter[str]:
    """Return how often each phrase stands inside the longer phrase of one more word that it is most often in."""
    most: Counter[str] = Counter()
    for phrase, count in found.items():
        if count < _REPEATED:
            continue
        words = phrase.split(" ")
        for part in (words[1:], words[:-1]):
            key = " ".join(part)
            most[key] = max(most[key], count)
    return most


def _completed(phrase: str, count: int, followers: Counter[tuple[str, str]]) -> str:
    """Return a phrase with the long stop word that mostly follows it: ``lunar`` is ``lunar month``."""
    best = max((item for item in followers.items() if item[0][0] == phrase), key=lambda item: item[1], default=None)
    return f"{phrase} {best[0][1]}" if best is not None and best[1] >= _FOLLOWED * count else phrase


def _without_overlap(ordered: Sequence[str], wanted: int, whole: bool) -> list[str]:
    chosen: list[str] = []
    taken: list[list[str]] = []
    for phrase in ordered:
        own = [word_forms(fold(word))[-1] for word in phrase.split()]
        if not any(_overlaps(own, other, whole) for other in taken):
            chosen.append(phrase)
            taken.append(own)
            if len(chosen) == wanted:
                break
    return chosen


def _overlaps(first: Sequence[str], second: Sequence[str], whole: bool) -> bool:
    shared = sum(any(word == other or (not whole and _alike(word, other)) for other in second) for word in first)
    least = min(len(first), len(second))
    return 2 * shared > least or (shared == len(first) < len(second))


def _alike(first: str, second: str) -> bool:
    """Return whether two words look like inflections of one: a common beginning, or the same consonants in Arabic."""
    longest = max(len(first), len(second))
    if "\u0600" <= first[0] <= "\u06ff":
        return _consonants(first) == _consonants(second)
    same = next((place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    common = min(len(first), len(second)) if same is None else same
    return common >= max(3, longest // 2)


def _consonants(word: str) -> str:
    return _LONG_VOWELS.sub("", word.removesuffix("ه"))
