"""Scores made of counts equal scikit-learn's, on all rows and on resampled ones."""

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, normalized_mutual_info_score

from civictopics.errors import InputError
from civictopics.evaluation import classification
from civictopics.evaluation.calibration import brier_score
from civictopics.evaluation.resampling import draw_groups, group_numbers, replicate, rows_by_group
from civictopics.evaluation.scores import CountScore

RANDOM = np.random.default_rng(3)
TRUTH = RANDOM.choice(list("abcde"), 200, p=[0.5, 0.3, 0.1, 0.07, 0.03])
SAID = np.where(RANDOM.random(200) < 0.6, TRUTH, RANDOM.choice(list("abcdef"), 200))
GROUPS = RANDOM.integers(0, 40, 200)
FLAGS = RANDOM.random((200, 4)) < 0.3
SAID_FLAGS = np.where(RANDOM.random((200, 4)) < 0.7, FLAGS, ~FLAGS)


def resampled(score: CountScore) -> tuple[NDArray[np.float64], list[NDArray[np.intp]]]:
    numbers, n_groups = group_numbers(GROUPS)
    members = rows_by_group(numbers, n_groups)
    rows = [np.concatenate([members[g] for g in drawn]) for block in draw_groups(n_groups, 25, 7) for drawn in block]
    return replicate([score], GROUPS, 25, 7)[0], rows


def test_accuracy() -> None:
    values, rows = resampled(classification.accuracy(TRUTH, SAID))
    assert np.allclose(values, [accuracy_score(TRUTH[i], SAID[i]) for i in rows], atol=1e-12)


def test_macro_f1() -> None:
    score = classification.macro_f1(TRUTH, SAID)
    assert score.of_all() == pytest.approx(f1_score(TRUTH, SAID, average="macro"), abs=1e-12)
    values, rows = resampled(score)
    assert np.allclose(values, [f1_score(TRUTH[i], SAID[i], average="macro") for i in rows], atol=1e-12)
    wider = classification.macro_f1(TRUTH, SAID, labels=list("abcdefgh"))
    assert wider.of_all() == pytest.approx(score.of_all(), abs=1e-15)
    with pytest.raises(InputError, match="label 'f' is not one of"):
        classification.macro_f1(TRUTH, SAID, labels=list("abcde"))


def test_f1_of_one_label() -> None:
    found = classification.f1_of_label(TRUTH, SAID, "c").of_all()
    assert found == pytest.approx(f1_score(TRUTH, SAID, labels=["c"], average="macro"), abs=1e-12)
    assert np.isnan(classification.f1_of_label(TRUTH, SAID, "z").of_all())


@pytest.mark.parametrize(("score", "average"), [("macro_f1_flags", "macro"), ("micro_f1_flags", "micro")])
def test_flags(score: str, average: str) -> None:
    values, rows = resampled(getattr(classification, score)(FLAGS, SAID_FLAGS))
    assert np.allclose(values, [f1_score(FLAGS[i], SAID_FLAGS[i], average=average) for i in rows], atol=1e-12)


def test_normalised_mutual_information() -> None:
    values, rows = resampled(classification.normalised_mutual_information(TRUTH, SAID))
    assert np.allclose(values, [normalized_mutual_info_score(TRUTH[i], SAID[i]) for i in rows], atol=1e-12)
    assert classification.normalised_mutual_information(["a", "a"], [1, 1]).of_all() == 1.0


def test_brier_score() -> None:
    labels = ["a", "b", "c", "d", "e"]
    given = RANDOM.dirichlet(np.ones(5), 200)
    values, rows = resampled(brier_score(given, labels, TRUTH))
    expected = [brier_score_loss(TRUTH[i], given[i], labels=labels, scale_by_half=False) for i in rows]
    assert np.allclose(values, expected, atol=1e-12)
    with pytest.raises(InputError, match="label 'e' is not one of a, b, c, d"):
        brier_score(given[:, :4], labels[:4], TRUTH)


def test_masked_rows_count_nothing() -> None:
    mask = TRUTH != "a"
    score = classification.macro_f1(TRUTH, SAID).where(mask)
    assert score.of_all() == pytest.approx(f1_score(TRUTH[mask], SAID[mask], average="macro"), abs=1e-12)
    assert classification.mean_score([1.0, np.nan, 0.0]).of_all() == 0.5


def test_lengths_that_differ() -> None:
    with pytest.raises(InputError, match=r"shapes \(2,\) and \(3,\)"):
        classification.accuracy([1, 2], [1, 2, 3])
    with pytest.raises(InputError, match="must be"):
        classification.macro_f1_flags(np.zeros(3), np.zeros(3))
