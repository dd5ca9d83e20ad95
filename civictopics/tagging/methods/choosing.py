"""Choose a method's setting on training articles alone: the inner loop of nested cross-validation."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from threadpoolctl import threadpool_limits

from civictopics.evaluation.splits import grouped_splits
from civictopics.tagging.methods.base import PipelineTagger


def choose_setting(
    build: Callable[[float], PipelineTagger],
    values: Sequence[float],
    texts: Sequence[str],
    y: Sequence[str],
    titles: Sequence[str],
    groups: Sequence[str],
    embeddings: NDArray[np.float32] | None = None,
    folds: int = 2,
    seed: int = 0,
) -> float:
    """Return the value whose tagger is right oftenest on groups that it was not trained on; of equal ones the first.

    The taggers may differ in the last step of their pipelines alone: what comes before
    is done once.

    Parameters
    ----------
    build : callable
        Takes a value to a tagger.
    values : sequence of float
    texts, y, titles, groups : sequences of str
    embeddings : array, optional
    folds, seed : int
        Of the inner cross-validation.
    """
    if len(values) == 1:
        return values[0]
    labels = np.array(y)
    right = np.zeros(len(values))
    for train, test in grouped_splits(groups, labels, folds, seed):
        inputs = build(values[0]).inputs(texts, titles, embeddings)
        sides = [_rows(inputs, rows) for rows in (train, test)]
        before = build(values[0]).pipeline()[:-1]
        with threadpool_limits(1):
            learned, asked = sides
            if len(before):
                learned, asked = before.fit_transform(sides[0]), before.transform(sides[1])
            for place, value in enumerate(values):
                last = build(value).pipeline()[-1]
                model = clone(getattr(last, "estimator", last)).fit(learned, labels[train])
                right[place] += float((model.predict(asked) == labels[test]).sum())
    return values[int(right.argmax())]


def _rows(inputs: object, rows: NDArray[np.intp]) -> object:
    return inputs[rows] if isinstance(inputs, np.ndarray) else [inputs[row] for row in rows]  # type: ignore[index]
