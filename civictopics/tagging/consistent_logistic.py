"""Logistic regression that is asked to say the same of all translations of an article."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

Floats = NDArray[np.float64]

_STEPS = 300
_GRADIENT = 3e-4
_CHANGE = 64 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is minimised: log loss, ridge, and the spread of scores within groups."""

    rows: sp.csr_matrix
    columns: sp.csr_matrix
    targets: Floats
    weights: Floats
    penalty: float
    consistency: float
    members: sp.csr_matrix
    numbers: NDArray[np.int64]
    sizes: Floats

    def __call__(self, flat: Floats) -> tuple[float, Floats]:
        """Return the loss and its gradient, both per row."""
        n_classes = self.targets.shape[1]
        coefficients, intercepts = flat[:-n_classes].reshape(-1, n_classes), flat[-n_classes:]
        scores = self.rows @ coefficients + intercepts
        norms = logsumexp(scores, axis=1, keepdims=True)
        loss = float((self.weights * (norms[:, 0] - (self.targets * scores).sum(axis=1))).sum())
        slope = self.weights[:, None] * (np.exp(scores - norms) - self.targets)
        intercept_slope = slope.sum(axis=0)
        if self.consistency:
            spread = self._centred(scores)
            spread -= spread.mean(axis=1, keepdims=True)
            pull = self.weights[:, None] * spread
            loss += 0.5 * self.consistency * float((pull * spread).sum())
            drawn = self._centred(pull)
            slope = slope + self.consistency * (drawn - drawn.mean(axis=1, keepdims=True))
        gradient = self.penalty * (self.columns @ slope) + coefficients
        total = self.penalty * loss + 0.5 * float((coefficients**2).sum())
        n = len(self.weights)
        return total / n, np.concatenate([gradient.ravel(), self.penalty * intercept_slope]) / n

    def _centred(self, values: Floats) -> Floats:
        means: Floats = (self.members @ values) / self.sizes[:, None]
        centred: Floats = values - means[self.numbers]
        return centred


def fit_consistent(
    rows: sp.csr_matrix,
    labels: NDArray[np.int64],
    n_classes: int,
    weights: Floats,
    groups: NDArray[np.int64],
    penalty: float = 1.0,
    consistency: float = 0.0,
) -> tuple[Floats, Floats]:
    """Return coefficients, shape (n_classes, n_features), and intercepts of a multinomial logistic regression.

    Beside the log loss and the ridge, half the squared differences between the scores
    of a row and the mean scores of its group are to be small, so that what tells
    translations of one article apart counts for little.

    Parameters
    ----------
    rows : sparse array, shape (n, n_features)
    labels : array of int, shape (n,)
        From 0 to ``n_classes - 1``.
    n_classes : int
    weights : array, shape (n,)
    groups : array of int, shape (n,)
    penalty : float
        Inverse strength of the ridge, as in scikit-learn's ``LogisticRegression``.
    consistency : float
        Weight of the differences within groups; 0 is the usual regression.
    """
    _, numbers = np.unique(groups, return_inverse=True)
    n = len(labels)
    members = sp.csr_matrix((np.ones(n), (numbers, np.arange(n))), shape=(int(numbers.max()) + 1, n))
    targets = np.zeros((n, n_classes))
    targets[np.arange(n), labels] = 1.0
    rows = rows.astype(np.float64).tocsr()
    sizes = np.bincount(numbers).astype(np.float64)
    task = _Task(rows, rows.T.tocsr(), targets, weights, penalty, consistency, members, numbers, sizes)
    start = np.zeros((rows.shape[1] + 1) * n_classes)
    found = minimize(
        task, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "gtol": _GRADIENT, "ftol": _CHANGE}
    ).x
    return found[:-n_classes].reshape(-1, n_classes).T.copy(), found[-n_classes:].copy()
