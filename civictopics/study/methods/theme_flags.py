"""Methods that tell which of the four themes an article treats in substance."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.records import Article
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.learning import Rows, identity, learn_and_predict
from civictopics.study.predictions import Predictions
from civictopics.themes.names import GUIDED_THEMES

_FLAGS, _STRATA = "themes", "main_theme"
_SENTENCES, _SHARE = 3, 0.25
_SENTENCE_END = re.compile(r"[.!?…؟]+(?=\s|$)|\n")


def majority(data: LabelledArticles, seed: int, *, folds: int = 5) -> Predictions:
    """Say the themes that most of the training articles treat, whatever the article: none of the four."""

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        return _said(np.repeat(_truth(train).mean(axis=0, keepdims=True) > 0.5, len(test), axis=0))

    return _predictions(data, learn_and_predict(data, _STRATA, fit_predict, folds, seed))


def seed_phrases(data: LabelledArticles, seed: int) -> Predictions:
    """Count sentences with seed phrases of a theme: three, a quarter, or the headline make it present."""
    from civictopics.languages import PhraseMatcher, load_languages

    languages = load_languages()
    matchers = {code: PhraseMatcher(languages[code].theme_seeds) for code in {a.lang for a in data.articles}}
    present = np.zeros((len(data.articles), len(GUIDED_THEMES)), dtype=bool)
    for row, article in enumerate(data.articles):
        matcher = matchers[article.lang]
        parts = [part for part in _SENTENCE_END.split(article.text) if part.strip()]
        of_title = {match.label for match in matcher.find(article.title)}
        found = [{match.label for match in matcher.find(part)} for part in parts]
        for column, theme in enumerate(GUIDED_THEMES):
            count = sum(theme in labels for labels in found)
            present[row, column] = theme in of_title or count >= min(_SENTENCES, max(1.0, _SHARE * len(parts)))
    return _predictions(data, _said(present))


def ngram_logistic(
    data: LabelledArticles, seed: int, *, folds: int = 5, strength: float = 10.0, features: int = 40_000
) -> Predictions:
    """Learn a logistic regression for each theme on words and word pairs; headlines count three times.

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

    def texts(articles: Sequence[Article]) -> list[str]:
        return [f"{article.title}\n" * 3 + article.text for article in articles]

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=features, sublinear_tf=True)
        learnt, asked, truth = words.fit_transform(texts(train)), words.transform(texts(test)), _truth(train)
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=300, tol=1e-3)
        columns = [model.fit(learnt, truth[:, column]).predict(asked) for column in range(truth.shape[1])]
        return _said(np.stack(columns, axis=1))

    return _predictions(data, learn_and_predict(data, _STRATA, fit_predict, folds, seed))


def supervised(data: LabelledArticles, seed: int, *, folds: int = 5) -> Predictions:
    """Learn the shipped theme-flags model: what passages are about, then what the article treats."""
    from civictopics.tagging.building import train_theme_flags

    passages = _passages(data)

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        from civictopics.corpus.reference import load_corpus

        learnt = {article.group for article in train}
        model = train_theme_flags([event for event in load_corpus() if event.group in learnt])
        chances = model.predict_proba([passages(article) for article in test])
        return _said(chances >= 0.5)

    return _predictions(data, learn_and_predict(data, _STRATA, fit_predict, folds, seed))


def guided(data: LabelledArticles, seed: int, *, folds: int = 5) -> Predictions:
    """Read by the guided themes; of the corpus each fold by what the others taught, else by the shipped weights."""
    articles = data.articles
    if data.training is None:
        from civictopics.corpus.reference import load_corpus
        from civictopics.study.methods.guided_folds import read_held_out

        languages = list(dict.fromkeys(article.lang for article in articles))
        found = read_held_out(load_corpus().events, languages, folds, seed).flags
        themes = [found[article.id].split(";") for article in articles]
    else:
        from civictopics.themes.guided import ThemeModel

        read = (
            ThemeModel()
            .fit([])
            .transform_articles(
                [article.title for article in articles],
                [_cut(article.text) for article in articles],
                [article.lang for article in articles],
            )
        )
        themes = [reading.themes for reading in read]
    return _predictions(data, _said(np.array([[theme in own for theme in GUIDED_THEMES] for own in themes])))


def _passages(data: LabelledArticles) -> Callable[[Article], Any]:
    """Return what takes an article to its passages: those of the corpus where it is its own, else cut anew."""
    from civictopics.corpus.reference import load_corpus
    from civictopics.tagging.theme_features import PassageArticle

    events = {event.group: event for event in load_corpus()} if data.training is None else {}

    def found(article: Article) -> PassageArticle:
        event = events.get(article.group)
        own = [passage.text[article.lang] for passage in event.passages] if event else _cut(article.text)
        return PassageArticle(own, article.title, article.lang)

    return found


def _cut(text: str) -> list[str]:
    from civictopics.corpus.passages import split_passages

    return split_passages(text) or ["."]


def _truth(articles: Sequence[Article]) -> NDArray[np.bool_]:
    return np.array([[theme in a.labels[_FLAGS].split(";") for theme in GUIDED_THEMES] for a in articles])


def _said(present: NDArray[np.bool_]) -> Rows:
    return {"predicted": np.array([_joined(row) for row in present])}


def _joined(row: NDArray[np.bool_]) -> str:
    return ";".join(theme for theme, there in zip(GUIDED_THEMES, row, strict=True) if there)


def _predictions(data: LabelledArticles, rows: Rows) -> Predictions:
    truth = np.array([_joined(row) for row in _truth(data.articles)])
    return Predictions({**identity(data.articles), "truth": truth, **rows})
