"""The question of which span of time an article reports on, and which its tasks ahead are for."""

import numpy as np
from numpy.typing import NDArray

from civictopics.evaluation.calibration import calibration_score
from civictopics.evaluation.classification import accuracy, macro_f1
from civictopics.evaluation.scores import Score
from civictopics.periods import KINDS
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question


def right_ones(columns: Columns) -> NDArray[np.float64]:
    """Return 1 for each article whose kind and interval are right, else 0."""
    right: NDArray[np.float64] = (columns["truth"] == columns["predicted"]).astype(np.float64)
    return right


def _exact(columns: Columns) -> Score:
    return accuracy(columns["truth"], columns["predicted"])


def _kinds(periods: NDArray[np.str_]) -> NDArray[np.str_]:
    return np.array([str(period).partition(" ")[0] for period in periods])


def _kind_f1(columns: Columns) -> Score:
    return macro_f1(_kinds(columns["truth"]), _kinds(columns["predicted"]), KINDS)


def _plan(columns: Columns) -> Score:
    return accuracy(columns["plan_truth"], columns["plan_predicted"])


def _calibration(columns: Columns) -> Score:
    return calibration_score(columns["probability"], right_ones(columns))


_METHODS = "civictopics.study.methods.reporting_period"

REPORTING_PERIOD = Question(
    name="reporting-period",
    description="Which span of time does an article report on?",
    metrics={
        "exact": Metric("kind and interval both right", _exact),
        "kind_f1": Metric("macro-F1 of the kinds", _kind_f1),
        "plan_exact": Metric("plan interval right", _plan, needs=("plan_predicted",)),
        "calibration_error": Metric(
            "calibration error",
            _calibration,
            higher_is_better=False,
            interval="percentile",
            needs=("probability",),
        ),
    },
    methods={
        "rules": f"{_METHODS}:rules",
        "ranker": f"{_METHODS}:ranker",
        "date_parser": f"{_METHODS}:date_parser",
    },
    seedless=frozenset({"rules", "date_parser"}),
    data_sets=("period_passages", "corpus", "real_vi"),
    agreement="predicted",
    further="civictopics.study.questions.reporting_period_figures:further",
    draw="civictopics.study.questions.reporting_period_figures:draw",
)
