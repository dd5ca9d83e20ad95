"""Folds that keep groups whole, are roughly stratified, and depend on nothing but names and seed."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from civictopics.errors import InputError
from civictopics.evaluation.scores import Indices, Labels


def group_folds(groups: Labels, labels: Labels, n_folds: int = 5, seed: int = 0) -> Indices:
    """Return the fold of each row, from 0 to ``n_folds - 1``.

    Groups are sorted by their commonest label and, within a label, by a hash of
    their name and the seed; then they are dealt out in turn. So each label is spread
    as evenly as whole groups allow, folds differ by one group at most, and the folds
    do not depend on the order of rows or on any library's random numbers.

    Parameters
    ----------
    groups, labels : array of shape (n_rows,)
    n_folds, seed : int

    Raises
    ------
    InputError
        If there are fewer groups than folds.

    Examples
    --------
    >>> group_folds(["a", "a", "b", "b"], ["x", "x", "y", "y"], n_folds=2).tolist()
    [0, 0, 1, 1]
    """
    names, kinds = [str(name) for name in np.asarray(groups)], [str(kind) for kind in np.asarray(labels)]
    if len(names) != len(kinds):
        raise InputError(f"{len(names)} groups for {len(kinds)} labels; give one of each per row")
    label_counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, kind in zip(names, kinds, strict=True):
        label_counts[name][kind] += 1
    if n_folds < 2 or len(label_counts) < n_folds:
        raise InputError(f"{n_folds} folds of {len(label_counts)} groups; choose 2 to {len(label_counts)} folds")
    frequency = Counter(kinds)

    def place(name: str) -> tuple[int, str, str]:
        commonest = min(label_counts[name], key=lambda kind: (-label_counts[name][kind], kind))
        return frequency[commonest], commonest, hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()

    fold_of = {name: number % n_folds for number, name in enumerate(sorted(label_counts, key=place))}
    return np.array([fold_of[name] for name in names], dtype=np.intp)


def grouped_splits(
    groups: Labels, labels: Labels, n_folds: int = 5, seed: int = 0
) -> Iterator[tuple[Indices, Indices]]:
    """Yield the rows to train on and the rows to test on, for each fold."""
    folds = group_folds(groups, labels, n_folds, seed)
    for fold in range(n_folds):
        yield np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
