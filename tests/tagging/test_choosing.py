"""The groups that measure a choice never make it."""

import numpy as np
import pytest

from civictopics.evaluation.splits import group_folds
from civictopics.tagging.training import choosing
from civictopics.tagging.training.choosing import choose
from civictopics.tagging.training.measuring import measure, surest
from civictopics.tagging.training.trials import Material, Outcome, Trial

LABELS = np.array(["a", "b"] * 20)
GROUPS = [f"g{number}" for number in range(40)]
MATERIAL = Material(
    [f"text {number} " + f"w{number} " * 8 for number in range(40)], [""] * 40, ["vi"] * 40, LABELS, GROUPS,
    np.zeros((40, 0), dtype=np.float32), "",
)  # fmt: skip
FOLDS = group_folds(GROUPS, LABELS, 4, 0)


def fake(right_in: dict[str, set[int]], seen: list[Trial]) -> object:
    """Return trials of methods that are right in some folds and wrong in all others."""

    def run(trials: list[Trial], material: Material, processes: int) -> list[Outcome]:
        outcomes = []
        for trial in trials:
            seen.append(trial)
            right = np.isin(FOLDS[trial.score], list(right_in[trial.method]))
            truth = material.labels[trial.score] == "b"
            said = np.where(right, truth, ~truth)
            outcomes.append(Outcome(trial, np.stack([~said, said], axis=1) * 4.0))
        return outcomes

    return run


def test_a_fold_is_measured_by_what_the_other_folds_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Trial] = []
    rights = {"naive-bayes": {1, 2, 3}, "combination": {0}}
    monkeypatch.setattr(choosing, "_run", fake(rights, seen))
    choice = choose(MATERIAL, ["naive-bayes", "combination"], 4, 0)
    assert choice.of_fold == ("naive-bayes",) * 4
    said = np.array(["a", "b"])[choice.probabilities.argmax(axis=1)]
    assert not (said == LABELS)[FOLDS == 0].any(), "the method that is right on fold 0 was not to be known"
    assert (said == LABELS)[FOLDS != 0].all()
    assert choice.method == "naive-bayes"
    for trial in seen:
        assert not set(FOLDS[trial.train]) & set(FOLDS[trial.score])
    assert len(seen) == 2 * (4 + 6), "each pair of folds serves both"


def test_equal_methods_give_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = {0, 1, 2, 3}
    monkeypatch.setattr(choosing, "_run", fake({"naive-bayes": everywhere, "combination": everywhere}, []))
    choice = choose(MATERIAL, ["naive-bayes", "combination"], 4, 0)
    assert choice.of_fold == ("naive-bayes",) * 4
    found = measure(MATERIAL, choice)
    assert found["scores"]["accuracy"]["value"] == 1.0
    assert found["scores"]["accuracy of the commonest label"]["value"] == 0.5
    assert found["labels"]["a"] == {"articles": 20, "F1": 1.0}


def test_the_surest_share_is_what_is_scored() -> None:
    confidence, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 1.0, 0.0, 0.0])
    assert surest(confidence, right, 0.5).of_all() == 1.0
    assert surest(confidence, right, 1.0).of_all() == 0.5
