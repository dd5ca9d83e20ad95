"""Learn from the training articles, or cross-validate by group where there are none."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.records import Article
from civictopics.evaluation.leaks import leak_check
from civictopics.evaluation.splits import grouped_splits
from civictopics.study.data_sets import LabelledArticles

Rows = dict[str, NDArray[Any]]
"""What is predicted: columns with one value per article."""


def learn_and_predict(
    data: LabelledArticles,
    label: str,
    fit_predict: Callable[[Sequence[Article], Sequence[Article]], Rows],
    folds: int,
    seed: int,
    grouped: bool = True,
) -> Rows:
    """Return predictions for every article, none of whose group was learnt from, and the fold that each was in.

    Parameters
    ----------
    data : LabelledArticles
    label : str
        The label by which folds are stratified.
    fit_predict : callable
        Takes training articles and test articles to the columns of the latter.
    folds, seed : int
        For cross-validation.
    grouped : bool, default=True
        Without it articles are dealt out one by one, with their translations on both sides:
        the mistake whose gain is shown beside the right scores.

    Raises
    ------
    InputError
        If a group is on both sides of a split.
    """
    articles = list(data.articles)
    if data.training is not None:
        return {**fit_predict(data.training, articles), "fold": np.zeros(len(articles), dtype=np.int64)}
    groups = [article.group if grouped else article.id for article in articles]
    labels = [article.labels[label] for article in articles]
    parts, places = [], []
    for fold, (train, test) in enumerate(grouped_splits(groups, labels, folds, seed)):
        leak_check([groups[i] for i in train], [groups[i] for i in test])
        predicted = fit_predict([articles[i] for i in train], [articles[i] for i in test])
        parts.append({**predicted, "fold": np.full(len(test), fold, dtype=np.int64)})
        places.append(test)
    order = np.argsort(np.concatenate(places), kind="stable")
    return {name: np.concatenate([part[name] for part in parts])[order] for name in parts[0]}


def identity(articles: Sequence[Article]) -> Rows:
    """Return the columns that every prediction has: id, group and language of each article."""
    return {
        "id": np.array([article.id for article in articles]),
        "group": np.array([article.group for article in articles]),
        "lang": np.array([article.lang for article in articles]),
    }
