"""Rivals that find themes: BERTopic, KeyNMF and EVoC, with the extra `peers`."""

from importlib import import_module
from typing import Any

import numpy as np

from civictopics.errors import UsageError
from civictopics.study.methods.theme_words import UNASSIGNED, predictions_of
from civictopics.study.predictions import Predictions
from civictopics.study.theme_data import ThemeTexts, english_minilm


def bertopic(data: ThemeTexts, seed: int, *, n_themes: int = 0) -> Predictions:
    """Fit BERTopic on the same vectors: as it comes, or with k-means in place of HDBSCAN (Grootendorst 2022).

    Parameters
    ----------
    data, seed
    n_themes : int
        Clusters of k-means; 0 leaves BERTopic as it comes but for the seed of UMAP.
    """
    topics, umap = _peer("bertopic"), _peer("umap")
    options: dict[str, Any] = {
        "umap_model": umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    }
    if n_themes:
        from sklearn.cluster import KMeans

        options["hdbscan_model"] = KMeans(n_themes, n_init=10, random_state=seed)
    labels, _ = topics.BERTopic(**options).fit_transform(list(data.texts), embeddings=np.asarray(data.vectors))
    return predictions_of(data, _names(labels))


def keynmf(data: ThemeTexts, seed: int, *, n_themes: int = 5) -> Predictions:
    """Fit KeyNMF, which factorises the likeness of words and passages (Kardos et al. 2024); English vectors alone."""
    model = _peer("turftopic").KeyNMF(n_themes, encoder=english_minilm().model, random_state=seed)
    weights = np.asarray(model.fit_transform(list(data.texts), embeddings=np.asarray(data.vectors)))
    return predictions_of(data, _names(weights.argmax(axis=1).tolist()))


def evoc(data: ThemeTexts, seed: int, *, least_passages: int = 15) -> Predictions:
    """Fit EVoC, a density method made for vectors; what lies in no region has no theme."""
    model = _peer("evoc").EVoC(base_min_cluster_size=least_passages, random_state=seed)
    return predictions_of(data, _names(model.fit_predict(np.asarray(data.vectors, dtype=np.float32)).tolist()))


def _names(labels: list[int]) -> list[str]:
    return [f"d{label + 1}" if label >= 0 else UNASSIGNED for label in labels]


def _peer(name: str) -> Any:  # noqa: ANN401 - a library without types
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed: pip install 'civictopics[peers]'") from error
