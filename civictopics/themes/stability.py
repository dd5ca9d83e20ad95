"""How well themes return: under other seeds, on resampled groups, and in the translations of an article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from civictopics.errors import InputError

Labels = NDArray[np.int64]
Fitter = Callable[[NDArray[np.int64], int], Labels]
"""Takes rows to fit on and a seed; returns the labels of all rows."""

SUBSAMPLE = 0.8


@dataclass(frozen=True, slots=True)
class Stability:
    """How well themes return.

    Attributes
    ----------
    overall : array, shape (n_refits,)
        Adjusted Rand index of each refit with the reference: 0 is chance, 1 the same themes.
    themes : array, shape (n_themes,)
        Mean over the refits of the chance-adjusted overlap of each theme with its best counterpart.
    low, high : array, shape (n_themes,)
        Percentiles 2.5 and 97.5 of that over the refits.
    """

    overall: NDArray[np.float64]
    themes: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def subsample_groups(groups: Sequence[object], seed: int, share: float = SUBSAMPLE) -> NDArray[np.int64]:
    """Return the rows of a random share of the groups, all rows of a group together, in order."""
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    numbers = np.array([order[group] for group in groups], dtype=np.int64)
    chosen = np.random.default_rng(seed).permutation(len(order))[: max(1, round(share * len(order)))]
    return np.flatnonzero(np.isin(numbers, chosen))


def measure_stability(
    reference: Labels, fit: Fitter, groups: Sequence[object], n_themes: int, n_refits: int = 10, seed: int = 0
) -> Stability:
    """Refit on subsamples of groups with other seeds and compare with the reference.

    Parameters
    ----------
    reference : array of int, shape (n,)
        Themes of the rows.
    fit : callable
    groups : sequence, length n
        A group's rows (an article's passages and its translations) stay together.
    n_themes : int
    n_refits : int
    seed : int
    """
    refits = [fit(subsample_groups(groups, seed + refit), seed + refit) for refit in range(1, n_refits + 1)]
    overlaps = np.array([theme_overlap(reference, labels, n_themes) for labels in refits])
    return Stability(
        overall=np.array([adjusted_rand_score(reference, labels) for labels in refits]),
        themes=overlaps.mean(axis=0),
        low=np.percentile(overlaps, 2.5, axis=0),
        high=np.percentile(overlaps, 97.5, axis=0),
    )


def match_themes(reference: Labels, other: Labels, n_themes: int) -> NDArray[np.int64]:
    """Return for each theme of `reference` its counterpart in `other` by optimal assignment; -1 where none is left."""
    table = _contingency(reference, other, n_themes)
    rows, columns = linear_sum_assignment(-_jaccard(table))
    found = np.full(n_themes, -1, dtype=np.int64)
    found[rows] = columns
    return found


def theme_overlap(reference: Labels, other: Labels, n_themes: int) -> NDArray[np.float64]:
    """Return the Jaccard overlap of each theme with its counterpart, adjusted for chance: 0 at chance, 1 at best."""
    table = _contingency(reference, other, n_themes)
    found = match_themes(reference, other, n_themes)
    sizes, others, total = table.sum(axis=1), table.sum(axis=0), max(1.0, table.sum())
    overlap = np.zeros(n_themes)
    for theme in np.flatnonzero((found >= 0) & (sizes > 0)):
        a, b = sizes[theme], others[found[theme]]
        expected = a * b / total
        chance = expected / (a + b - expected)
        own = _jaccard(table)[theme, found[theme]]
        overlap[theme] = (own - chance) / (1.0 - chance) if chance < 1.0 else 1.0
    return overlap


def _contingency(reference: Labels, other: Labels, n_themes: int) -> NDArray[np.float64]:
    if len(reference) != len(other):
        raise InputError(f"{len(reference)} labels against {len(other)}; both must label the same passages")
    table = np.zeros((n_themes, max(n_themes, int(other.max(initial=0)) + 1)))
    np.add.at(table, (reference, other), 1.0)
    return table


def _jaccard(table: NDArray[np.float64]) -> NDArray[np.float64]:
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    shares: NDArray[np.float64] = np.divide(table, union, out=np.zeros_like(table), where=union > 0)
    return shares


def translation_agreement(
    themes: Sequence[Sequence[str]],
    languages: Sequence[str],
    groups: Sequence[object],
    n_resamples: int = 1000,
    seed: int = 0,
) -> dict[tuple[str, str], tuple[float, float, float, int]]:
    """Return how often two translations of an article have the same themes, for each pair of languages.

    Parameters
    ----------
    themes : sequence of sequence of str
        The themes of each article.
    languages, groups : sequence
        Language and group of each article; of several in one language and group the first counts.
    n_resamples : int
        Bootstraps over groups for the interval.
    seed : int

    Returns
    -------
    dict of (language, language) to (share, low, high, n_groups)
        Share with the same set of themes, and its interval of 95%.

    Raises
    ------
    InputError
        If all articles are in one language.
    """
    if len(set(languages)) < 2:
        only = ", ".join(map(repr, set(languages))) or "none"
        raise InputError(f"agreement of translations needs two languages; there is one: {only}")
    by_group: dict[object, dict[str, frozenset[str]]] = {}
    for found, language, group in zip(themes, languages, groups, strict=True):
        by_group.setdefault(group, {}).setdefault(language, frozenset(found))
    result: dict[tuple[str, str], tuple[float, float, float, int]] = {}
    for first, second in combinations(dict.fromkeys(languages), 2):
        same = np.array(
            [g[first] == g[second] for g in by_group.values() if first in g and second in g], dtype=np.float64
        )
        if len(same):
            draws = np.random.default_rng(seed).integers(0, len(same), (n_resamples, len(same)))
            low, high = np.percentile(same[draws].mean(axis=1), [2.5, 97.5])
            result[first, second] = (float(same.mean()), float(low), float(high), len(same))
    return result
