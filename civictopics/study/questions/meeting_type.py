"""The question of which kind of meeting an article reports."""

import numpy as np

from civictopics.evaluation.calibration import calibration_score
from civictopics.evaluation.classification import accuracy, macro_f1
from civictopics.evaluation.scores import Score
from civictopics.evaluation.selective import area_under_risk_coverage
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question


def _macro_f1(columns: Columns) -> Score:
    from civictopics.tagging.keyword_rules import MEETING_TYPES  # with scikit-learn, which takes its time

    return macro_f1(columns["truth"], columns["predicted"], MEETING_TYPES)


def _accuracy(columns: Columns) -> Score:
    return accuracy(columns["truth"], columns["predicted"])


def _calibration(columns: Columns) -> Score:
    return calibration_score(columns["probability"], _right(columns), n_bins=10)


def _selective(columns: Columns) -> Score:
    return area_under_risk_coverage(columns["probability"], _right(columns))


def _right(columns: Columns) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    right: np.ndarray[tuple[int], np.dtype[np.float64]] = (columns["truth"] == columns["predicted"]).astype(np.float64)
    return right


MEETING_TYPE = Question(
    name="meeting-type",
    description="Which of 14 kinds of meeting does an article report?",
    metrics={
        "macro_f1": Metric("macro-F1", _macro_f1),
        "accuracy": Metric("accuracy", _accuracy),
        "calibration_error": Metric("calibration error", _calibration, higher_is_better=False, interval="percentile"),
        "selective_risk": Metric("area under risk-coverage", _selective, higher_is_better=False),
    },
    methods={
        "majority": "civictopics.study.methods.meeting_type:majority",
        "keyword_rules": "civictopics.study.methods.meeting_type:keyword_rules",
        "tfidf_logistic": "civictopics.study.methods.meeting_type:tfidf_logistic",
    },
    seedless=frozenset({"keyword_rules"}),
    data_sets=("corpus", "real_vi"),
    agreement="predicted",
)
