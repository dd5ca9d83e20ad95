"""Methods that name the meeting type from n-grams or from vectors; settings are chosen inside the training articles."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.records import Article
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.learning import Rows, learn_and_predict
from civictopics.study.methods.meeting_type import LABEL, as_predictions
from civictopics.study.predictions import Predictions

_GRID = {
    "naive_bayes": (0.1, 0.3, 1.0),
    "ngram_logistic": (3.0, 10.0, 30.0),
    "linear_svm": (0.1, 0.3, 1.0),
    "vector_logistic": (0.003, 0.01, 0.03),
    "vector_neighbours": (10, 25, 50),
}
"""The settings tried: smoothing, inverse strengths of the regularisation, numbers of neighbours."""


def naive_bayes(data: LabelledArticles, seed: int, *, folds: int = 5, inner_folds: int = 3) -> Predictions:
    """Count words and word pairs: complement naive Bayes."""
    from civictopics.tagging.methods.naive_bayes import NaiveBayesTagger

    return _predict(data, seed, folds, inner_folds, "naive_bayes", lambda value: NaiveBayesTagger(smoothing=value))


def ngram_logistic(
    data: LabelledArticles,
    seed: int,
    *,
    folds: int = 5,
    inner_folds: int = 2,
    share: float = 1.0,
    grouped: bool = True,
    values: tuple[float, ...] = _GRID["ngram_logistic"],
) -> Predictions:
    """Learn a logistic regression on runs of words and characters.

    Parameters
    ----------
    data, seed
        The articles; the seed of the folds.
    folds, inner_folds : int
        Of the cross-validation, and of the choice of the setting inside each fold.
    share : float
        Share of the events of the training articles that are learnt from.
    grouped : bool
        Without it, translations stand on both sides: a mistake, shown for its size.
    values : tuple of float
        Inverse strengths of the regularisation to choose from.
    """
    from civictopics.tagging.methods.ngram_logistic import NgramLogisticTagger

    def build(value: float) -> Any:  # noqa: ANN401 - a tagger, of a module that is not imported on top
        return NgramLogisticTagger(penalty=value)

    return _predict(
        data, seed, folds, inner_folds, "ngram_logistic", build, share=share, grouped=grouped, values=values
    )


def linear_svm(data: LabelledArticles, seed: int, *, folds: int = 5, inner_folds: int = 2) -> Predictions:
    """Learn a linear support vector machine on runs of words and characters."""
    from civictopics.tagging.methods.linear_svm import LinearSvmTagger

    return _predict(data, seed, folds, inner_folds, "linear_svm", lambda value: LinearSvmTagger(penalty=value))


def vector_logistic(data: LabelledArticles, seed: int, *, folds: int = 5, inner_folds: int = 3) -> Predictions:
    """Learn a logistic regression on the shipped encoder's vectors of headline and lead."""
    from civictopics.tagging.methods.vector_logistic import VectorLogisticTagger

    return _predict(
        data, seed, folds, inner_folds, "vector_logistic", lambda value: VectorLogisticTagger(penalty=value)
    )


def vector_neighbours(data: LabelledArticles, seed: int, *, folds: int = 5, inner_folds: int = 3) -> Predictions:
    """Take the types of the nearest training articles, by the shipped encoder's vectors of headline and lead."""
    from civictopics.tagging.methods.vector_neighbours import VectorNeighboursTagger

    def build(value: float) -> Any:  # noqa: ANN401 - a tagger, of a module that is not imported on top
        return VectorNeighboursTagger(n_neighbours=int(value))

    return _predict(data, seed, folds, inner_folds, "vector_neighbours", build)


def with_reports(articles: Sequence[Article]) -> list[Article]:
    """Return training articles and the invented reports in their languages, which are no part of any data set."""
    from civictopics.tagging.reports import load_reports

    spoken = {article.lang for article in articles}
    return [*articles, *(report for report in load_reports() if report.lang in spoken)]


def some_events(articles: Sequence[Article], share: float, seed: int) -> list[Article]:
    """Return the articles of a share of the events, spread over the types; smaller shares are parts of larger ones."""
    from civictopics.evaluation.splits import group_folds

    if share >= 1.0:
        return list(articles)
    slices = 8
    parts = group_folds([a.group for a in articles], [a.labels[LABEL] for a in articles], slices, seed + 1)
    kept = max(1, round(share * slices))
    return [article for article, part in zip(articles, parts.tolist(), strict=True) if part < kept]


def _predict(
    data: LabelledArticles,
    seed: int,
    folds: int,
    inner_folds: int,
    name: str,
    build: Callable[[float], Any],
    share: float = 1.0,
    grouped: bool = True,
    values: Sequence[float] = (),
) -> Predictions:
    from civictopics.tagging.methods.choosing import choose_setting

    vectors = _vectors(data) if name.startswith("vector_") else {}

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        learnt = some_events(with_reports(train), share, seed)
        texts, titles = [a.text for a in learnt], [a.title for a in learnt]
        labels, languages = [a.labels[LABEL] for a in learnt], [a.lang for a in learnt]
        groups = [a.group if grouped else a.id for a in learnt]
        given = _rows(vectors, learnt)
        value = choose_setting(
            build, values or _GRID[name], texts, labels, titles, groups, given, folds=inner_folds, seed=seed
        )
        model = build(value).fit(texts, labels, titles, languages, groups, given)
        columns = ([a.text for a in test], [a.title for a in test], [a.lang for a in test])
        shares = model.predict_proba(*columns, _rows(vectors, test))
        return {
            "predicted": model.classes_[shares.argmax(axis=1)],
            "probability": shares.max(axis=1),
            "setting": np.full(len(test), float(value)),
        }

    return as_predictions(data, learn_and_predict(data, LABEL, fit_predict, folds, seed, grouped))


def _vectors(data: LabelledArticles) -> dict[str, NDArray[np.float32]]:
    from civictopics.encoding.loading import load_encoder
    from civictopics.tagging.article_vectors import article_vectors

    articles = with_reports([*data.articles, *(data.training or ())])
    found = article_vectors(load_encoder(), [a.text for a in articles], [a.title for a in articles])
    return dict(zip([article.id for article in articles], found, strict=True))


def _rows(vectors: dict[str, NDArray[np.float32]], articles: Sequence[Article]) -> NDArray[np.float32] | None:
    return np.stack([vectors[article.id] for article in articles]) if vectors else None
