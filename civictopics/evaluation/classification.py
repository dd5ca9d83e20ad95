"""Accuracy, F1 and other scores of labels, as sums of counts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError
from civictopics.evaluation.scores import CountScore, Floats, Labels


def mean_score(values: Sequence[float] | NDArray[Any]) -> CountScore:
    """Return the mean of one number per row; rows with NaN count nothing."""
    given = np.asarray(values, dtype=np.float64)
    there = ~np.isnan(given)
    return CountScore(np.column_stack([np.where(there, given, 0.0), there.astype(np.float64)]), _ratio)


def accuracy(truth: Labels, predicted: Labels) -> CountScore:
    """Return the share of rows whose label is right.

    Examples
    --------
    >>> round(accuracy(["a", "b", "b"], ["a", "b", "a"]).of_all(), 3)
    0.667
    """
    true, said = _same_length(truth, predicted)
    return mean_score(true == said)


def macro_f1(truth: Labels, predicted: Labels, labels: Labels | None = None) -> CountScore:
    """Return the unweighted mean of the F1 of each label that occurs, as scikit-learn's ``average="macro"``.

    A label that occurs in a resample neither as truth nor as prediction is left out
    of its mean; one that occurs and is never right has an F1 of zero.

    Parameters
    ----------
    truth, predicted : array of shape (n_rows,)
    labels : sequence, optional
        All labels there may be, so that the counts of two methods can be exchanged;
        those that occur by default.
    """
    true, said = _same_length(truth, predicted)
    known = np.unique(np.concatenate([true, said]) if labels is None else np.asarray(labels))
    unknown = sorted(set(np.unique(np.concatenate([true, said])).tolist()) - set(known.tolist()))
    if unknown:
        raise InputError(f"label {unknown[0]!r} is not one of {', '.join(map(str, known))}")
    in_truth, in_said = true[:, None] == known, said[:, None] == known
    return CountScore(_confusion_rows(in_truth, in_said), _macro_f1)


def micro_f1_flags(truth: NDArray[Any], predicted: NDArray[Any]) -> CountScore:
    """Return the F1 over all flags together; both arrays have shape (n_rows, n_flags)."""
    rows = _flag_rows(truth, predicted)
    n_flags = rows.shape[1] // 3
    return CountScore(rows.reshape(len(rows), 3, n_flags).sum(axis=2), _micro_f1)


def macro_f1_flags(truth: NDArray[Any], predicted: NDArray[Any]) -> CountScore:
    """Return the mean of the F1 of each flag; both arrays have shape (n_rows, n_flags).

    A flag that nobody has and nobody is given has no F1, and is left out of the mean.
    """
    return CountScore(_flag_rows(truth, predicted), _macro_f1)


def f1_of_label(truth: Labels, predicted: Labels, label: object) -> CountScore:
    """Return the F1 of one label; NaN where it occurs nowhere."""
    true, said = _same_length(truth, predicted)
    return CountScore(_confusion_rows((true == label)[:, None], (said == label)[:, None]), _macro_f1)


def normalised_mutual_information(truth: Labels, clusters: Labels) -> CountScore:
    """Return the mutual information over the mean of the entropies, from the table of labels by clusters.

    The same as scikit-learn's ``normalized_mutual_info_score``; it is 1 where there
    is one label and one cluster only.
    """
    true, found = _same_length(truth, clusters)
    values, row = np.unique(true, return_inverse=True)
    names, column = np.unique(found, return_inverse=True)
    cells = np.zeros((len(true), len(values) * len(names)))
    cells[np.arange(len(true)), row * len(names) + column] = 1.0
    shape = (len(values), len(names))
    return CountScore(cells, lambda sums: _information(sums.reshape(*sums.shape[:-1], *shape)))


def _confusion_rows(in_truth: NDArray[np.bool_], in_said: NDArray[np.bool_]) -> Floats:
    return np.hstack([in_truth & in_said, in_truth, in_said]).astype(np.float64)


def _flag_rows(truth: NDArray[Any], predicted: NDArray[Any]) -> Floats:
    true, said = np.asarray(truth, dtype=bool), np.asarray(predicted, dtype=bool)
    if true.shape != said.shape or true.ndim != 2:
        raise InputError(f"flags of shapes {true.shape} and {said.shape}; both must be (n_rows, n_flags)")
    return _confusion_rows(true, said)


def _ratio(sums: Floats) -> Floats:
    total = sums[..., 1]
    return np.where(total > 0, sums[..., 0] / np.where(total > 0, total, 1.0), np.nan)


def _micro_f1(sums: Floats) -> Floats:
    return _ratio(np.stack([2 * sums[..., 0], sums[..., 1] + sums[..., 2]], axis=-1))


def _macro_f1(sums: Floats) -> Floats:
    right, true, said = np.split(sums, 3, axis=-1)
    both = true + said
    each = 2 * right / np.where(both > 0, both, 1.0)
    return _ratio(np.stack([each.sum(axis=-1), (both > 0).sum(axis=-1)], axis=-1))


def _information(table: Floats) -> Floats:
    total = table.sum(axis=(-2, -1))
    shares = table / np.where(total > 0, total, 1.0)[..., None, None]
    entropy_true, entropy_found = _entropy(shares.sum(axis=-1)), _entropy(shares.sum(axis=-2))
    joint = _entropy(shares.reshape(*shares.shape[:-2], -1))
    mean = (entropy_true + entropy_found) / 2
    shared = np.clip(entropy_true + entropy_found - joint, 0.0, None)
    value = np.where(mean > 1e-15, shared / np.where(mean > 1e-15, mean, 1.0), 1.0)
    return np.where(total > 0, value, np.nan)


def _entropy(shares: Floats) -> Floats:
    positive = np.where(shares > 0, shares, 1.0)
    total: Floats = -(positive * np.log(positive)).sum(axis=-1)
    return total


def _same_length(first: Labels, second: Labels) -> tuple[NDArray[Any], NDArray[Any]]:
    left, right = np.asarray(first), np.asarray(second)
    if left.ndim != 1 or left.shape != right.shape:
        raise InputError(f"labels of shapes {left.shape} and {right.shape}; both must be one label per row")
    return left, right
