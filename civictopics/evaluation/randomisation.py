"""Approximate randomisation: exchange the outputs of two methods, group by group, by the toss of a coin.

References
----------
Noreen, E. W. (1989). Computer-Intensive Methods for Testing Hypotheses. Wiley.
Yeh, A. (2000). More accurate tests for the statistical significance of result
differences. COLING 2000, 947-953.
Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero.
Statistical Applications in Genetics and Molecular Biology 9, article 39.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.resampling import blas, check_rows, group_numbers, group_sums
from civictopics.evaluation.scores import CountScore, Floats, Labels, Score, as_list

_AT_ONCE = 500_000
_ROUNDING = 1e-12


def randomisation_test(
    first: Score | Sequence[Score],
    second: Score | Sequence[Score],
    groups: Labels,
    *,
    n_shuffles: int = 10_000,
    seed: int = 0,
) -> float:
    """Return the two-sided p-value of no difference between two methods.

    In each shuffle the outputs of the two methods for whole groups are exchanged or
    not, by the toss of a coin. Where there are no more than `n_shuffles` ways to
    exchange, all of them are tried and the p-value is exact.

    Parameters
    ----------
    first, second : CountScore or sequence of CountScore
        Scores over the same rows, with the same counts. Where there are several
        seeds, both have as many, or one of them has one, which is then repeated.
    groups : array of shape (n_rows,)
    """
    pairs = _pairs(first, second)
    numbers, n_groups = group_numbers(groups)
    sums = []
    for ours, theirs in pairs:
        check_rows([ours, theirs], len(numbers))
        sums.append((ours, group_sums(ours, numbers, n_groups), group_sums(theirs, numbers, n_groups)))
    observed = abs(_mean_difference(sums, np.zeros((1, n_groups)))[0])
    exact = n_groups < 63 and 2**n_groups <= n_shuffles
    extreme = total = 0
    with blas().limit(limits=1):
        for exchanged in _all_exchanges(n_groups) if exact else _tossed(n_groups, n_shuffles, seed):
            differences = np.abs(_mean_difference(sums, exchanged))
            extreme += int(np.count_nonzero(differences >= observed - _ROUNDING))
            total += len(exchanged)
    return extreme / total if exact else (extreme + 1) / (total + 1)


def _pairs(first: Score | Sequence[Score], second: Score | Sequence[Score]) -> list[tuple[CountScore, CountScore]]:
    ours, theirs = as_list(first), as_list(second)
    if len(ours) != len(theirs):
        if 1 not in (len(ours), len(theirs)):
            raise UsageError(
                f"{len(ours)} and {len(theirs)} seeds cannot be paired; run both methods with the same seeds"
            )
        longest = max(len(ours), len(theirs))
        ours, theirs = (scores * (longest // len(scores)) for scores in (ours, theirs))
    pairs = []
    for one, other in zip(ours, theirs, strict=True):
        if not isinstance(one, CountScore) or not isinstance(other, CountScore):
            raise UsageError("approximate randomisation needs scores made of counts (CountScore)")
        if one.rows.shape[1] != other.rows.shape[1]:
            raise InputError(
                "the two scores count different labels; build both over the labels of both (argument `labels`)"
            )
        pairs.append((one, other))
    return pairs


def _mean_difference(sums: Sequence[tuple[CountScore, Floats, Floats]], exchanged: Floats) -> Floats:
    total = np.zeros(len(exchanged))
    for score, ours, theirs in sums:
        moved = exchanged @ (theirs - ours)
        total += score.value(ours.sum(axis=0) + moved) - score.value(theirs.sum(axis=0) - moved)
    return total / len(sums)


def _all_exchanges(n_groups: int) -> Iterator[Floats]:
    ways = np.arange(2**n_groups)[:, None] >> np.arange(n_groups) & 1
    yield ways.astype(np.float64)


def _tossed(n_groups: int, n_shuffles: int, seed: int) -> Iterator[Floats]:
    bits = np.random.PCG64(seed)
    words = -(-n_groups // 64)
    at_once = max(1, _AT_ONCE // n_groups)
    for start in range(0, n_shuffles, at_once):
        count = min(at_once, n_shuffles - start)
        raw = bits.random_raw(count * words).astype("<u8").view(np.uint8).reshape(count, words * 8)
        yield np.unpackbits(raw, axis=1)[:, :n_groups].astype(np.float64)
