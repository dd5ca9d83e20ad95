"""What the vectors are trained for, with gradients: translations near each other, and the geometry of a teacher."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_TINY = 1e-9


def ranking_gradient(vectors: Floats, order: NDArray[np.int64], scale: float) -> tuple[float, Floats]:
    """Multiple negatives ranking (Henderson et al. 2017), in both directions, between languages next in `order`.

    Each text must find its translation among all texts of the batch in the other
    language; the languages stand in a ring.

    Parameters
    ----------
    vectors : array, shape (n_languages, n_units, n_dimensions)
        Rows of length one.
    order : array of int, shape (n_languages,)
    scale : float
        The cosines are multiplied by it: the inverse of the temperature.

    Returns
    -------
    loss : float
    gradient : array, shape (n_languages, n_units, n_dimensions)
    """
    gradient = np.zeros_like(vectors)
    total, share = 0.0, 1 / (2 * len(order))
    for first, second in zip(order, np.roll(order, -1), strict=True):
        similar = (vectors[first] @ vectors[second].T) * np.float32(scale)
        forth, pull = _cross_entropy(similar)
        back, pull_back = _cross_entropy(similar.T)
        total += (forth + back) * share
        pull = (pull + pull_back.T) * np.float32(scale * share)
        gradient[first] += pull @ vectors[second]
        gradient[second] += pull.T @ vectors[first]
    return total, gradient


def teacher_gradient(vectors: Floats, weights: Floats, taught: Floats, known: Floats) -> tuple[float, Floats, Floats]:
    """One minus the cosine between a linear image of the vectors and the teacher's (Reimers and Gurevych 2020).

    Parameters
    ----------
    vectors : array, shape (n_languages, n_units, n_dimensions)
        Rows of length one.
    weights : array, shape (n_dimensions, n_taught_dimensions)
        The linear image; learned as well, and not kept.
    taught : array, shape (n_units, n_taught_dimensions)
        Rows of length one.
    known : array, shape (n_units,)
        1 where the teacher has a vector, else 0.

    Returns
    -------
    loss : float
    gradient : array, shape of `vectors`
    gradient_of_weights : array, shape of `weights`
    """
    images, lengths = unit_length(vectors @ weights)
    cosines = np.einsum("lud,ud->lu", images, taught)
    count = max(float(known.sum()), 1.0) * len(vectors)
    pull = -(taught * known[:, None]) / np.float32(count)
    back = through_length(np.broadcast_to(pull, images.shape), images, lengths)
    flat = back.reshape(-1, weights.shape[1])
    loss = float(((1 - cosines) * known).sum() / count)
    return loss, back @ weights.T, vectors.reshape(-1, weights.shape[0]).T @ flat


def unit_length(values: Floats) -> tuple[Floats, Floats]:
    """Return rows of length one, and the lengths they had."""
    lengths = np.linalg.norm(values, axis=-1, keepdims=True) + np.float32(_TINY)
    return values / lengths, lengths


def through_length(gradient: Floats, unit: Floats, lengths: Floats) -> Floats:
    """Return the gradient before rows were brought to length one."""
    along = (gradient * unit).sum(-1, keepdims=True)
    before: Floats = (gradient - unit * along) / lengths
    return before


class Adam:
    """Adam (Kingma and Ba 2015) on one array, changed in place."""

    def __init__(self, values: Floats, forget_mean: float = 0.9, forget_square: float = 0.99) -> None:
        self._values = values
        self._mean = np.zeros_like(values)
        self._square = np.zeros_like(values)
        self._work = np.empty_like(values)
        self._forget = (forget_mean, forget_square)
        self._steps = 0

    def step(self, gradient: Floats, rate: float) -> None:
        """Move against `gradient`."""
        self._steps += 1
        mean, square = self._forget
        self._mean *= mean
        self._mean += (1 - mean) * gradient
        np.multiply(gradient, gradient, out=self._work)
        self._work *= 1 - square
        self._square *= square
        self._square += self._work
        np.sqrt(self._square, out=self._work)
        self._work /= np.sqrt(1 - square**self._steps)
        self._work += 1e-8
        np.divide(self._mean, self._work, out=self._work)
        self._work *= rate / (1 - mean**self._steps)
        self._values -= self._work


def _cross_entropy(scores: Floats) -> tuple[float, Floats]:
    """Return the mean loss where row i's right answer is column i, and its gradient."""
    diagonal = np.arange(len(scores))
    shifted = scores - scores.max(axis=1, keepdims=True)
    shares = np.exp(shifted)
    totals = shares.sum(axis=1, keepdims=True)
    loss = float(np.mean(np.log(totals[:, 0]) - shifted[diagonal, diagonal]))
    shares /= totals
    shares[diagonal, diagonal] -= 1
    shares /= len(scores)
    return loss, shares
