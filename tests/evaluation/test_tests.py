"""Tests of differences, corrections and effect sizes against references and worked examples."""

import numpy as np
import pytest
from scipy.stats import binomtest, mannwhitneyu, permutation_test

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.bootstrap import Interval
from civictopics.evaluation.classification import accuracy, macro_f1, mean_score
from civictopics.evaluation.effect_sizes import cliffs_delta, cohens_h, risk_difference
from civictopics.evaluation.holm import holm_adjusted
from civictopics.evaluation.mcnemar import mcnemar_test
from civictopics.evaluation.randomisation import randomisation_test
from civictopics.evaluation.scores import RowScore
from civictopics.evaluation.verdicts import compare_methods, judged

RANDOM = np.random.default_rng(5)


def discordant(only_first: int, only_second: int) -> tuple[list[bool], list[bool]]:
    first = [True] * only_first + [False] * only_second + [True, False] * 5
    second = [False] * only_first + [True] * only_second + [True, False] * 5
    return first, second


@pytest.mark.parametrize(("b", "c"), [(1, 7), (6, 16), (25, 2), (4, 4), (0, 3), (90, 70)])
def test_mcnemar_exact_is_the_binomial_test(b: int, c: int) -> None:
    found = mcnemar_test(*discordant(b, c))
    assert (found.only_first, found.only_second) == (b, c)
    assert found.exact == pytest.approx(binomtest(b, b + c, 0.5).pvalue, abs=1e-12)


def test_mcnemar_mid_p_of_fagerland_and_others() -> None:
    # the examples of Fagerland, Lydersen and Laake (2013): two small studies
    assert mcnemar_test(*discordant(1, 7)).mid == pytest.approx(0.0391, abs=5e-5)
    assert mcnemar_test(*discordant(6, 16)).mid == pytest.approx(0.0347, abs=5e-5)
    assert mcnemar_test(*discordant(4, 4)).mid == pytest.approx(1 - 70 / 512, abs=1e-12)
    assert mcnemar_test([True], [True]).mid == 1.0
    with pytest.raises(InputError, match="one value per article"):
        mcnemar_test([True], [True, False])


def test_randomisation_is_exact_for_few_groups() -> None:
    first, second = RANDOM.random(10), RANDOM.random(10) - 0.3
    theirs = permutation_test(
        (first, second), lambda x, y: x.mean() - y.mean(), permutation_type="samples", n_resamples=5000
    )
    assert randomisation_test(mean_score(first), mean_score(second), range(10)) == pytest.approx(
        theirs.pvalue, abs=1e-12
    )


def test_randomisation_of_many_groups() -> None:
    truth = np.repeat(RANDOM.integers(0, 3, 70), 2)
    first = np.where(RANDOM.random(140) < 0.8, truth, 0)
    second = np.where(RANDOM.random(140) < 0.6, truth, 1)
    groups = np.repeat(np.arange(70), 2)
    ours = randomisation_test(macro_f1(truth, first, range(3)), macro_f1(truth, second, range(3)), groups)
    swap = np.repeat(RANDOM.random((4000, 70)) < 0.5, 2, axis=1)
    observed = macro_f1(truth, first).of_all() - macro_f1(truth, second).of_all()
    plain = [
        macro_f1(truth, np.where(s, second, first)).of_all() - macro_f1(truth, np.where(s, first, second)).of_all()
        for s in swap
    ]
    assert ours == pytest.approx((1 + np.sum(np.abs(plain) >= abs(observed))) / 4001, abs=0.01)
    assert randomisation_test(macro_f1(truth, first), macro_f1(truth, first), groups) == 1.0


def test_randomisation_keeps_its_level_on_grouped_data() -> None:
    p_values = []
    for trial in range(300):
        random = np.random.default_rng(trial)
        common = random.normal(size=(2, 40)).repeat(4, axis=1)
        first, second = common + 0.2 * random.normal(size=(2, 160))
        p_values.append(
            randomisation_test(mean_score(first), mean_score(second), np.arange(40).repeat(4), n_shuffles=400)
        )
    assert 0.02 <= np.mean(np.array(p_values) <= 0.05) <= 0.09


def test_randomisation_over_seeds() -> None:
    one, other = mean_score([1, 0, 1, 1.0]), mean_score([0, 0, 1, 0.0])
    assert randomisation_test([one, one], other, range(4)) == randomisation_test(one, other, range(4))
    with pytest.raises(UsageError, match="2 and 3 seeds"):
        randomisation_test([one] * 2, [other] * 3, range(4))
    with pytest.raises(UsageError, match="made of counts"):
        randomisation_test(one, RowScore(4, lambda rows: 0.0), range(4))
    with pytest.raises(InputError, match="count different labels"):
        randomisation_test(macro_f1(["a", "b"], ["a", "b"]), macro_f1(["a", "b"], ["a", "c"]), range(2))


def test_holm() -> None:
    # the values of statsmodels' multipletests(method="holm") and R's p.adjust for the same input
    assert holm_adjusted([0.001, 0.01, 0.03, 0.04, 0.6]) == pytest.approx([0.005, 0.04, 0.09, 0.09, 0.6])
    assert holm_adjusted([0.5, 0.9]) == [1.0, 1.0]
    assert holm_adjusted([]) == []
    with pytest.raises(InputError, match=r"p-value 1.2"):
        holm_adjusted([1.2])


def test_effect_sizes() -> None:
    # Cohen (1988, p. 181-185): phi of 0.5 is 1.571, of 0.4 is 1.369
    assert cohens_h(0.5, 0.4) == pytest.approx(1.571 - 1.369, abs=1e-3)
    # Newcombe (1998, table II), method 10
    for first, second, expected in [
        ((56, 70), (48, 80), (0.2, 0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.6, 0.1705, 0.8090)),
        ((10, 10), (0, 20), (1.0, 0.6791, 1.0)),
    ]:
        assert risk_difference(first, second) == pytest.approx(expected, abs=6e-5)
    first, second = RANDOM.integers(0, 9, 30), RANDOM.integers(2, 11, 40)
    u = mannwhitneyu(first, second).statistic
    assert cliffs_delta(first, second) == pytest.approx(2 * u / 1200 - 1, abs=1e-12)
    with pytest.raises(InputError, match=r"proportion 1.1"):
        cohens_h(1.1, 0.2)


def test_verdicts_say_where_the_data_cannot_tell() -> None:
    truth = RANDOM.integers(0, 2, 400)
    good = np.where(RANDOM.random(400) < 0.9, truth, 1 - truth)
    bad = np.where(RANDOM.random(400) < 0.6, truth, 1 - truth)
    twin = good.copy()
    twin[:3] = 1 - twin[:3]
    scores = {name: accuracy(truth, said) for name, said in {"good": good, "twin": twin, "bad": bad}.items()}
    found = {(c.first, c.second): c for c in compare_methods(scores, np.arange(400), n_resamples=2000)}
    assert found["good", "bad"].better == "first"
    assert found["good", "bad"].in_words().startswith("“good” is better than “bad” (difference +0.")
    assert found["good", "twin"].better == "neither"
    assert found["good", "twin"].in_words().startswith("The data cannot tell “good” and “twin” apart")
    assert all(c.p_corrected >= c.p_value for c in found.values())
    errors = {"good": mean_score(good != truth), "bad": mean_score(bad != truth)}
    assert compare_methods(errors, np.arange(400), higher_is_better=False, n_resamples=500)[0].better == "first"


def test_a_verdict_needs_both_interval_and_p() -> None:
    wide, narrow = Interval(0.1, -0.01, 0.2, 0.95, 9, "bca"), Interval(0.1, 0.01, 0.2, 0.95, 9, "bca")
    pairs = [("a", "b")] * 3
    assert [c.better for c in judged(pairs, [wide, narrow, narrow], [0.001, 0.001, 0.9])] == [
        "neither",
        "first",
        "neither",
    ]
    assert (
        judged([("a", "b")], [narrow], [float("nan")])[0]
        .in_words()
        .endswith("+0.010 to +0.200, not corrected for several pairs).")
    )
