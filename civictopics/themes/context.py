"""What a unit's surroundings say of it: numbers from its article, and the small network that reads them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Layer = tuple[NDArray[np.float32], NDArray[np.float32]]


def context_features(
    scores: NDArray[np.float32],
    starts: NDArray[np.int64],
    title_scores: NDArray[np.float32],
    has_title: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Return what is known of each unit: itself, its neighbours, the rest of its article, the title.

    Parameters
    ----------
    scores : array, shape (n_units, n)
        Scores of the units, article by article.
    starts : array of int, shape (n_articles,)
        First unit of each article; every article has at least one.
    title_scores : array, shape (n_articles, n)
    has_title : array of bool, shape (n_articles,)

    Returns
    -------
    array of float32, shape (n_units, 6 * n + 4)
    """
    n_units = len(scores)
    sizes = np.diff(np.append(starts, n_units))
    article = np.repeat(np.arange(len(starts)), sizes)
    first = np.zeros(n_units, dtype=bool)
    first[starts] = True
    last = np.append(first[1:], True)
    zero = np.zeros((1, scores.shape[1]), dtype=np.float32)
    before = np.where(first[:, None], zero, np.concatenate([zero, scores[:-1]]))
    after = np.where(last[:, None], zero, np.concatenate([scores[1:], zero]))
    others = np.maximum(sizes - 1, 1)[article][:, None]
    rest = (np.add.reduceat(scores, starts, axis=0)[article] - scores) / others
    flags = np.stack([first, last, has_title[article], np.log1p(sizes - 1)[article]], axis=1)
    strongest = _strongest_of_others(scores, starts, sizes, article)
    titles = np.where(has_title[:, None], title_scores, 0.0)[article]
    return np.concatenate([scores, before, after, rest, strongest, titles, flags], axis=1).astype(np.float32)


def _strongest_of_others(
    scores: NDArray[np.float32], starts: NDArray[np.int64], sizes: NDArray[np.int64], article: NDArray[np.int64]
) -> NDArray[np.float32]:
    top = np.maximum.reduceat(scores, starts, axis=0)[article]
    is_top = scores >= top
    shared = np.add.reduceat(is_top.astype(np.int64), starts, axis=0)[article] > 1
    second = np.maximum.reduceat(np.where(is_top, -np.inf, scores), starts, axis=0)[article]
    strongest = np.where(is_top & ~shared, second, top)
    found: NDArray[np.float32] = np.where((sizes > 1)[article][:, None], strongest, 0.0)
    return np.where(np.isfinite(found), found, 0.0)


def forward(features: NDArray[np.float32], layers: Sequence[Layer]) -> NDArray[np.float32]:
    """Return the class probabilities of a network with rectified hidden layers, shape (n, n_classes).

    Written with einsum: the sums run in one order whatever the number of threads.
    """
    values = features
    for weights, bias in layers[:-1]:
        values = np.maximum(np.einsum("ij,jk->ik", values, weights) + bias, 0.0)
    weights, bias = layers[-1]
    return softmax(np.einsum("ij,jk->ik", values, weights) + bias)


def softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows of exponentials that sum to one."""
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    shares: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return shares
