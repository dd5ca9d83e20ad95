"""Vectors of an English teacher, stored so that training needs no teacher."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from civictopics.encoding.base import unit_rows
from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.errors import InputError

_KEY_BYTES = 8


def write_teacher(path: Path, texts: Sequence[str], vectors: NDArray[np.floating], n_dimensions: int) -> None:
    """Store the directions in which the vectors of `texts` differ most, as float16, by the texts' digests.

    Parameters
    ----------
    path : Path
    texts : sequence of str
    vectors : array, shape (n_texts, any)
    n_dimensions : int
        How many principal components are kept.
    """
    unique = {_key(text): row for row, text in enumerate(texts)}
    keys = sorted(unique)
    matrix = np.asarray(vectors, dtype=np.float64)[[unique[key] for key in keys]]
    matrix = matrix - matrix.mean(axis=0)
    _, _, directions = np.linalg.svd(matrix, full_matrices=False)
    kept = (matrix @ directions[:n_dimensions].T).astype(np.float16)
    stored = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, _KEY_BYTES)
    save_file({"keys": stored, "vectors": kept}, path)


def taught_vectors(path: Path, units: Sequence[AlignedUnit]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the teacher's vector of each unit's English (the mean of its variants), and which units have one.

    Returns
    -------
    taught : array, shape (n_units, n_dimensions)
        Rows of length one, or zero.
    known : array of 0 and 1, shape (n_units,)

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    try:
        stored = load_file(path)
    except (SafetensorError, OSError) as error:
        raise InputError(f"{path}: not a file of teacher vectors: {error}") from error
    rows = {key.tobytes(): row for row, key in enumerate(stored["keys"])}
    vectors = stored["vectors"].astype(np.float32)
    taught = np.zeros((len(units), vectors.shape[1]), dtype=np.float32)
    for number, unit in enumerate(units):
        found = [rows[key] for text in unit.texts["en"] if (key := _key(text)) in rows]
        if found:
            taught[number] = vectors[found].mean(axis=0)
    return unit_rows(taught), np.array([row.any() for row in taught], dtype=np.float32)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()[:_KEY_BYTES]
