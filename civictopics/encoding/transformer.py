"""Any model of sentence-transformers, behind the extra ``transformers``."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from civictopics.encoding.base import Vectors, unit_rows, warn_of_empty
from civictopics.errors import ModelError


class SentenceTransformerEncoder:
    """Vectors of a model that sentence-transformers loads, on the processor.

    Parameters
    ----------
    name_or_path : str or Path
        A folder, or the name of a model of a hub, with its owner: ``owner/model``.
    batch_size : int
        Texts encoded at a time.

    Raises
    ------
    ModelError
        If sentence-transformers is not installed, or does not find the model.
    """

    def __init__(self, name_or_path: str | Path, batch_size: int = 32) -> None:
        self.name = str(name_or_path)
        self.batch_size = batch_size
        self.model = _load(self.name)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of weights, settings and tokenizer."""
        total = hashlib.sha256(repr(self.model).encode("utf-8", "replace"))
        for key, tensor in self.model.state_dict().items():
            total.update(key.encode())
            total.update(tensor.float().numpy().tobytes())
        backend = getattr(getattr(self.model, "tokenizer", None), "backend_tokenizer", None)
        if backend is not None:
            total.update(backend.to_str().encode("utf-8", "replace"))
        return total.hexdigest()

    @property
    def n_dimensions(self) -> int:
        """Length of a vector."""
        return int(self.model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """Return vectors, shape (n_texts, n_dimensions); see `Encoder.encode`."""
        warn_of_empty(texts)
        vectors = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        filled = [number for number, text in enumerate(texts) if text.strip()]
        if filled:
            safe = [texts[number].encode("utf-8", "replace").decode("utf-8") for number in filled]
            vectors[filled] = self.model.encode(
                safe, batch_size=self.batch_size, convert_to_numpy=True, show_progress_bar=False
            )
        return unit_rows(vectors)


def _load(name: str) -> Any:  # noqa: ANN401 - the library is optional
    try:
        library = import_module("sentence_transformers")
    except ImportError as error:
        raise ModelError(
            f"the encoder {name!r} needs sentence-transformers: pip install 'civictopics[transformers]'"
        ) from error
    try:
        return library.SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        raise ModelError(f"sentence-transformers cannot load the encoder {name!r}: {error}") from error
