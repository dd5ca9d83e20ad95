"""Krippendorff's alpha, with an interval from resampled units.

The value is that of the library ``krippendorff``.

References
----------
Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of
Pennsylvania, Annenberg School for Communication.
Krippendorff, K. (2018). Content Analysis, 4th edition, chapter 12.
"""

from collections.abc import Sequence
from typing import Literal

import krippendorff
import numpy as np

from civictopics.errors import InputError
from civictopics.evaluation.bootstrap import Interval, percentile_bounds
from civictopics.evaluation.resampling import draw_groups, group_numbers, rows_by_group
from civictopics.evaluation.scores import Floats, Labels

Level = Literal["nominal", "ordinal", "interval", "ratio"]
_MAY_BE_UNDEFINED = 0.05


def krippendorff_alpha(
    ratings: Sequence[Sequence[object]],
    *,
    measurement: Level = "nominal",
    groups: Labels | None = None,
    level: float = 0.95,
    n_resamples: int = 2_000,
    seed: int = 0,
) -> Interval:
    """Return alpha with a percentile interval from resamples of the units.

    Parameters
    ----------
    ratings : sequence of shape (n_units, n_coders)
        The label that each coder gave to each unit; None where there is none.
        Labels that are not nominal are numbers.
    measurement : {"nominal", "ordinal", "interval", "ratio"}
        How labels differ.
    groups : sequence of shape (n_units,), optional
        Units of one group are drawn together; each unit is its own by default.

    Returns
    -------
    Interval
        All NaN where alpha is undefined, because all labels are equal or no unit has two.

    Examples
    --------
    >>> found = krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]], n_resamples=200)
    >>> round(found.value, 3)
    0.533
    """
    counts, domain = _value_counts(ratings)
    units = list(range(len(counts))) if groups is None else groups
    if len(units) != len(counts):
        raise InputError(f"{len(units)} groups for {len(counts)} units; give one group per unit")
    numbers, n_groups = group_numbers(units)
    value = _alpha(counts, domain, measurement)
    if np.isnan(value):
        return Interval(value, value, value, level, n_groups, "percentile")
    members = rows_by_group(numbers, n_groups)
    replicates = np.array(
        [
            _alpha(counts[np.concatenate([members[group] for group in drawn])], domain, measurement)
            for block in draw_groups(n_groups, n_resamples, seed)
            for drawn in block
        ]
    )
    defined = replicates[~np.isnan(replicates)]
    if len(defined) < (1 - _MAY_BE_UNDEFINED) * n_resamples:
        return Interval(value, float("nan"), float("nan"), level, n_groups, "percentile")
    low, high = percentile_bounds(defined, level)
    return Interval(value, low, high, level, n_groups, "percentile")


def _value_counts(ratings: Sequence[Sequence[object]]) -> tuple[Floats, list[object]]:
    if len({len(row) for row in ratings}) > 1:
        raise InputError("units with different numbers of coders; write None where a coder gave no label")
    given = {label for row in ratings for label in row if label is not None}
    try:
        domain = sorted(given)  # type: ignore[type-var]  # mixed kinds are refused below
    except TypeError as error:
        raise InputError("labels of different kinds (such as text and numbers) cannot be compared") from error
    place = {label: number for number, label in enumerate(domain)}
    counts = np.zeros((len(ratings), len(domain)))
    for unit, row in enumerate(ratings):
        for label in row:
            if label is not None:
                counts[unit, place[label]] += 1
    return counts, list(domain)


def _alpha(counts: Floats, domain: list[object], measurement: Level) -> float:
    pairable = counts[counts.sum(axis=1) >= 2]
    used = pairable.any(axis=0)
    if np.count_nonzero(used) < 2:
        return float("nan")
    values = [label for label, kept in zip(domain, used, strict=True) if kept]
    # names stand for nothing but themselves, so their numbers will do
    known = np.arange(len(values)) if measurement == "nominal" else np.asarray(values)
    return float(
        krippendorff.alpha(
            value_counts=pairable[:, used].astype(np.int_), value_domain=known, level_of_measurement=measurement
        )
    )
