"""What every encoder offers, and the checks that they share."""

import hashlib
import warnings
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Texts to vectors.

    Attributes
    ----------
    name : str
        What outputs call it.
    digest : str
        SHA-256 (hexadecimal) of all that its vectors depend on.
    n_dimensions : int
        Length of a vector.
    """

    name: str

    @property
    def digest(self) -> str:
        """SHA-256 of all that the vectors depend on."""

    @property
    def n_dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """Return one vector per text.

        Parameters
        ----------
        texts : sequence of str
        languages : sequence of str, optional
            ISO 639-1 code of each text, for encoders that use it.

        Returns
        -------
        array of float32, shape (n_texts, n_dimensions)
            Rows of length one; a zero row for a text without any known token.
        """


def unit_rows(matrix: NDArray[np.floating]) -> Vectors:
    """Return `matrix` as float32 with rows of length one; zero rows stay zero, and nothing becomes NaN."""
    values = np.asarray(matrix, dtype=np.float32)
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    unit: Vectors = np.divide(values, norms, out=np.zeros_like(values), where=norms > 0)
    return unit


def warn_of_empty(texts: Sequence[str]) -> None:
    """Warn where texts are empty: their vectors are zero."""
    empty = sum(not text.strip() for text in texts)
    if empty:
        warnings.warn(f"{empty} of {len(texts)} texts are empty; their vectors are zero", UserWarning, stacklevel=3)


def digest_of(*parts: str) -> str:
    """Return the SHA-256 of `parts`, each kept apart from the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode("utf-8", "replace"))
        total.update(b"\0")
    return total.hexdigest()
