"""Whether a topic comes back: topics of several fits, matched with those of one, and how alike the matches are.

References
----------
Greene, D., O'Callaghan, D. and Cunningham, P. (2014). How many topics? Stability
analysis for topic models. ECML PKDD, 498-513 (average Jaccard of ranked words).
Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research
Logistics Quarterly 2, 83-97.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from civictopics.errors import InputError
from civictopics.evaluation.bootstrap import Interval, percentile_bounds
from civictopics.evaluation.resampling import draw_groups
from civictopics.evaluation.scores import Floats, Indices


@dataclass(frozen=True, slots=True)
class TopicStability:
    """How well the topics of one fit come back in others.

    Attributes
    ----------
    similarity : ndarray of shape (n_refits, n_topics)
        Of each topic with its match in each refit; 0 where a refit has no topic left for it.
    match : ndarray of shape (n_refits, n_topics)
        The number of the matching topic; -1 where there is none.
    topics : list of Interval
        The mean similarity of each topic with a percentile interval over refits.
    """

    similarity: Floats
    match: Indices
    topics: list[Interval]


def average_jaccard(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the mean, over depths, of the Jaccard similarity of the top words down to there.

    Examples
    --------
    >>> first, second = ["album", "music", "best", "award", "win"], ["sport", "best", "win", "medal", "award"]
    >>> round(average_jaccard(first, second), 3)
    0.154
    """
    depth = max(len(first), len(second))
    if depth == 0:
        raise InputError("two lists without a word have no similarity")
    ours: set[str] = set()
    theirs: set[str] = set()
    total = 0.0
    for place in range(depth):
        ours.update(first[place : place + 1])
        theirs.update(second[place : place + 1])
        total += len(ours & theirs) / len(ours | theirs)
    return total / depth


def align_topics(similarity: Floats) -> Indices:
    """Return for each topic (row) the topic (column) that it is matched with, so that all are most alike together.

    Rows that are left over have -1.
    """
    rows, columns = linear_sum_assignment(-np.asarray(similarity, dtype=np.float64))
    found = np.full(len(similarity), -1, dtype=np.intp)
    found[rows] = columns
    return found


def topic_stability(
    topics: Sequence[Sequence[str]],
    refits: Sequence[Sequence[Sequence[str]]],
    *,
    level: float = 0.95,
    n_resamples: int = 2_000,
    seed: int = 0,
) -> TopicStability:
    """Return how alike the topics of one fit are to their matches in refits, by their ranked words.

    Parameters
    ----------
    topics : sequence of sequence of str
        The ranked top words of each topic.
    refits : sequence of topics
        The same of two refits or more, on other seeds or other samples of groups. The
        interval is over refits: it says how sure the mean is, not how other corpora
        would do.
    """
    if len(refits) < 2:
        raise InputError(f"{len(refits)} refits; an interval needs two or more")
    similarity = np.zeros((len(refits), len(topics)))
    match = np.full((len(refits), len(topics)), -1, dtype=np.intp)
    for number, refit in enumerate(refits):
        table = np.array([[average_jaccard(ours, theirs) for theirs in refit] for ours in topics])
        match[number] = align_topics(table)
        found = np.flatnonzero(match[number] >= 0)
        similarity[number, found] = table[found, match[number, found]]
    drawn = np.concatenate(list(draw_groups(len(refits), n_resamples, seed)))
    intervals = []
    for values in similarity.T:
        low, high = percentile_bounds(values[drawn].mean(axis=1), level)
        intervals.append(Interval(float(values.mean()), low, high, level, len(refits), "percentile"))
    return TopicStability(similarity, match, intervals)
