"""Resamples of whole groups, drawn so that every NumPy gives the same ones."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from civictopics.errors import InputError
from civictopics.evaluation.scores import CountScore, Floats, Indices, Labels, RowScore, Score

_DRAWS_AT_ONCE = 500_000
_KEPT = 5_000_000


@cache
def blas() -> ThreadpoolController:
    """Return what limits the threads of matrix products, whose sums depend on their number."""
    return ThreadpoolController()


def group_numbers(groups: Labels) -> tuple[Indices, int]:
    """Return the number of each row's group, and how many groups there are.

    Raises
    ------
    InputError
        If there are fewer than two groups: nothing can be resampled then.
    """
    names, numbers = np.unique(np.asarray(groups), return_inverse=True)
    if len(names) < 2:
        raise InputError(f"{len(names)} group in the data; an interval needs two or more")
    return numbers.astype(np.intp), len(names)


def draw_groups(n_groups: int, n_resamples: int, seed: int) -> Iterator[Indices]:
    """Yield blocks of shape (n, n_groups): for each resample the groups drawn, with replacement.

    The raw bits of PCG64 are used, whose stream NumPy guarantees, where it may
    change that of its distributions. The bias of the integer scaling is below
    ``n_groups / 2**32``.
    """
    bits = np.random.PCG64(seed)
    at_once = max(1, _DRAWS_AT_ONCE // n_groups)
    for start in range(0, n_resamples, at_once):
        count = min(at_once, n_resamples - start)
        raw = bits.random_raw((count * n_groups + 1) // 2)
        halves = np.concatenate([raw >> np.uint64(32), raw & np.uint64(0xFFFFFFFF)])[: count * n_groups]
        drawn = (halves * np.uint64(n_groups)) >> np.uint64(32)
        yield drawn.astype(np.intp).reshape(count, n_groups)


def group_sums(score: CountScore, numbers: Indices, n_groups: int) -> Floats:
    """Return the counts of each group, shape (n_groups, n_counts)."""
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(n_groups))
    return np.asarray(np.add.reduceat(score.rows[order], starts, axis=0), dtype=np.float64)


def rows_by_group(numbers: Indices, n_groups: int) -> list[Indices]:
    """Return the rows of each group."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, n_groups)))


def replicate(scores: Sequence[Score], groups: Labels, n_resamples: int, seed: int) -> Floats:
    """Return each score in each resample of groups, shape (n_scores, n_resamples).

    All scores are taken over the same resamples, so that their differences are paired.
    """
    numbers, n_groups = group_numbers(groups)
    check_rows(scores, len(numbers))
    sums = [group_sums(score, numbers, n_groups) if isinstance(score, CountScore) else None for score in scores]
    members = rows_by_group(numbers, n_groups) if any(table is None for table in sums) else []
    blocks = []
    with blas().limit(limits=1):
        for drawn, times in _draws(n_groups, n_resamples, seed):
            weights = times.astype(np.float64)
            block = np.empty((len(scores), len(drawn)))
            for place, (score, table) in enumerate(zip(scores, sums, strict=True)):
                if isinstance(score, CountScore) and table is not None:
                    block[place] = score.value(weights @ table)
                elif isinstance(score, RowScore):
                    block[place] = [score.of_rows(np.concatenate([members[g] for g in chosen])) for chosen in drawn]
            blocks.append(block)
    return np.concatenate(blocks, axis=1)


def leave_one_out(scores: Sequence[Score], groups: Labels) -> Floats:
    """Return each score without each group in turn, shape (n_scores, n_groups)."""
    numbers, n_groups = group_numbers(groups)
    check_rows(scores, len(numbers))
    values = np.empty((len(scores), n_groups))
    for place, score in enumerate(scores):
        if isinstance(score, CountScore):
            table = group_sums(score, numbers, n_groups)
            values[place] = score.value(table.sum(axis=0) - table)
        else:
            values[place] = [score.of_rows(np.flatnonzero(numbers != group)) for group in range(n_groups)]
    return values


def check_rows(scores: Sequence[Score], n_rows: int) -> None:
    """Raise InputError where a score has another number of rows than there are groups given."""
    for score in scores:
        if score.n_rows != n_rows:
            raise InputError(f"{n_rows} group labels for a score of {score.n_rows} rows; give one group per row")


Block = tuple[NDArray[np.int32], NDArray[np.uint16]]


def _draws(n_groups: int, n_resamples: int, seed: int) -> Iterable[Block]:
    """Return blocks of groups drawn, and of how often each was; those of the last few calls are kept, where small."""
    small = n_groups * n_resamples <= _KEPT
    return _kept_draws(n_groups, n_resamples, seed) if small else _fresh_draws(n_groups, n_resamples, seed)


@lru_cache(maxsize=4)
def _kept_draws(n_groups: int, n_resamples: int, seed: int) -> tuple[Block, ...]:
    return tuple(_fresh_draws(n_groups, n_resamples, seed))


def _fresh_draws(n_groups: int, n_resamples: int, seed: int) -> Iterator[Block]:
    for drawn in draw_groups(n_groups, n_resamples, seed):
        offsets = np.arange(len(drawn), dtype=np.intp)[:, None] * n_groups
        counts = np.bincount((drawn + offsets).ravel(), minlength=len(drawn) * n_groups)
        # groups are counted in 16 bits: one is not drawn 65,536 times
        yield drawn.astype(np.int32), counts.reshape(len(drawn), n_groups).astype(np.uint16)
