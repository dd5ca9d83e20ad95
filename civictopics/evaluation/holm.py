"""Holm's correction of several p-values.

References
----------
Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian
Journal of Statistics 6, 65-70.
"""

from collections.abc import Sequence

from civictopics.errors import InputError


def holm_adjusted(p_values: Sequence[float]) -> list[float]:
    """Return p-values that may be compared with the level directly, in the order given.

    Examples
    --------
    >>> [round(p, 3) for p in holm_adjusted([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    wrong = [p for p in p_values if not 0 <= p <= 1]
    if wrong:
        raise InputError(f"p-value {wrong[0]} is not between 0 and 1")
    adjusted = [0.0] * len(p_values)
    so_far = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        so_far = max(so_far, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = so_far
    return adjusted
