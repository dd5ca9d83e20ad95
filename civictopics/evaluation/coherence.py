"""Coherence of topics, NPMI and c_v, from the windows in which their words stand together.

Two variants: ``exact`` counts the windows that hold a word; ``gensim`` gives the values
of gensim (4.4), for comparison with the literature. There a sliding window marks a word
absent when its oldest copy leaves, although another copy is still inside, until a
further copy enters; so words that are often repeated are counted too seldom.

Coherence alone ranks models otherwise than agreement with labels does: report
:mod:`civictopics.evaluation.diversity` and, where there are labels, agreement beside it.

References
----------
Roeder, M., Both, A. and Hinneburg, A. (2015). Exploring the space of topic coherence
measures. WSDM, 399-408.
Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
GSCL, 31-40.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.scores import Floats, Indices

Measure = Literal["c_npmi", "c_v"]
Variant = Literal["exact", "gensim"]
WINDOWS: dict[str, int] = {"c_npmi": 10, "c_v": 110}
"""The window of each measure in words, as in the literature."""

_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Runs of windows that hold a word: word, first window and end, sorted by word; and the number of all windows."""

    word: Indices
    start: Indices
    end: Indices
    n_windows: int


def topic_coherence(
    topics: Sequence[Sequence[str]],
    texts: Sequence[Sequence[str]],
    *,
    measure: Measure = "c_npmi",
    variant: Variant = "exact",
    window: int | None = None,
) -> Floats:
    """Return the coherence of each topic, shape (n_topics,).

    Parameters
    ----------
    topics : sequence of sequence of str
        The top words of each topic. Words that occur in no text are left out.
    texts : sequence of sequence of str
        The words of each text of the reference corpus. A text shorter than the window
        is one window.
    measure : {"c_npmi", "c_v"}
        The mean NPMI of the pairs of words; or the mean cosine of each word's NPMI with
        the words of its topic and the sum of these over the topic.
    variant : {"exact", "gensim"}
    window : int, optional
        Words in a window; 10 for c_npmi and 110 for c_v by default.

    Returns
    -------
    ndarray of shape (n_topics,)
        NaN for a topic of which fewer than two words occur.

    Raises
    ------
    InputError
        If there is no text, or a topic has a word twice.

    Examples
    --------
    >>> texts = [["party", "cell", "member"], ["tet", "patrol"], ["party", "cell"], ["tet", "gift"]]
    >>> topic_coherence([["party", "cell"], ["party", "tet"]], texts).round(3).tolist()
    [1.0, -0.95]
    """
    if measure not in WINDOWS:
        raise UsageError(f"unknown measure {measure!r}; choose one of {', '.join(WINDOWS)}")
    if variant not in ("exact", "gensim"):
        raise UsageError(f"unknown variant {variant!r}; choose exact or gensim")
    width = WINDOWS[measure] if window is None else window
    if width < 1:
        raise UsageError(f"a window of {width} words; it must hold one or more")
    _check_topics(topics)
    if not len(texts):
        raise InputError("no text to count words in")
    words = {word: number for number, word in enumerate(dict.fromkeys(word for topic in topics for word in topic))}
    stretches = _stretches(texts, words, width, variant)
    first = np.searchsorted(stretches.word, np.arange(len(words) + 1))
    values = np.full(len(topics), np.nan)
    for place, topic in enumerate(topics):
        present = [number for number in (words[word] for word in topic) if first[number] < first[number + 1]]
        if len(present) >= 2:
            counts = _windows_together(stretches, [slice(first[n], first[n + 1]) for n in present])
            npmi = _npmi(counts / stretches.n_windows)
            values[place] = _mean_of_pairs(npmi) if measure == "c_npmi" else _mean_cosine(npmi)
    return values


def _check_topics(topics: Sequence[Sequence[str]]) -> None:
    for number, topic in enumerate(topics):
        if isinstance(topic, str):
            raise InputError(f"topic {number} is a text; give its words as a list")
        twice = sorted({word for word in topic if list(topic).count(word) > 1})
        if twice:
            raise InputError(f"topic {number} has the word {twice[0]!r} twice; each must occur once")


def _stretches(texts: Sequence[Sequence[str]], words: dict[str, int], width: int, variant: Variant) -> _Stretches:
    lengths = np.fromiter((len(text) for text in texts), dtype=np.intp, count=len(texts))
    get = words.get
    every = np.fromiter((get(word, -1) for text in texts for word in text), dtype=np.intp, count=int(lengths.sum()))
    place = np.flatnonzero(every >= 0)
    word = every[place]
    order = np.argsort(word, kind="stable")
    word, place = word[order], place[order]

    n_steps = np.maximum(lengths - width, 0) + 1
    text_start, step_start = np.cumsum(lengths) - lengths, np.cumsum(n_steps) - n_steps
    text = np.searchsorted(np.cumsum(lengths), place, side="right")
    position = place - text_start[text]
    enters = np.maximum(position - width + 1, 0)
    leaver = position
    if variant == "gensim":
        # whatever copy of the word leaves next ends the stretch that this copy began
        key = word * len(every) + place
        leaver = position[np.searchsorted(key, word * len(every) + text_start[text] + enters)]
    leaves = np.minimum(leaver + 1, n_steps[text])
    start, end = step_start[text] + enters, step_start[text] + leaves
    # stretches of one word may overlap: each begins where the one before has ended
    follows = np.append(False, word[1:] == word[:-1])
    start = np.maximum(start, np.where(follows, np.append(0, end[:-1]), 0))
    kept = start < end
    return _Stretches(word[kept], start[kept], end[kept], int(n_steps.sum()))


def _windows_together(stretches: _Stretches, parts: Sequence[slice]) -> Floats:
    """Return in how many windows each two words stand together, shape (n_words, n_words)."""
    start = np.concatenate([stretches.start[part] for part in parts])
    end = np.concatenate([stretches.end[part] for part in parts])
    column = np.repeat(np.arange(len(parts)), [part.stop - part.start for part in parts])
    # between two bounds no word comes or goes, so that all windows there are alike
    bounds, place = np.unique(np.concatenate([start, end]), return_inverse=True)
    changes = np.zeros((len(bounds), len(parts)))
    np.add.at(changes, (place[: len(start)], column), 1.0)
    np.add.at(changes, (place[len(start) :], column), -1.0)
    held = np.cumsum(changes, axis=0)[:-1]
    together: Floats = (held * np.diff(bounds)[:, None]).T @ held
    return together


def _npmi(together: Floats) -> Floats:
    alone = np.diag(together)
    joint = together + _EPSILON
    with np.errstate(divide="ignore", invalid="ignore"):
        value: NDArray[np.float64] = np.log(joint / np.outer(alone, alone)) / -np.log(joint)
    return value


def _mean_of_pairs(npmi: Floats) -> float:
    return float(npmi[~np.eye(len(npmi), dtype=bool)].mean())


def _mean_cosine(npmi: Floats) -> float:
    whole = npmi.sum(axis=0)
    lengths = np.linalg.norm(npmi, axis=1) * np.linalg.norm(whole)
    return float((npmi @ whole / lengths).mean())
