"""Predictions of a method: one row per article or passage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError

Columns = Mapping[str, NDArray[Any]]
"""Predictions by column, each of shape (n_units,); ``id``, ``group`` and ``lang`` are always there.

A unit is what is predicted: an article, or a passage."""

ALWAYS = ("id", "group", "lang")


@dataclass(frozen=True, slots=True)
class Predictions:
    """What a method returns.

    Attributes
    ----------
    columns : dict of str to sequence
        One value per unit in each; ``id``, ``group``, ``lang`` and what the metrics need.
    measured : dict of str to float
        Further numbers of the run, such as seconds of training.
    """

    columns: dict[str, Any]
    measured: dict[str, float] = field(default_factory=dict)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns as arrays, sorted by id.

        Raises
        ------
        InputError
            If a column is missing or of another length, or an id occurs twice.
        """
        missing = [name for name in ALWAYS if name not in self.columns]
        if missing:
            raise InputError(f"predictions without the column {missing[0]!r}; return {', '.join(ALWAYS)} too")
        found = {name: np.asarray(values) for name, values in self.columns.items()}
        sizes = {name: len(values) for name, values in found.items()}
        if len(set(sizes.values())) > 1:
            raise InputError(f"columns of different lengths: {sizes}")
        names, times = np.unique(found["id"], return_counts=True)
        twice = names[times > 1]
        if len(twice):
            raise InputError(f"{str(twice[0])!r} was predicted twice; return one row per unit")
        order = np.argsort(found["id"], kind="stable")
        return {name: values[order] for name, values in found.items()}
