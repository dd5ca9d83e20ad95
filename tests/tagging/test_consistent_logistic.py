import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import check_grad
from sklearn.linear_model import LogisticRegression

from civictopics.tagging.consistent_logistic import _Task, fit_consistent
from civictopics.tagging.methods import METHODS


def _rows(n: int = 60, width: int = 5) -> tuple[sp.csr_matrix, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    events = generator.normal(size=(n // 3, width))
    rows = np.repeat(events, 3, axis=0) + 0.7 * generator.normal(size=(n, width))
    groups = np.repeat(np.arange(n // 3), 3)
    return sp.csr_matrix(rows), np.repeat(events[:, :3].argmax(axis=1), 3), groups


def test_without_consistency_it_is_the_usual_regression() -> None:
    rows, labels, groups = _rows()
    weights = np.linspace(0.5, 1.5, len(labels))
    coefficients, intercepts = fit_consistent(rows, labels, 3, weights, groups)
    usual = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000).fit(rows, labels, sample_weight=weights)
    assert coefficients == pytest.approx(usual.coef_, abs=0.02)
    assert intercepts - intercepts.mean() == pytest.approx(usual.intercept_ - usual.intercept_.mean(), abs=0.02)


def test_translations_are_drawn_together() -> None:
    rows, labels, groups = _rows()

    def spread(consistency: float) -> float:
        coefficients, _ = fit_consistent(rows, labels, 3, np.ones(len(labels)), groups, consistency=consistency)
        scores = rows @ coefficients.T
        scores = scores - scores.mean(axis=1, keepdims=True)
        within = scores.reshape(-1, 3, 3)
        return float(within.std(axis=1).mean() / scores.std())

    assert spread(1.0) < spread(0.1) < spread(0.0)


def test_gradient_is_that_of_the_loss() -> None:
    rows, labels, groups = _rows(12, 3)
    members = sp.csr_matrix((np.ones(12), (groups, np.arange(12))), shape=(4, 12))
    weights = np.repeat([1.0, 2.0, 0.5, 1.0], 3)
    task = _Task(rows, rows.T.tocsr(), np.eye(3)[labels], weights, 2.0, 0.3, members, groups, np.full(4, 3.0))
    at = np.random.default_rng(1).normal(size=12)
    assert check_grad(lambda flat: task(flat)[0], lambda flat: task(flat)[1], at) < 1e-5


def test_combination_takes_only_groups_in_several_languages_for_translations() -> None:
    texts = ["hội nghị tổng kết", "kỳ họp thứ ba", "review conference", "third session"] * 6
    labels = ["review", "session"] * 12
    languages = ["vi", "vi", "en", "en"] * 6
    groups = [f"{number // 4}{'ab'[number % 2]}" for number in range(24)]
    together, apart = METHODS["combination"](), METHODS["combination"]()
    together.fit(texts, labels, languages=languages, groups=groups)  # type: ignore[attr-defined]
    apart.fit(texts, labels, languages=languages)  # type: ignore[attr-defined]
    assert not np.array_equal(together.coef_, apart.coef_)  # type: ignore[attr-defined]
