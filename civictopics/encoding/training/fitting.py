"""Learn the vectors of sub-words from aligned units."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.encoding.training.batches import AlignedCounts
from civictopics.encoding.training.losses import (
    Adam,
    Floats,
    ranking_gradient,
    teacher_gradient,
    through_length,
    unit_length,
)
from civictopics.encoding.training.subwords import added_twins, train_tokenizer
from civictopics.encoding.training.teacher import taught_vectors
from civictopics.languages import LANGUAGES

_TEACHER_RATE = 0.01


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder is trained; the defaults are how the shipped one is.

    Attributes
    ----------
    n_pieces : int
        Size of the learned vocabulary; numbers and spellings are added to it.
    n_dimensions : int
    epochs, batch_size : int
    rate : float
        Of Adam; it falls linearly to zero.
    scale : float
        Inverse temperature of the ranking loss.
    ranking, teaching : float
        Weights of the two losses.
    joined, dropout : float
        See `AlignedCounts.draw`.
    seed : int
    """

    n_pieces: int = 9000
    n_dimensions: int = 256
    epochs: int = 20
    batch_size: int = 1024
    rate: float = 0.02
    scale: float = 8.0
    ranking: float = 1.0
    teaching: float = 3.0
    joined: float = 0.3
    dropout: float = 0.1
    seed: int = 0


def train_encoder(units: Sequence[AlignedUnit], recipe: Recipe, teacher: Path | None = None) -> StaticEncoder:
    """Train an encoder on `units` alone.

    Parameters
    ----------
    units : sequence of AlignedUnit
    recipe : Recipe
    teacher : Path, optional
        File of stored teacher vectors; needed where `recipe.teaching` is not 0.
    """
    texts = [text for unit in units for code in LANGUAGES for text in unit.texts[code]]
    tokenizer = train_tokenizer(texts, recipe.n_pieces)
    with threadpool_limits(1):  # the sums' order, and with it the last digits, would depend on the threads
        vectors = fit_token_vectors(units, tokenizer, recipe, teacher)
    for added, seen in added_twins(tokenizer).items():
        vectors[added] = vectors[seen]
    return StaticEncoder(tokenizer, vectors, "static")


def fit_token_vectors(
    units: Sequence[AlignedUnit], tokenizer: Tokenizer, recipe: Recipe, teacher: Path | None
) -> Floats:
    """Return the vectors of the tokens, shape (n_tokens, n_dimensions)."""
    generator = np.random.default_rng(recipe.seed)
    counts = AlignedCounts(units, tokenizer)
    shape = (tokenizer.get_vocab_size(), recipe.n_dimensions)
    vectors = generator.standard_normal(shape, dtype=np.float32) / np.float32(np.sqrt(recipe.n_dimensions))
    optimiser = Adam(vectors)
    teaching = _Teaching(units, recipe, teacher, generator) if recipe.teaching and teacher is not None else None
    size = min(recipe.batch_size, len(units))
    steps = recipe.epochs * (len(units) // size)
    step = 0
    for _ in range(recipe.epochs):
        shuffled = generator.permutation(len(units))
        for start in range(0, len(units) - size + 1, size):
            batch = shuffled[start : start + size]
            left = 1 - step / steps
            step += 1
            drawn = counts.draw(batch, generator, recipe.joined, recipe.dropout)
            rows, lengths = unit_length(drawn @ vectors)
            cube = rows.reshape(len(LANGUAGES), size, -1)
            pull = np.zeros_like(cube)
            if recipe.ranking:
                _, ranked = ranking_gradient(cube, generator.permutation(len(LANGUAGES)), recipe.scale)
                pull += np.float32(recipe.ranking) * ranked
            if teaching is not None:
                pull += teaching.pull(cube, batch, left)
            gradient = drawn.T @ through_length(pull.reshape(rows.shape), rows, lengths)
            optimiser.step(gradient, recipe.rate * left)
    return vectors


class _Teaching:
    """The teacher's part of the loss, with the linear image that is learned beside."""

    def __init__(
        self, units: Sequence[AlignedUnit], recipe: Recipe, teacher: Path, generator: np.random.Generator
    ) -> None:
        self._taught, self._known = taught_vectors(teacher, units)
        self._weight = np.float32(recipe.teaching)
        shape = (recipe.n_dimensions, self._taught.shape[1])
        self._image = generator.standard_normal(shape, dtype=np.float32) / np.float32(np.sqrt(recipe.n_dimensions))
        self._optimiser = Adam(self._image)

    def pull(self, cube: Floats, batch: np.ndarray[tuple[int], np.dtype[np.int64]], left: float) -> Floats:
        """Return the gradient for the vectors of a batch, and improve the image."""
        _, gradient, of_image = teacher_gradient(cube, self._image, self._taught[batch], self._known[batch])
        pull = self._weight * gradient
        self._optimiser.step(self._weight * of_image, _TEACHER_RATE * left)
        return pull
