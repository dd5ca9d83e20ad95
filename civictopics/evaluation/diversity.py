"""Whether topics differ from each other: diversity of their words, and exclusivity.

References
----------
Dieng, A. B., Ruiz, F. J. R. and Blei, D. M. (2020). Topic modeling in embedding spaces.
Transactions of the ACL 8, 439-453 (diversity).
Bischof, J. M. and Airoldi, E. M. (2012). Summarizing topical content with word frequency
and exclusivity. ICML (exclusivity).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError
from civictopics.evaluation.scores import Floats


def topic_diversity(topics: Sequence[Sequence[str]], n_words: int = 25) -> float:
    """Return the share of different words among the top words of all topics: 1 where no two share any.

    Examples
    --------
    >>> topic_diversity([["tet", "patrol"], ["tet", "gift"]])
    0.75
    """
    taken = [word for topic in topics for word in list(topic)[:n_words]]
    if not taken:
        raise InputError("no topic has a word")
    return len(set(taken)) / len(taken)


def exclusivity(weights: Sequence[Sequence[float]] | NDArray[Any], n_words: int = 10) -> Floats:
    """Return, for each topic, the mean share that it has in the weight of its top words over all topics.

    Parameters
    ----------
    weights : array of shape (n_topics, n_terms)
        Weight of each term in each topic, not negative.
    n_words : int
        Top words of each topic.

    Returns
    -------
    ndarray of shape (n_topics,)
        1 where no other topic has the topic's words, ``1 / n_topics`` where all have them alike.

    Examples
    --------
    >>> exclusivity([[0.8, 0.2, 0.0], [0.0, 0.2, 0.8]], n_words=1).tolist()
    [1.0, 1.0]
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim != 2 or (given < 0).any():
        raise InputError(f"weights of shape {given.shape}; give (n_topics, n_terms) without negative ones")
    rows = given.sum(axis=1, keepdims=True)
    shares = given / np.where(rows > 0, rows, 1.0)
    over = shares.sum(axis=0)
    part = shares / np.where(over > 0, over, 1.0)
    top = np.argsort(-shares, axis=1, kind="stable")[:, :n_words]
    found: Floats = np.take_along_axis(part, top, axis=1).mean(axis=1)
    return found
