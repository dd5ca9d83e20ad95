"""Methods that name the meeting type."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from civictopics.corpus.records import Article
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.learning import Rows, identity, learn_and_predict
from civictopics.study.predictions import Predictions

__all__ = ["LABEL", "as_predictions", "keyword_rules", "majority", "tfidf_logistic"]

LABEL = "meeting_type"
"""The label that is told."""


def majority(data: LabelledArticles, seed: int, *, folds: int = 5) -> Predictions:
    """Say the commonest type of the training articles, whatever the article."""

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        counts = Counter(article.labels[LABEL] for article in train)
        kind = min(counts, key=lambda name: (-counts[name], name))
        share = counts[kind] / len(train)
        return {"predicted": np.full(len(test), kind, dtype="U32"), "probability": np.full(len(test), share)}

    return as_predictions(data, learn_and_predict(data, LABEL, fit_predict, folds, seed))


def keyword_rules(data: LabelledArticles, seed: int) -> Predictions:
    """Score the terms of the language files; nothing is learnt."""
    from civictopics.tagging.keyword_rules import KeywordMeetingTypes

    articles = data.articles
    rules = KeywordMeetingTypes().fit([])
    shares = rules.predict_proba([a.text for a in articles], [a.title for a in articles], [a.lang for a in articles])
    return as_predictions(data, {"predicted": rules.classes_[shares.argmax(axis=1)], "probability": shares.max(axis=1)})


def tfidf_logistic(
    data: LabelledArticles,
    seed: int,
    *,
    folds: int = 5,
    strength: float = 10.0,
    features: int = 30_000,
) -> Predictions:
    """Learn a logistic regression on TF-IDF weights of words and word pairs; headlines count three times.

    Parameters
    ----------
    data, seed
        The articles; the seed of the folds.
    folds : int
        Number of folds where the data set has no training articles of its own.
    strength : float
        Inverse of the regularisation.
    features : int
        The commonest words and pairs that are kept.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    def text(article: Article) -> str:
        return f"{article.title}\n" * 3 + article.text

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=features, sublinear_tf=True),
            LogisticRegression(C=strength, class_weight="balanced", max_iter=500, tol=1e-3),
        )
        model.fit([text(article) for article in train], [article.labels[LABEL] for article in train])
        shares = model.predict_proba([text(article) for article in test])
        return {"predicted": model.classes_[shares.argmax(axis=1)], "probability": shares.max(axis=1)}

    return as_predictions(data, learn_and_predict(data, LABEL, fit_predict, folds, seed))


def as_predictions(data: LabelledArticles, rows: Rows) -> Predictions:
    """Return what was predicted, with the identity of the articles and the truth."""
    truth = np.array([article.labels[LABEL] for article in data.articles])
    return Predictions({**identity(data.articles), "truth": truth, **rows})
