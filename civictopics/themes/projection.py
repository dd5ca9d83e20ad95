"""Vectors on a plane, for looking at."""

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from civictopics.encoding.base import Vectors


def project(vectors: Vectors) -> NDArray[np.float64]:
    """Return the first two principal components of `vectors`, shape (n, 2), signs fixed, rounded to 1e-5.

    Fewer than three vectors, or equal ones, give zeros where there is nothing to show.
    """
    values = np.asarray(vectors, dtype=np.float64)
    points = np.zeros((len(values), 2))
    if len(values) < 2:
        return points
    with threadpool_limits(1):
        centred = values - values.mean(axis=0)
        _, axes = np.linalg.eigh(centred.T @ centred)
        axes = axes[:, ::-1][:, :2]
        axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1.0, 1.0)
        points[:, : axes.shape[1]] = centred @ axes
    return points.round(5) + 0.0
