"""The difference between two methods on the same groups, with its interval."""

from collections.abc import Sequence

from civictopics.errors import InputError
from civictopics.evaluation.bootstrap import Interval, Method, interval_of_contrast
from civictopics.evaluation.scores import Labels, Score, as_list


def paired_difference(
    first: Score | Sequence[Score],
    second: Score | Sequence[Score],
    groups: Labels,
    *,
    level: float = 0.95,
    method: Method = "bca",
    n_resamples: int = 10_000,
    seed: int = 0,
) -> Interval:
    """Return ``first - second`` with its bootstrap interval; both are taken over the same resamples of groups.

    Parameters
    ----------
    first, second : Score or sequence of Score
        Scores of two methods over the same rows; one each per seed where there are
        several, of which the mean counts.
    groups : array of shape (n_rows,)

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapters 8 and 14.
    """
    ours, theirs = as_list(first), as_list(second)
    if ours[0].n_rows != theirs[0].n_rows:
        raise InputError(f"scores over {ours[0].n_rows} and {theirs[0].n_rows} rows cannot be paired")
    weights = [1 / len(ours)] * len(ours) + [-1 / len(theirs)] * len(theirs)
    return interval_of_contrast([*ours, *theirs], weights, groups, level, method, n_resamples, seed)
