"""Comparisons of several methods, in numbers and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from civictopics.evaluation.bootstrap import Interval, Method
from civictopics.evaluation.holm import holm_adjusted
from civictopics.evaluation.paired import paired_difference
from civictopics.evaluation.randomisation import randomisation_test
from civictopics.evaluation.scores import CountScore, Labels, Score, as_list

FIRST, SECOND, NEITHER = "first", "second", "neither"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two methods on the same groups.

    Attributes
    ----------
    first, second : str
        Names of the methods.
    difference : Interval
        Score of the first minus score of the second.
    p_value, p_corrected : float
        Of approximate randomisation by group, as it is and after Holm's correction;
        NaN for scores that are not made of counts.
    better : {"first", "second", "neither"}
        Which of them is better; neither where the data cannot tell.
    """

    first: str
    second: str
    difference: Interval
    p_value: float
    p_corrected: float
    better: str

    def in_words(self) -> str:
        """Return the verdict as a sentence."""
        return verdict_in_words(self.first, self.second, self.difference, self.p_corrected, self.better)


def compare_methods(
    methods: Mapping[str, Score | Sequence[Score]],
    groups: Labels,
    *,
    higher_is_better: bool = True,
    level: float = 0.95,
    method: Method = "bca",
    n_resamples: int = 10_000,
    seed: int = 0,
) -> list[Comparison]:
    """Compare every two methods on the same groups; p-values are corrected for all pairs (Holm).

    A method is called better only where its corrected p-value is below ``1 - level``
    and the interval of the difference excludes zero.
    """
    pairs = list(combinations(methods, 2))
    differences = [
        paired_difference(
            methods[a], methods[b], groups, level=level, method=method, n_resamples=n_resamples, seed=seed
        )
        for a, b in pairs
    ]
    p_values = [p_value(methods[a], methods[b], groups, n_resamples, seed) for a, b in pairs]
    return judged(pairs, differences, p_values, higher_is_better=higher_is_better)


def p_value(
    first: Score | Sequence[Score], second: Score | Sequence[Score], groups: Labels, n_shuffles: int, seed: int
) -> float:
    """Return the p-value of approximate randomisation; NaN for scores that are not made of counts."""
    if not all(isinstance(score, CountScore) for score in [*as_list(first), *as_list(second)]):
        return float("nan")
    return randomisation_test(first, second, groups, n_shuffles=n_shuffles, seed=seed)


def judged(
    pairs: Sequence[tuple[str, str]],
    differences: Sequence[Interval],
    p_values: Sequence[float],
    *,
    higher_is_better: bool = True,
) -> list[Comparison]:
    """Correct the p-values of one family of comparisons, and judge each."""
    known = [p for p in p_values if p == p]
    corrected = iter(holm_adjusted(known))
    found = []
    for (first, second), difference, p in zip(pairs, differences, p_values, strict=True):
        adjusted = next(corrected) if p == p else float("nan")
        better = _better(difference, adjusted, higher_is_better)
        found.append(Comparison(first, second, difference, p, adjusted, better))
    return found


def verdict_in_words(first: str, second: str, difference: Interval, p_corrected: float, better: str) -> str:
    """Say which method is better, or that the data cannot tell them apart; the difference is winner minus loser.

    Examples
    --------
    >>> interval = Interval(0.012, -0.01, 0.034, 0.95, 349, "bca")
    >>> verdict_in_words("A", "B", interval, 0.31, "neither")
    'The data cannot tell “A” and “B” apart (difference +0.012, 95% interval -0.010 to +0.034, p = 0.310).'
    """
    if p_corrected != p_corrected:
        p = "not corrected for several pairs"
    else:
        p = "p < 0.001" if p_corrected < 0.001 else f"p = {p_corrected:.3f}"
    value, low, high = difference.value, difference.low, difference.high
    if better == SECOND:
        first, second, value, low, high = second, first, -value, -high, -low
    spread = "no interval" if low != low else f"{difference.level:.0%} interval {_signed(low)} to {_signed(high)}"
    numbers = f"(difference {_signed(value)}, {spread}, {p})"
    if better == NEITHER:
        return f"The data cannot tell “{first}” and “{second}” apart {numbers}."
    return f"“{first}” is better than “{second}” {numbers}."


def _better(difference: Interval, p_corrected: float, higher_is_better: bool) -> str:
    excludes_zero = difference.low > 0 or difference.high < 0
    significant = p_corrected != p_corrected or p_corrected < 1 - difference.level
    if not (excludes_zero and significant):
        return NEITHER
    return FIRST if (difference.value > 0) == higher_is_better else SECOND


def _signed(number: float) -> str:
    text = f"{number:+.3f}"
    return "0.000" if text in ("+0.000", "-0.000") else text
