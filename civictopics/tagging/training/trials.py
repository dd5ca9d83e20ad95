"""One trial: train a method on some rows, and let what would be stored of it score others."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from civictopics.encoding.loading import load_encoder
from civictopics.errors import CivicTopicsError
from civictopics.tagging import meeting_type
from civictopics.tagging.article_vectors import article_vectors
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.frozen.freezing import Frozen, freeze
from civictopics.tagging.methods import METHODS, NEED_VECTORS
from civictopics.tagging.store import StoredModel
from civictopics.tagging.stored_tagger import COMBINATION, StoredTagger
from civictopics.tagging.training.examples import Examples

TRAINABLE = ("naive-bayes", "ngram-logistic", "linear-svm", COMBINATION, "vector-logistic", "vector-neighbours")
"""The methods to choose among; keyword rules know only meeting types, the majority is what the others are held to."""
MAJORITY = "majority"
LANGUAGE_ORDER = ("vi", "en", "sv", "ru", "ar")
_NEVER = 20.0

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Material:
    """The examples as columns; where a method reads vectors, those of all, and the digest of their encoder."""

    texts: list[str]
    titles: list[str]
    languages: list[str]
    labels: NDArray[np.str_]
    groups: list[str]
    vectors: NDArray[np.float32]
    encoder: str

    @property
    def classes(self) -> list[str]:
        """The labels, sorted."""
        return sorted(set(self.labels.tolist()))


@dataclass(frozen=True, slots=True)
class Trial:
    """A method, the rows to train on and the rows to score."""

    method: str
    train: Rows
    score: Rows


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scores of shape (n_scored, n_classes), or why there are none."""

    trial: Trial
    scores: Floats | None
    reason: str = ""


def gather(examples: Examples, methods: tuple[str, ...]) -> Material:
    """Return the examples as columns; vectors are made where one of `methods` reads them."""
    rows = examples.texts
    texts, titles = [row.text for row in rows], [row.title for row in rows]
    vectors, digest = np.zeros((len(rows), 0), dtype=np.float32), ""
    if NEED_VECTORS & set(methods):
        encoder = load_encoder()
        vectors, digest = article_vectors(encoder, texts, titles), encoder.digest
    languages = [row.lang for row in rows]
    return Material(texts, titles, languages, np.array(examples.labels), examples.groups, vectors, digest)


def run_trial(trial: Trial, material: Material) -> Outcome:
    """Train and score; a method that cannot learn from the rows says why."""
    classes = material.classes
    seen = set(material.labels[trial.train].tolist())
    if len(seen) < 2:  # a rare label is then in the groups left out: nothing but the other can be answered
        return Outcome(trial, np.where(np.isin(classes, list(seen)), 0.0, -_NEVER) * np.ones((len(trial.score), 1)))
    try:
        model = frozen_model(trial.method, trial.train, material)
        scores = StoredTagger(model).scores(*_columns(material, trial.score), embeddings=material.vectors[trial.score])
    except (ValueError, CivicTopicsError) as error:  # scikit-learn's word for texts that a method cannot learn from
        return Outcome(trial, None, str(error).splitlines()[0][:200])
    known = [classes.index(label) for label in model.labels]
    found = np.repeat(scores.min(axis=1, keepdims=True) - _NEVER, len(classes), axis=1)
    found[:, known] = scores
    return Outcome(trial, found)


def frozen_model(method: str, rows: Rows, material: Material, task: str = "") -> StoredModel:
    """Return a method trained on some rows, as it would be stored, its scores not calibrated."""
    with threadpool_limits(1):
        config, arrays = _trained(method, rows, material)
    config |= {"temperatures": {"": 1.0}, "thresholds": {}}
    used = {material.languages[row] for row in rows} - {""}
    known = [code for code in LANGUAGE_ORDER if code in used]
    languages = tuple(known + sorted(used - set(known)))
    return StoredModel(task or method, tuple(config["classes"]), languages, config, dict(arrays), {}, [])


def _trained(method: str, rows: Rows, material: Material) -> Frozen:
    columns = _columns(material, rows)
    labels = material.labels[rows].tolist()
    if method == COMBINATION:
        # The share of `none` in the news is known for meeting types; of other label sets only what is in the data.
        share = Counter(labels)["none"] / len(labels)
        tagger = CombinationTagger(none_share=share, calibrated=False)
        tagger.fit(columns[0], labels, columns[1], columns[2], [material.groups[row] for row in rows])
        config, arrays = meeting_type.packed(tagger)
        return {**config, "method": method}, dict(arrays)
    fitted: Any = METHODS[method]()
    vectors = material.vectors[rows] if method in NEED_VECTORS else None
    config, arrays = freeze(method, fitted.fit(columns[0], labels, columns[1], columns[2], embeddings=vectors))
    if method in NEED_VECTORS:
        config["encoder"] = material.encoder
    return config, arrays


def _columns(material: Material, rows: Rows) -> tuple[list[str], list[str], list[str]]:
    return (
        [material.texts[row] for row in rows],
        [material.titles[row] for row in rows],
        [material.languages[row] for row in rows],
    )
