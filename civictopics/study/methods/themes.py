"""Methods that find themes in passages: each gives every passage one theme."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.study.methods.theme_words import UNASSIGNED, predictions_of
from civictopics.study.predictions import Predictions
from civictopics.study.theme_data import ThemeTexts


def lda(data: ThemeTexts, seed: int, *, n_themes: int = 5, passes: int = 10) -> Predictions:
    """Fit latent Dirichlet allocation."""
    from civictopics.themes.lda import LdaThemes

    return _discovered(data, LdaThemes(n_themes, seed, passes))


def lsi(data: ThemeTexts, seed: int, *, n_themes: int = 5) -> Predictions:
    """Fit latent semantic indexing."""
    from civictopics.themes.lsi import LsiThemes

    return _discovered(data, LsiThemes(n_themes, seed))


def nmf(data: ThemeTexts, seed: int, *, n_themes: int = 5) -> Predictions:
    """Factorise TF-IDF weights without negative numbers."""
    from civictopics.themes.nmf import NmfThemes

    return _discovered(data, NmfThemes(n_themes, seed))


def tfidf_kmeans(data: ThemeTexts, seed: int, *, n_themes: int = 5) -> Predictions:
    """Cluster TF-IDF weights by k-means."""
    from civictopics.themes.tfidf_kmeans import TfidfKMeansThemes

    return _discovered(data, TfidfKMeansThemes(n_themes, seed))


def plain_kmeans(data: ThemeTexts, seed: int, *, n_themes: int = 5) -> Predictions:
    """Cluster the vectors as they are by scikit-learn's k-means: what others are held against."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        labels = KMeans(n_themes, n_init=10, random_state=seed).fit_predict(data.vectors)
    return predictions_of(data, [f"d{label + 1}" for label in labels])


def vector_kmeans(data: ThemeTexts, seed: int, *, n_themes: int = 5) -> Predictions:
    """Cluster vectors less their mean by k-means."""
    from civictopics.themes.vector_kmeans import VectorKMeansThemes

    return _discovered(data, VectorKMeansThemes(n_themes, seed))


def hdbscan(data: ThemeTexts, seed: int, *, least_passages: int = 15) -> Predictions:
    """Find dense regions of vectors; what lies in none has no theme."""
    from civictopics.themes.density import HdbscanThemes

    model = HdbscanThemes(least_passages)
    found = _discovered(data, model)
    names = np.where(model.outliers_, UNASSIGNED, found.columns["theme"])
    return predictions_of(data, names.tolist())


def residual(data: ThemeTexts, seed: int, *, n_themes: int = 0, most_themes: int = 12) -> Predictions:
    """Cluster vectors by k-means, the number of themes chosen by stability (0) or given."""
    from civictopics.themes.residual import ResidualThemes

    model = ResidualThemes(n_themes or "auto", most_themes, seed=seed)
    found = _discovered(data, model)
    place = {name: number for number, name in enumerate(model.result_.names)}
    rows = np.array([place[name] for name in found.columns["theme"]])
    stability = model.stability_
    found.columns["stability"] = stability.themes[rows]
    found.columns["stability_low"], found.columns["stability_high"] = stability.low[rows], stability.high[rows]
    for number, values in model.refits_.items():
        low, high = np.percentile(values, [2.5, 97.5])
        for name, value in (("", values.mean()), ("_low", low), ("_high", high)):
            found.measured[f"refits_{number:02d}{name}"] = float(value)
    return found


def supervised(data: ThemeTexts, seed: int, *, folds: int = 3) -> Predictions:
    """Learn the themes of passages from vectors, and name those of held-out events."""
    from civictopics.evaluation.splits import grouped_splits
    from civictopics.themes.names import NO_THEME
    from civictopics.themes.supervised import SupervisedThemes

    truth = np.asarray(data.truth)
    said = np.full(len(truth), NO_THEME, dtype="U32")
    for train, test in grouped_splits(data.groups, data.truth, folds, seed):
        model = SupervisedThemes().fit(data.vectors[train], [[t] if t != NO_THEME else [] for t in truth[train]])
        chances = model.transform(data.vectors[test])
        best = np.asarray(model.themes_)[chances.argmax(axis=1)]
        said[test] = np.where(chances.max(axis=1) >= 0.5, best, NO_THEME)
    return predictions_of(data, said.tolist())


def guided(data: ThemeTexts, seed: int, *, folds: int = 3) -> Predictions:
    """Name the guided themes: of held-out events, or, where nothing may be learnt, with the shipped weights."""
    if data.events:
        return _guided_held_out(data, folds)
    from civictopics.corpus.passages import split_passages
    from civictopics.themes.guided import ThemeModel

    passages = [split_passages(text) or ["."] for text in data.texts]
    readings = ThemeModel().fit([]).transform_articles(data.titles, passages, data.languages)
    columns = _flags(data, [";".join(reading.themes) for reading in readings])
    return predictions_of(data, [reading.main_theme for reading in readings], **columns)


def _guided_held_out(data: ThemeTexts, folds: int) -> Predictions:
    from civictopics.study.methods.guided_folds import read_held_out

    found = read_held_out(data.events, list(dict.fromkeys(data.languages)), folds)
    said = [found.passages[name] for name in data.ids]
    columns = _flags(data, [found.flags[article] for article in data.articles])
    return predictions_of(data, said, **columns, **_plane(data))


def _flags(data: ThemeTexts, said: Sequence[str]) -> dict[str, NDArray[Any]]:
    return {"flags": np.asarray(data.article_themes), "flags_said": np.asarray(said)}


def _plane(data: ThemeTexts) -> dict[str, NDArray[Any]]:
    from civictopics.themes.projection import project

    points = project(data.vectors)
    return {"x": points[:, 0], "y": points[:, 1]}


def _discovered(data: ThemeTexts, model: Any) -> Predictions:  # noqa: ANN401 - any discovering model
    model.fit(data.texts, languages=data.languages, embeddings=data.vectors, articles=data.groups)
    names = model.result_.names
    return predictions_of(data, [names[label] for label in model.result_.labels()])
