"""Agreement of coders and languages, calibration, abstention, folds."""

from itertools import permutations

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.agreement import non_inferiority, pair_agreement
from civictopics.evaluation.alpha import krippendorff_alpha
from civictopics.evaluation.bootstrap import bootstrap_interval
from civictopics.evaluation.calibration import calibration_bins, calibration_score, expected_calibration_error
from civictopics.evaluation.classification import mean_score
from civictopics.evaluation.selective import area_under_risk_coverage, risk_coverage
from civictopics.evaluation.splits import group_folds, grouped_splits

RANDOM = np.random.default_rng(8)
_ = None
# Krippendorff (2011), example C: four observers, twelve units, values missing
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
UNITS = [list(unit) for unit in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize(
    ("measurement", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_of_his_example(measurement: str, alpha: float) -> None:
    found = krippendorff_alpha(UNITS, measurement=measurement, n_resamples=200)  # type: ignore[arg-type]
    assert found.value == pytest.approx(alpha, abs=5e-4)
    assert found.low < found.value <= found.high <= 1
    assert found.n_groups == 12


def test_krippendorff_of_names_and_of_groups() -> None:
    names = {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"}
    named = [[None if label is None else names[label] for label in unit] for unit in UNITS]
    assert krippendorff_alpha(named, n_resamples=50) == krippendorff_alpha(UNITS, n_resamples=50)
    five_times = [unit for unit in UNITS for _ in range(5)]
    grouped = krippendorff_alpha(five_times, groups=np.repeat(np.arange(12), 5), n_resamples=300)
    ungrouped = krippendorff_alpha(five_times, n_resamples=300)
    assert grouped.high - grouped.low > 1.5 * (ungrouped.high - ungrouped.low)


def test_krippendorff_where_it_is_undefined_or_wrong() -> None:
    assert np.isnan(krippendorff_alpha([["a", "a"], ["a", "a"]]).value)
    assert np.isnan(krippendorff_alpha([["a", None], ["b", None]]).value)
    with pytest.raises(InputError, match="different numbers of coders"):
        krippendorff_alpha([["a", "b"], ["a"]])
    with pytest.raises(InputError, match="different kinds"):
        krippendorff_alpha([["a", 1], ["a", 2]])
    with pytest.raises(InputError, match="3 groups for 2 units"):
        krippendorff_alpha([["a", "b"], ["a", "a"]], groups=[1, 2, 3])


@pytest.mark.parametrize(("bins", "strategy"), [("equal_width", "uniform"), ("equal_mass", "quantile")])
def test_calibration_bins_are_those_of_scikit_learn(bins: str, strategy: str) -> None:
    sure = RANDOM.random(500)
    right = RANDOM.random(500) < sure
    found = calibration_bins(sure, right, n_bins=10, bins=bins)  # type: ignore[arg-type]
    accuracy, confidence = calibration_curve(right, sure, n_bins=10, strategy=strategy)
    assert np.allclose([b.accuracy for b in found], accuracy, atol=1e-12)
    assert np.allclose([b.confidence for b in found], confidence, atol=1e-12)
    assert sum(b.count for b in found) == 500


def test_calibration_error() -> None:
    # two bins: 4 articles at 0.9 of which 2 right, 6 at 0.3 of which 3 right
    sure, right = [0.9] * 4 + [0.3] * 6, [1, 1, 0, 0, 1, 1, 1, 0, 0, 0]
    for bins in ("equal_width", "equal_mass"):
        found = expected_calibration_error(sure, right, n_bins=2, bins=bins)  # type: ignore[arg-type]
        assert found == pytest.approx(0.4 * 0.4 + 0.6 * 0.2)
    interval = bootstrap_interval(calibration_score(sure, right, n_bins=2), list(range(10)), n_resamples=300)
    assert interval.low < 0.28 < interval.high
    with pytest.raises(InputError, match="not between 0 and 1"):
        expected_calibration_error([1.2], [1])
    with pytest.raises(UsageError, match="equal_width or equal_mass"):
        expected_calibration_error([0.2], [1], bins="even")  # type: ignore[arg-type]


def test_risk_coverage_of_ties_is_the_mean_over_their_orders() -> None:
    sure, right = [0.9, 0.7, 0.7, 0.7, 0.2], [1, 1, 0, 0, 1]
    areas = []
    for order in permutations([1, 2, 3]):
        wrong = 1 - np.array([right[i] for i in (0, *order, 4)])
        areas.append(np.mean(np.cumsum(wrong) / np.arange(1, 6)))
    assert risk_coverage(sure, right).area == pytest.approx(np.mean(areas), abs=1e-12)
    assert area_under_risk_coverage(sure, right).of_all() == pytest.approx(np.mean(areas), abs=1e-12)


def test_coverage_at_a_risk_keeps_ties_together() -> None:
    curve = risk_coverage([0.9, 0.8, 0.8, 0.1], [1, 1, 0, 0])
    assert curve.coverage_at(0.0) == 0.25
    assert curve.coverage_at(0.34) == 0.75
    assert risk_coverage([0.5, 0.4], [0, 0]).coverage_at(0.3) == 0.0


def test_perfect_order_has_the_smallest_area() -> None:
    # Geifman et al. (2019): with error rate r the best area is r + (1 - r) log(1 - r), up to 1/n
    right = np.arange(10_000) < 8_000
    assert risk_coverage(-np.arange(10_000) / 1e5 + 0.5, right).area == pytest.approx(0.2 + 0.8 * np.log(0.8), abs=1e-4)


def languages_corpus(loss: float, n_groups: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    groups, languages = np.repeat(np.arange(n_groups), 2), np.tile(["vi", "sv"], n_groups)
    right = RANDOM.random(2 * n_groups) < np.where(languages == "sv", 0.9 - loss, 0.9)
    return right, groups, languages


@pytest.mark.parametrize(
    ("loss", "n", "verdict"), [(0.0, 3000, "holds"), (0.3, 300, "degraded"), (0.05, 60, "undecided")]
)
def test_non_inferiority(loss: float, n: int, verdict: str) -> None:
    right, groups, languages = languages_corpus(loss, n)
    (found,) = non_inferiority(mean_score(right), groups, languages, n_resamples=1000)
    assert (found.language, found.verdict, found.margin) == ("sv", verdict, 0.05)
    with pytest.raises(InputError, match="reference language 'en'; choose one of sv, vi"):
        non_inferiority(mean_score(right), groups, languages, reference="en")


def test_non_inferiority_takes_only_groups_that_have_both() -> None:
    right = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    (found,) = non_inferiority(mean_score(right), ["a", "a", "b", "b", "c", "d"], ["vi", "sv", "vi", "sv", "vi", "vi"])
    assert found.difference.value == -0.5


def test_pair_agreement() -> None:
    labels = ["x", "x", "y", "y", "y", "x", "z"]
    groups, languages = ["a", "a", "a", "b", "b", "c", "c"], ["vi", "en", "ar", "vi", "en", "vi", "en"]
    found = pair_agreement(labels, groups, languages, order=["vi", "en", "ar"], n_resamples=200)
    assert [(p.first, p.second) for p in found] == [("vi", "en")]  # one group alone has ar
    assert found[0].agreement.value == pytest.approx(2 / 3)
    with pytest.raises(InputError, match="two articles in 'vi'"):
        pair_agreement(["x", "x"], ["a", "a"], ["vi", "vi"])


def test_folds_keep_groups_whole_and_labels_spread() -> None:
    groups = np.repeat([f"g{i}" for i in range(103)], 5)
    labels = np.repeat(RANDOM.choice(list("abc"), 103, p=[0.7, 0.2, 0.1]), 5)
    folds = group_folds(groups, labels, n_folds=5, seed=1)
    assert all(len(set(folds[groups == group])) == 1 for group in set(groups))
    for label in "abc":
        sizes = [np.sum((folds == fold) & (labels == label)) // 5 for fold in range(5)]
        assert max(sizes) - min(sizes) <= 1
    order = RANDOM.permutation(len(groups))
    assert (group_folds(groups[order], labels[order], 5, 1) == folds[order]).all()
    assert (group_folds(groups, labels, 5, 2) != folds).any()
    for train, test in grouped_splits(groups, labels, 5, 1):
        assert not set(groups[train]) & set(groups[test])
        assert len(train) + len(test) == len(groups)
    with pytest.raises(InputError, match="choose 2 to 103 folds"):
        group_folds(groups, labels, n_folds=200)
