"""Learn the guided themes from the reference corpus: tables of word scores, then networks that read the context.

Scores that a network learns from are always of events that their table has not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from civictopics.themes.articles import (
    N_CLASSES,
    N_SIGNS,
    N_THEMES,
    SEASON_COLUMN,
    Floats,
    keep_to_season,
    subject_features,
    substance_features,
)
from civictopics.themes.context import Layer, context_features, forward
from civictopics.themes.material import CLASSES, Material, View
from civictopics.themes.names import MAIN_THEMES, SUBJECTS

N_FOLDS = 5
_RIDGE = 0.3
_MEMBERS = 2
_PHRASE_WEIGHT = 0.25
_VECTOR_RIDGE = 1.0
_PASSAGE_NETWORK = {"hidden_layer_sizes": (48,), "alpha": 1.0, "max_iter": 14, "learning_rate_init": 0.002}
_MAIN_NETWORK = {"hidden_layer_sizes": (32,), "alpha": 3.0, "max_iter": 40, "learning_rate_init": 0.002}
N_EVIDENCE = N_SIGNS + len(SUBJECTS) - 1
N_SCORES = N_CLASSES + len(MAIN_THEMES)

Vectors = Mapping[str, Mapping[str, Floats]]
"""Vectors of the passages of each view (and ``titles`` none), by language."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Tables and networks as learned, not yet rounded."""

    tables: dict[str, NDArray[np.float64]]
    vector_table: Floats
    networks: dict[str, list[Layer]]


@dataclass(slots=True)
class ViewScores:
    """Scores of a view's units and of the headlines of its articles."""

    units: Floats
    titles: Floats


def fold_of_events(n_events: int, n_folds: int = N_FOLDS, seed: int = 0) -> NDArray[np.int64]:
    """Return a fold for each event, evenly."""
    return np.random.default_rng(seed).permutation(n_events) % n_folds


def learn_table(material: Material, main: NDArray[np.int64], chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the table of one language from the events `chosen`: ridge regression on centred indicators."""
    keep = chosen[material.row_events]
    indicators = [
        np.eye(N_CLASSES)[material.row_themes[keep]],
        np.eye(len(MAIN_THEMES))[main[material.row_events[keep]]],
    ]
    targets = np.concatenate(indicators, axis=1)
    targets -= targets.mean(axis=0)
    targets = np.concatenate([targets, material.phrase_targets])
    used = np.append(np.flatnonzero(keep), np.arange(len(keep), len(material.kernel)))
    kernel = material.kernel[np.ix_(used, used)].astype(np.float64)
    # A phrase counts a part of a passage: its penalty is larger by as much.
    kernel[np.diag_indices_from(kernel)] += np.where(used < len(keep), _RIDGE, _RIDGE / _PHRASE_WEIGHT)
    dual = solve(kernel, targets, assume_a="pos")
    rows = vstack([material.rows[keep], material.phrase_terms])
    table: NDArray[np.float64] = rows.T.astype(np.float64) @ dual
    return table


def learn_vector_table(
    materials: Sequence[Material], vectors: Vectors, main: NDArray[np.int64], chosen: NDArray[np.bool_]
) -> Floats:
    """Return scores from vectors, one table for all languages, from the events `chosen`."""
    values, targets = [], []
    for material in materials:
        view = material.views["alone"]
        keep = chosen[view.events]
        labels = view.labels[view.batch.starts]
        values.append(vectors[material.language]["alone"][keep])
        indicators = [np.eye(N_CLASSES)[labels[keep]], np.eye(len(MAIN_THEMES))[main[view.events[keep]]]]
        targets.append(np.concatenate(indicators, axis=1))
    matrix = np.concatenate(values).astype(np.float64)
    matrix = np.concatenate([matrix, np.ones((len(matrix), 1))], axis=1)
    penalty = np.full(matrix.shape[1], _VECTOR_RIDGE)
    penalty[-1] = 1e-6
    target = np.concatenate(targets)
    shift = np.concatenate([target[:, :N_CLASSES].mean(axis=0), target[:, N_CLASSES:].mean(axis=0)])
    gram = matrix.T @ matrix + np.diag(penalty)
    table: Floats = solve(gram, matrix.T @ (target - shift), assume_a="pos").astype(np.float32)
    return table


def vector_scores(vectors: Floats, table: Floats) -> Floats:
    """Return the scores of vectors, shape (n, 15)."""
    found: Floats = np.einsum("ij,jk->ik", vectors, table[:-1]) + table[-1]
    return found


def held_out_scores(
    materials: Sequence[Material],
    main: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    vectors: Vectors | None,
    seed: int,
) -> dict[tuple[str, str], ViewScores]:
    """Return scores of all units, each from tables that have not seen its event, by language and view."""
    folds = fold_of_events(len(main), N_FOLDS, seed)
    found: dict[tuple[str, str], ViewScores] = {}
    for fold in range(N_FOLDS):
        train = chosen & (folds != fold)
        of_vectors = learn_vector_table(materials, vectors, main, train) if vectors else None
        for material in materials:
            table = learn_table(material, main, train).astype(np.float32)
            fresh = view_scores(material, table, of_vectors, vectors)
            for name, scores in fresh.items():
                key = (material.language, name)
                if key not in found:
                    found[key] = ViewScores(np.zeros_like(scores.units), np.zeros_like(scores.titles))
                view = material.views[name]
                units, titles = folds[view.unit_events] == fold, folds[view.events] == fold
                found[key].units[units] = scores.units[units]
                found[key].titles[titles] = scores.titles[titles]
    return found


def view_scores(
    material: Material, table: Floats, vector_table: Floats | None, vectors: Vectors | None
) -> dict[str, ViewScores]:
    """Return the scores of all views: 15 of words, 10 of phrases, and 15 of vectors where there are such."""
    titles = np.concatenate([material.title_terms @ table, material.title_evidence], axis=1)
    found = {}
    for name, view in material.views.items():
        blocks = [view.terms @ table, view.evidence]
        if vector_table is not None and vectors is not None:
            blocks.append(vector_scores(vectors[material.language][name], vector_table)[view.batch.passage_of])
        found[name] = ViewScores(np.concatenate(blocks, axis=1).astype(np.float32), titles[view.events])
    return found


def without_vectors(scores: ViewScores) -> ViewScores:
    """Return the scores of words and phrases alone."""
    return ViewScores(scores.units[:, : N_SCORES + N_EVIDENCE], scores.titles)


def split_scores(scores: Floats) -> tuple[Floats, Floats]:
    """Return the columns that tell the theme of a unit, and those that tell the main theme."""
    words, main, rest = np.split(scores, [N_CLASSES, N_SCORES], axis=1)
    seeds, vectors = rest[:, :N_SIGNS], rest[:, N_EVIDENCE:]
    theme = np.concatenate([words, seeds, vectors[:, :N_CLASSES]], axis=1)
    subject = np.concatenate([main, rest[:, :N_EVIDENCE], vectors[:, N_CLASSES:]], axis=1)
    return theme, subject


def unit_features(view: View, scores: ViewScores) -> Floats:
    """Return the inputs of the passage network for a view's units."""
    theme, _ = split_scores(scores.units)
    return context_features(theme, view.batch.starts, padded_titles(scores.titles, theme.shape[1]), _titled(view))


def padded_titles(titles: Floats, width: int) -> Floats:
    """Return the theme columns of headlines, with zeros where units have scores of vectors."""
    theme, _ = split_scores(titles)
    return np.pad(theme, ((0, 0), (0, width - theme.shape[1])))


def _titled(view: View) -> NDArray[np.bool_]:
    return np.full(len(view.events), view.titled)


def seasonal(view: View, scores: ViewScores, chances: Floats) -> Floats:
    """Return the chances as the reader would keep them: see `keep_to_season`."""
    column = N_SCORES + SEASON_COLUMN
    titles = scores.titles[:, column] * view.titled
    return keep_to_season(chances, view.batch, scores.units[:, column], titles)


def fit_network(
    features: Floats, labels: NDArray[np.int64], n_classes: int, seed: int, **options: object
) -> list[Layer]:
    """Return the layers of a small network: several fitted from different starts, side by side, and averaged."""
    members = [_fit_member(features, labels, n_classes, seed + member, options) for member in range(_MEMBERS)]
    hidden: Floats = np.concatenate([member[0][0] for member in members], axis=1)
    hidden_bias = np.concatenate([member[0][1] for member in members])
    last: Floats = (np.concatenate([member[1][0] for member in members]) / _MEMBERS).astype(np.float32)
    last_bias: Floats = np.stack([member[1][1] for member in members]).mean(axis=0).astype(np.float32)
    return [(hidden, hidden_bias), (last, last_bias)]


def _fit_member(
    features: Floats, labels: NDArray[np.int64], n_classes: int, seed: int, options: dict[str, object]
) -> list[Layer]:
    """Return one network; the scaling of its inputs is folded into the first layer."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    with threadpool_limits(1):
        model = MLPClassifier(random_state=seed, n_iter_no_change=1000, **options)
        model.fit((features - centre) / spread, labels)
    (weights, bias), (last, last_bias) = [
        (w.astype(np.float32), b.astype(np.float32)) for w, b in zip(model.coefs_, model.intercepts_, strict=True)
    ]
    first = weights / spread[:, None]
    wide, raised = np.zeros((len(last), n_classes), np.float32), np.full(n_classes, -30.0, np.float32)
    wide[:, model.classes_], raised[model.classes_] = last, last_bias  # a class without training is never chosen
    return [(first.astype(np.float32), (bias - centre @ first).astype(np.float32)), (wide, raised)]


def fit_flags(features: Floats, targets: NDArray[np.bool_]) -> list[Layer]:
    """Return the decision of substance: a logistic regression that the four themes share, once for each."""
    flat = features.reshape(-1, features.shape[-1])
    centre, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-3
    model = LogisticRegression(C=0.3, max_iter=500).fit((flat - centre) / spread, targets.ravel())
    weights = (model.coef_[0] / spread).astype(np.float32)
    bias = np.float32(model.intercept_[0] - centre @ weights)
    return [(np.tile(weights, (N_THEMES, 1)), np.full(N_THEMES, bias, dtype=np.float32))]


def article_inputs(view: View, scores: ViewScores, chances: Floats) -> tuple[Floats, Floats]:
    """Return what flags, shape (n_articles, 4, n), and main theme, shape (n_articles, m), are decided from."""
    _, subject = split_scores(scores.units)
    theme_titles, subject_titles = split_scores(scores.titles)
    width = len(MAIN_THEMES)
    titles = np.concatenate([theme_titles[:, :N_CLASSES], subject_titles], axis=1)
    flags = substance_features(
        chances, scores.units[:, N_SCORES : N_SCORES + N_SIGNS], view.batch, theme_titles, _titled(view)
    )
    main = subject_features(chances, view.batch, subject[:, :width], subject[:, width:], titles, _titled(view))
    return flags, main


def learn(
    materials: Sequence[Material],
    flags: NDArray[np.bool_],
    main: NDArray[np.int64],
    chosen: NDArray[np.bool_] | None = None,
    vectors: Vectors | None = None,
    seed: int = 0,
    counts: NDArray[np.int64] | None = None,
) -> Learned:
    """Learn everything from the events `chosen` (all by default).

    Parameters
    ----------
    materials : sequence of Material
    flags : array of bool, shape (n_events, 4)
    main : array of int, shape (n_events,)
    chosen : array of bool, shape (n_events,), optional
    vectors : mapping, optional
        Vectors of each view's passages; networks that use them are learned beside the others.
    seed : int
    counts : array of int, shape (n_events,), optional
        How often each event counts when the networks are learned; once by default.
    """
    counts = np.ones(len(main), dtype=np.int64) if counts is None else counts
    chosen = np.ones(len(main), dtype=bool) if chosen is None else chosen
    with threadpool_limits(1):
        tables = {material.language: learn_table(material, main, chosen) for material in materials}
        table = learn_vector_table(materials, vectors, main, chosen) if vectors else np.zeros((0, N_SCORES), np.float32)
        networks: dict[str, list[Layer]] = {}
        scores = held_out_scores(materials, main, chosen, vectors, seed)
        if vectors:
            networks |= _learn_networks(materials, scores, flags, main, chosen, counts, "_vectors", seed)
            scores = {key: without_vectors(value) for key, value in scores.items()}
        networks |= _learn_networks(materials, scores, flags, main, chosen, counts, "", seed)
    return Learned(tables, table, networks)


def _learn_networks(
    materials: Sequence[Material],
    scores: Mapping[tuple[str, str], ViewScores],
    flags: NDArray[np.bool_],
    main: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    counts: NDArray[np.int64],
    suffix: str,
    seed: int,
) -> dict[str, list[Layer]]:
    cases = [
        (m, name, view, unit_features(view, scores[m.language, name]))
        for m in materials
        for name, view in m.views.items()
    ]
    features = np.concatenate([case[3] for case in cases])
    labels = np.concatenate([case[2].labels for case in cases])
    events = np.concatenate([case[2].unit_events for case in cases])
    times = counts * chosen
    folds = fold_of_events(len(main), 3, seed + 1)
    chances = np.zeros((len(labels), len(CLASSES)), dtype=np.float32)
    for fold in range(3):
        train = _repeated(times * (folds != fold), events)
        layers = fit_network(features[train], labels[train], N_CLASSES, seed, **_PASSAGE_NETWORK)
        held = folds[events] == fold
        chances[held] = forward(features[held], layers)
    every = _repeated(times, events)
    passage = fit_network(features[every], labels[every], N_CLASSES, seed, **_PASSAGE_NETWORK)
    flag_rows, main_rows, of_articles = [], [], []
    start = 0
    for material, name, view, own in cases:
        part = chances[start : start + len(own)]
        start += len(own)
        if name in ("cut", "untitled"):
            own_scores = scores[material.language, name]
            substance, subject = article_inputs(view, own_scores, seasonal(view, own_scores, part))
            flag_rows.append(substance)
            main_rows.append(subject)
            of_articles.append(view.events)
    article = np.concatenate(of_articles)
    keep = _repeated(times, article)
    flag_features, main_features = np.concatenate(flag_rows)[keep], np.concatenate(main_rows)[keep]
    return {
        f"passage{suffix}": passage,
        f"flags{suffix}": fit_flags(flag_features, flags[article[keep]]),
        f"main{suffix}": fit_network(main_features, main[article[keep]], len(MAIN_THEMES), seed, **_MAIN_NETWORK),
    }


def _repeated(times: NDArray[np.int64], events: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of events, each as often as its event counts."""
    rows: NDArray[np.int64] = np.repeat(np.arange(len(events)), times[events])
    return rows
