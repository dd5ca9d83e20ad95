"""Key phrases of themes, one list per language: what a theme says oftener than the others do."""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from civictopics.languages import fold, nfc
from civictopics.languages.matching import word_forms

_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
_LONGEST = 4
_MOSTLY = 0.7
_STEM = 4


def key_phrases(
    texts_by_theme: Mapping[str, Sequence[str]],
    stop_words: Collection[str],
    n_phrases: int = 8,
    shortest: int = 1,
) -> dict[str, list[str]]:
    """Return the phrases that set each theme apart from the others, in one language.

    A phrase is a run of up to four words within a sentence that neither begins nor
    ends with a stop word. Words that stand in capitals inside sentences (names of
    people and places) are left out. So are phrases that mostly stand inside one
    longer phrase (half of a word of several syllables), and phrases that share more
    than half of their words, or of the beginnings of these, with a better one.
    Ranked by the share of the theme's divergence from the others (Kullback and
    Leibler 1951) that a phrase makes up, longer phrases counting more.

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
    """
    counts = {theme: _count(texts, stop_words, shortest) for theme, texts in texts_by_theme.items()}
    everywhere: Counter[str] = Counter()
    for found in counts.values():
        everywhere.update(found)
    total = max(1, sum(everywhere.values()))
    ranked: dict[str, list[str]] = {}
    for theme, found in counts.items():
        own = max(1, sum(found.values()))
        inside = _inside_longer(found)
        scores = {}
        for phrase, count in found.items():
            if (count > 1 or own < 200) and inside[phrase] < _MOSTLY * count:
                share = count / own
                elsewhere = (everywhere[phrase] - count + 0.5) / (total - own + 1)
                gain = share * math.log(share / elsewhere) if total > own else share
                scores[phrase] = gain * (1 + phrase.count(" ") / shortest)
        ordered = sorted(
            (phrase for phrase in scores if scores[phrase] > 0), key=lambda phrase: (-scores[phrase], phrase)
        )
        ranked[theme] = _without_overlap(ordered, n_phrases)
    return ranked


def _inside_longer(found: Counter[str]) -> Counter[str]:
    """Return how often each phrase stands inside the longer phrase of one more word that it is most often in."""
    most: Counter[str] = Counter()
    for phrase, count in found.items():
        words = phrase.split(" ")
        for part in (words[1:], words[:-1]):
            key = " ".join(part)
            most[key] = max(most[key], count)
    return most


def _count(texts: Sequence[str], stop_words: Collection[str], shortest: int) -> Counter[str]:
    found: Counter[str] = Counter()
    stops: dict[str, bool] = {}
    for text in texts:
        for run in _runs(text):
            edges = [_may_stand_at_an_edge(word, stop_words, stops) for word in run]
            for start in range(len(run)):
                if not edges[start]:
                    continue
                for length in range(shortest, min(_LONGEST, len(run) - start) + 1):
                    if edges[start + length - 1] and (length > 1 or len(run[start]) > 3):
                        found[" ".join(run[start : start + length])] += 1
    return found


def _may_stand_at_an_edge(word: str, stop_words: Collection[str], known: dict[str, bool]) -> bool:
    if word not in known:
        known[word] = fold(word) not in stop_words
    return known[word]


def _runs(text: str) -> list[list[str]]:
    """Return runs of lower-case words between punctuation, numbers and names."""
    runs: list[list[str]] = [[]]
    opens = True
    for token in _TOKEN.findall(text):
        is_word = token[0].isalpha()
        name = is_word and not opens and token[0].isupper()
        if is_word and not name:
            runs[-1].append(nfc(token).casefold())
        elif runs[-1]:
            runs.append([])
        opens = token in '.!?…:“"«–' or (opens and not is_word)
    return [run for run in runs if run]


def _without_overlap(ordered: Sequence[str], wanted: int) -> list[str]:
    chosen: list[str] = []
    stems: list[set[str]] = []
    for phrase in ordered:
        own = {word_forms(fold(word))[-1][:_STEM] for word in phrase.split()}
        if all(2 * len(own & other) <= min(len(own), len(other)) and not own < other for other in stems):
            chosen.append(phrase)
            stems.append(own)
            if len(chosen) == wanted:
                break
    return chosen
