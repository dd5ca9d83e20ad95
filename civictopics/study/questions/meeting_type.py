"""The question of which kind of meeting an article reports, and what its answer owes to features and to data."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from civictopics.evaluation.calibration import calibration_score
from civictopics.evaluation.classification import accuracy, macro_f1, macro_f1_flags
from civictopics.evaluation.scores import RowScore, Score
from civictopics.evaluation.selective import area_under_risk_coverage, risk_coverage
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question

SUREST = 0.7
"""The share of articles whose accuracy is reported as that of the surest."""
COMMON = 5
"""A type is common where it has this many articles."""


def accuracy_of_surest(columns: Columns) -> Score:
    """Return the accuracy on the surest share of the articles, as a score that can be resampled."""
    sure, right = columns["probability"], right_ones(columns)

    def value(rows: NDArray[np.intp]) -> float:
        risk = risk_coverage(sure[rows], right[rows]).risk
        return float(1.0 - risk[int(np.ceil(SUREST * len(rows))) - 1])

    return RowScore(len(right), value)


def right_ones(columns: Columns) -> NDArray[np.float64]:
    """Return one for each article whose type was told, else zero."""
    right: NDArray[np.float64] = (columns["truth"] == columns["predicted"]).astype(np.float64)
    return right


def _macro_f1(columns: Columns) -> Score:
    from civictopics.tagging.keyword_rules import MEETING_TYPES  # with scikit-learn, which takes its time

    return macro_f1(columns["truth"], columns["predicted"], MEETING_TYPES)


def _macro_f1_of_common(columns: Columns) -> Score:
    names, counts = np.unique(columns["truth"], return_counts=True)
    common = names[counts >= COMMON].tolist() or names.tolist()
    return macro_f1_flags(_flags(columns["truth"], common), _flags(columns["predicted"], common))


def _flags(values: NDArray[np.str_], names: Sequence[str]) -> NDArray[np.bool_]:
    return np.stack([values == name for name in names], axis=1)


def _accuracy(columns: Columns) -> Score:
    return accuracy(columns["truth"], columns["predicted"])


def _calibration(columns: Columns) -> Score:
    return calibration_score(columns["probability"], right_ones(columns), n_bins=10)


def _selective(columns: Columns) -> Score:
    return area_under_risk_coverage(columns["probability"], right_ones(columns))


_SIMPLE = "civictopics.study.methods.meeting_type"
_RIVALS = "civictopics.study.methods.meeting_type_rivals"
_COMBINATION = "civictopics.study.methods.meeting_type_combination:combination"

MEETING_TYPE = Question(
    name="meeting-type",
    description="Which of 14 kinds of meeting does an article report?",
    metrics={
        "macro_f1": Metric("macro-F1", _macro_f1),
        "accuracy": Metric("accuracy", _accuracy),
        "macro_f1_common": Metric(f"macro-F1, types with {COMMON} or more", _macro_f1_of_common),
        "surest": Metric(f"accuracy, surest {SUREST:.0%}", accuracy_of_surest, interval="percentile"),
        "calibration_error": Metric("calibration error", _calibration, higher_is_better=False, interval="percentile"),
        "selective_risk": Metric("area under risk-coverage", _selective, higher_is_better=False),
    },
    methods={
        "majority": f"{_SIMPLE}:majority",
        "keyword_rules": f"{_SIMPLE}:keyword_rules",
        "tfidf_logistic": f"{_SIMPLE}:tfidf_logistic",
        "naive_bayes": f"{_RIVALS}:naive_bayes",
        "ngram_logistic": f"{_RIVALS}:ngram_logistic",
        "linear_svm": f"{_RIVALS}:linear_svm",
        "vector_logistic": f"{_RIVALS}:vector_logistic",
        "vector_neighbours": f"{_RIVALS}:vector_neighbours",
        "combination": _COMBINATION,
        "fine_tuned": "civictopics.study.methods.meeting_type_finetuned:fine_tuned",
    },
    seedless=frozenset({"keyword_rules"}),
    data_sets=("corpus", "real_vi"),
    agreement="predicted",
    further="civictopics.study.questions.meeting_type_tables:further",
    draw="civictopics.study.questions.meeting_type_figures:draw",
    say="civictopics.study.questions.meeting_type_tables:say",
)

MEETING_TYPE_LEARNING = replace(
    MEETING_TYPE,
    name="meeting-type-learning",
    description="How much do more labelled events help?",
    further="",
    draw="civictopics.study.questions.meeting_type_figures:draw_learning",
    say="",
    on_one_scale=False,
)

MEETING_TYPE_FEATURES = replace(
    MEETING_TYPE,
    name="meeting-type-features",
    description="What does each block of features give?",
    further="",
    draw="",
    say="civictopics.study.questions.meeting_type_tables:say_features",
)

MEETING_TYPE_FINETUNED = replace(
    MEETING_TYPE,
    name="meeting-type-finetuned",
    description="Does fine-tuning a transformer tell more of English articles?",
    agreement="",
    further="",
    draw="",
    say="",
)

CROSS_LINGUAL = replace(
    MEETING_TYPE,
    name="cross-lingual",
    description="What is told of a language that was not learnt from?",
    further="civictopics.study.questions.cross_lingual:further",
    draw="civictopics.study.questions.cross_lingual:draw",
    say="civictopics.study.questions.cross_lingual:say",
    on_one_scale=False,
)
