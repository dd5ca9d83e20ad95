"""Labels that are likely errors, by confident learning.

References
----------
Northcutt, C., Jiang, L. and Chuang, I. (2021). Confident learning: estimating uncertainty
in dataset labels. Journal of Artificial Intelligence Research 70, 1373-1411.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError, UsageError


@dataclass(frozen=True, slots=True)
class LabelError:
    """A label that is likely wrong.

    Attributes
    ----------
    row : int
    given, likely : str
    given_probability, likely_probability : float
        Out of fold.
    """

    row: int
    given: str
    likely: str
    given_probability: float
    likely_probability: float


def require_cleanlab() -> Callable[..., NDArray[np.int64]]:
    """Return cleanlab's function.

    Raises
    ------
    UsageError
        If cleanlab is not installed.
    """
    try:
        found: Callable[..., NDArray[np.int64]] = import_module("cleanlab.filter").find_label_issues
    except ImportError as error:
        raise UsageError(
            "likely label errors are found by cleanlab, which is not installed: pip install 'civictopics[annotation]'"
        ) from error
    return found


def likely_label_errors(
    labels: Sequence[str], classes: Sequence[str], probabilities: NDArray[np.float64]
) -> list[LabelError]:
    """Return the likely errors among labels, the likeliest first, as cleanlab finds them.

    Parameters
    ----------
    labels : sequence of str
    classes : sequence of str
        What each column of the probabilities stands for.
    probabilities : array, shape (n_labels, n_classes)
        From models that did not see the article or a translation of it.

    Raises
    ------
    UsageError
        If cleanlab is not installed.
    """
    find = require_cleanlab()
    place = {label: number for number, label in enumerate(classes)}
    given = np.array([place[label] for label in labels])
    if probabilities.shape != (len(labels), len(classes)):
        raise InputError(f"probabilities of shape {probabilities.shape}, for {len(labels)} labels of {len(classes)}")
    rows = find(given, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1)
    return [
        LabelError(
            int(row),
            labels[row],
            classes[int(probabilities[row].argmax())],
            round(float(probabilities[row, given[row]]), 3),
            round(float(probabilities[row].max()), 3),
        )
        for row in rows
    ]
