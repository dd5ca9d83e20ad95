"""The question of which themes passages have, as known labels and found clusters."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from civictopics.evaluation.classification import accuracy, normalised_mutual_information
from civictopics.evaluation.scores import CountScore, Floats, RowScore
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question


def _nmi(columns: Columns) -> RowScore:
    return _of_rows(columns, normalised_mutual_information(columns["truth"], columns["theme"]))


def _ari(columns: Columns) -> RowScore:
    return _of_rows(columns, adjusted_rand(columns))


def _of_rows(columns: Columns, score: CountScore) -> RowScore:
    """Return a score of the table of labels by clusters as one of rows.

    The clusters of two methods have nothing to do with each other, so their counts
    cannot be exchanged: there is no randomisation test, and intervals decide.
    """
    _, row = np.unique(columns["truth"], return_inverse=True)
    names, column = np.unique(columns["theme"], return_inverse=True)
    cell = row * len(names) + column
    size = score.rows.shape[1]
    return RowScore(
        len(cell), lambda chosen: float(score.value(np.bincount(cell[chosen], minlength=size).astype(np.float64)))
    )


def _assigned(columns: Columns) -> CountScore:
    """Return the accuracy once each cluster is given the label that makes most passages right together."""
    labels, rows = np.unique(columns["truth"], return_inverse=True)
    clusters, places = np.unique(columns["theme"], return_inverse=True)
    table = np.zeros((len(clusters), len(labels)))
    np.add.at(table, (places, rows), 1.0)
    name_of = np.full(len(clusters), "", dtype=labels.dtype)
    found, given = linear_sum_assignment(-table)
    name_of[found] = labels[given]
    return accuracy(columns["truth"], name_of[places])


def adjusted_rand(columns: Columns) -> CountScore:
    """Return the adjusted Rand index (Hubert and Arabie 1985), from the table of labels by clusters."""
    values, row = np.unique(columns["truth"], return_inverse=True)
    names, column = np.unique(columns["theme"], return_inverse=True)
    cells = np.zeros((len(row), len(values) * len(names)))
    cells[np.arange(len(row)), row * len(names) + column] = 1.0
    shape = (len(values), len(names))

    def value(sums: Floats) -> Floats:
        table = sums.reshape(*sums.shape[:-1], *shape)
        pairs, total = _pairs(table).sum(axis=(-2, -1)), _pairs(table.sum(axis=(-2, -1)))
        of_labels, of_clusters = _pairs(table.sum(axis=-1)).sum(axis=-1), _pairs(table.sum(axis=-2)).sum(axis=-1)
        expected = of_labels * of_clusters / np.maximum(total, 1.0)
        room = (of_labels + of_clusters) / 2 - expected
        found: Floats = np.where(room > 1e-12, (pairs - expected) / np.where(room > 1e-12, room, 1.0), 1.0)
        return found

    return CountScore(cells, value)


def _pairs(counts: Floats) -> Floats:
    return counts * (counts - 1.0) / 2.0


_OWN = "civictopics.study.methods.themes"
_PEERS = "civictopics.study.methods.theme_peers"

THEMES = Question(
    name="themes",
    description="Which themes do passages have?",
    metrics={
        "nmi": Metric("normalised mutual information", _nmi),
        "ari": Metric("adjusted Rand index", _ari),
        "assigned_accuracy": Metric("accuracy by optimal assignment", _assigned),
    },
    methods={
        **{
            name: f"{_OWN}:{name}"
            for name in (
                "guided",
                "supervised",
                "residual",
                "vector_kmeans",
                "plain_kmeans",
                "hdbscan",
                "nmf",
                "tfidf_kmeans",
                "lda",
                "lsi",
            )
        },
        "bertopic": f"{_PEERS}:bertopic",
        "keynmf": f"{_PEERS}:keynmf",
        "evoc": f"{_PEERS}:evoc",
    },
    seedless=frozenset({"guided", "hdbscan"}),
    data_sets=("passages", "bbc_news", "real_articles"),
    further="civictopics.study.questions.theme_tables:further",
    draw="civictopics.study.questions.theme_figures:draw",
    say="civictopics.study.questions.theme_text:say",
)
