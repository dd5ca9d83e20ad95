"""What a tagger is worth: scores out of fold, with bootstrap intervals over groups."""

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError
from civictopics.evaluation.bootstrap import Method, bootstrap_interval
from civictopics.evaluation.calibration import calibration_score
from civictopics.evaluation.classification import accuracy, f1_of_label, macro_f1
from civictopics.evaluation.scores import RowScore, Score
from civictopics.evaluation.selective import risk_coverage
from civictopics.tagging.training.choosing import Choice
from civictopics.tagging.training.trials import Material

COVERAGE = 0.7
_RESAMPLES = 2000
_BINS = 10
_LEAST_GROUPS = 10
Scores = dict[str, dict[str, float]]


def measure(material: Material, choice: Choice) -> dict[str, Any]:
    """Return the evaluation: counts, scores with intervals, what each method alone would have reached, F1 per label.

    The scores are those of the whole procedure: for each fold the method was chosen, and
    the probabilities were calibrated, without it.
    """
    truth, classes = material.labels, np.array(material.classes)
    said = classes[choice.probabilities.argmax(axis=1)]
    sure, right = choice.probabilities.max(axis=1), (said == truth).astype(np.float64)
    scores: Scores = {
        "accuracy": interval(accuracy(truth, said), material.groups),
        "macro-F1": interval(macro_f1(truth, said, classes), material.groups),
        "calibration error": interval(calibration_score(sure, right, n_bins=_BINS), material.groups, "percentile"),
        f"accuracy on the surest {COVERAGE:.0%}": interval(surest(sure, right), material.groups),
    }
    scores |= _by_language(material, truth == said)
    commonest = min(Counter(truth.tolist()).items(), key=lambda item: (-item[1], item[0]))[0]
    scores["accuracy of the commonest label"] = interval(accuracy(truth, [commonest] * len(truth)), material.groups)
    return {
        "articles": len(truth),
        "groups": len(set(material.groups)),
        "folds": len(choice.of_fold),
        "resamples": _RESAMPLES,
        "method": choice.method,
        "method_of_fold": list(choice.of_fold),
        "left_out": choice.left_out,
        "scores": scores,
        "methods": {
            name: interval(macro_f1(truth, classes[values.argmax(axis=1)], classes), material.groups)
            for name, values in choice.scores.items()
        },
        "labels": {
            label: {"articles": int((truth == label).sum()), "F1": round(f1_of_label(truth, said, label).of_all(), 4)}
            for label in material.classes
        },
    }


def surest(confidence: NDArray[np.float64], right: NDArray[np.float64], coverage: float = COVERAGE) -> RowScore:
    """Return the accuracy on the surest share of the rows, as a score that can be resampled."""

    def value(rows: NDArray[np.intp]) -> float:
        curve = risk_coverage(confidence[rows], right[rows])
        return float(1.0 - curve.risk[int(np.ceil(coverage * len(rows))) - 1])

    return RowScore(len(right), value)


def interval(score: Score, groups: list[str], method: Method = "bca") -> dict[str, float]:
    """Return a score with its interval; without one where the groups are too few to tell."""
    try:
        found = bootstrap_interval(score, groups, method=method, n_resamples=_RESAMPLES)
    except InputError:
        return {"value": round(score.of_all(), 4)}
    return {"value": round(found.value, 4), "low": round(found.low, 4), "high": round(found.high, 4)}


def _by_language(material: Material, right: NDArray[np.bool_]) -> Scores:
    languages = np.array(material.languages)
    found = {}
    for code in sorted(set(material.languages)):
        rows = np.flatnonzero(languages == code)
        groups = [material.groups[row] for row in rows]
        if code and len(set(groups)) >= _LEAST_GROUPS and len(rows) < len(languages):
            found[f"accuracy, {code}"] = interval(accuracy(right[rows], np.ones(len(rows), dtype=bool)), groups)
    return found
