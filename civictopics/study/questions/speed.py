"""The question of how fast the parts of the package are: a unit is a repeat of a task."""

import numpy as np

from civictopics.evaluation.classification import mean_score
from civictopics.evaluation.scores import CountScore, Floats, Score
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question


def _rate(columns: Columns) -> Score:
    return CountScore(_rows(columns, ""), _quotient)


def _cpu_rate(columns: Columns) -> Score:
    return CountScore(np.column_stack([columns["items"], columns["cpu_seconds"]]).astype(np.float64), _quotient)


def _rival_rate(columns: Columns) -> Score:
    return CountScore(_rows(columns, "rival_"), _quotient)


def _ratio(columns: Columns) -> Score:
    rows = np.hstack([_rows(columns, ""), _rows(columns, "rival_")])
    return CountScore(rows, lambda sums: _quotient(sums[..., :2]) / _quotient(sums[..., 2:]))


def _seconds(columns: Columns) -> Score:
    return mean_score(columns["seconds"])


def _rows(columns: Columns, prefix: str) -> Floats:
    return np.column_stack([columns[f"{prefix}items"], columns[f"{prefix}seconds"]]).astype(np.float64)


def _quotient(sums: Floats) -> Floats:
    return np.asarray(sums[..., 0] / sums[..., 1])


_METHODS = "civictopics.study.methods.speed"

SPEED = Question(
    name="speed",
    description="How fast are the parts of the package?",
    metrics={
        "rate": Metric("items a second", _rate, interval="percentile", needs=("seconds",)),
        "cpu_rate": Metric("items a CPU second", _cpu_rate, interval="percentile", needs=("cpu_seconds",)),
        "rival_rate": Metric("rival's items a second", _rival_rate, interval="percentile", needs=("rival_seconds",)),
        "ratio": Metric("times the rival", _ratio, interval="percentile", needs=("rival_seconds",)),
        "seconds": Metric("seconds a run", _seconds, higher_is_better=False, interval="percentile"),
    },
    methods={
        "shipped_encoder": f"{_METHODS}_encoding:shipped_encoder",
        "period_extractor": f"{_METHODS}_stages:period_extractor",
        "meeting_type_tagger": f"{_METHODS}_stages:meeting_type_tagger",
        "guided_themes": f"{_METHODS}_stages:guided_themes",
        "grouped_bootstrap": f"{_METHODS}_evaluation:grouped_bootstrap",
        "coherence": f"{_METHODS}_evaluation:coherence",
    },
    data_sets=("encoding", "reading-periods", "tagging", "guided-themes", "bootstrap", "coherence"),
    draw="civictopics.study.questions.speed_text:draw",
    say="civictopics.study.questions.speed_text:say",
    on_one_scale=False,
)
