"""Vectors that were computed elsewhere."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import ArrayLike

from civictopics.encoding.base import Vectors, digest_of, unit_rows, warn_of_empty
from civictopics.errors import InputError


class PrecomputedEncoder:
    """Look up the vector of each text.

    Parameters
    ----------
    texts : sequence of str
        The texts whose vectors are known, as they will be asked for: the passages of
        a run are in its ``passages.parquet``.
    vectors : array, shape (n_texts, n_dimensions)
    n_dimensions : int, optional
        How long vectors are to be; as long as they are by default.
    name : str
        What outputs call it.

    Raises
    ------
    InputError
        If there are more or fewer vectors than texts, if they are not a matrix of
        finite numbers, or not of the length asked for.
    """

    def __init__(
        self, texts: Sequence[str], vectors: ArrayLike, n_dimensions: int | None = None, name: str = "precomputed"
    ) -> None:
        try:
            matrix = np.asarray(vectors, dtype=np.float32)
        except ValueError as error:
            raise InputError(f"{name}: the vectors are not of one length") from error
        if matrix.ndim != 2:
            raise InputError(f"{name}: vectors must be a matrix (2 dimensions); this array has {matrix.ndim}")
        if len(matrix) != len(texts):
            raise InputError(f"{name}: {len(matrix)} vectors for {len(texts)} texts")
        if n_dimensions is not None and matrix.shape[1] != n_dimensions:
            raise InputError(f"{name}: the vectors have {matrix.shape[1]} dimensions, not {n_dimensions}")
        if not np.isfinite(matrix).all():
            wrong = int((~np.isfinite(matrix).all(axis=1)).sum())
            raise InputError(f"{name}: {wrong} of {len(matrix)} vectors hold NaN or infinite values")
        self.name = name
        self._vectors = unit_rows(matrix)
        self._rows = {text: row for row, text in enumerate(texts)}
        self._digest = digest_of("precomputed", self._vectors.tobytes().hex(), *texts)

    @classmethod
    def from_parquet(cls, path: str | Path, n_dimensions: int | None = None) -> "PrecomputedEncoder":
        """Read a parquet file with the columns ``text`` and ``vector`` (a list of numbers).

        Raises
        ------
        InputError
            If the file cannot be read or lacks a column.
        """
        try:
            table = pq.read_table(path, columns=["text", "vector"])
        except (OSError, pa.ArrowException, KeyError) as error:
            raise InputError(
                f"{path}: not a parquet file with the columns 'text' and 'vector' (list of numbers): {error}"
            ) from error
        return cls(table["text"].to_pylist(), table["vector"].to_pylist(), n_dimensions, name=str(path))

    @property
    def digest(self) -> str:
        """SHA-256 of texts and vectors."""
        return self._digest

    @property
    def n_dimensions(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """Return vectors, shape (n_texts, n_dimensions); see `Encoder.encode`.

        Raises
        ------
        InputError
            If a text that is not empty has no vector.
        """
        warn_of_empty(texts)
        found = np.array([self._rows.get(text, -1) for text in texts], dtype=np.int64)
        missing = [text for text, row in zip(texts, found, strict=True) if row < 0 and text.strip()]
        if missing:
            raise InputError(
                f"{self.name}: {len(missing)} of {len(texts)} texts have no vector; the first: {missing[0][:60]!r}"
            )
        vectors = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        vectors[found >= 0] = self._vectors[found[found >= 0]]
        return vectors
