"""An encoder with its cache: what was encoded once, in any run, is not encoded again."""

from collections.abc import Sequence

import numpy as np

from civictopics.encoding.base import Encoder, Vectors
from civictopics.encoding.cache import VectorCache
from civictopics.encoding.lsa import LsaEncoder
from civictopics.encoding.static import StaticEncoder


class CachedEncoder:
    """Encode through a cache; an encoder that must be fitted is fitted only when a vector is missing.

    Parameters
    ----------
    encoder : Encoder
    cache : VectorCache or None
    training_texts : sequence of str
        What an encoder that learns from the corpus is fitted on.
    """

    def __init__(self, encoder: Encoder, cache: VectorCache | None, training_texts: Sequence[str]) -> None:
        self._encoder = encoder
        self._cache = cache
        self._training_texts = training_texts
        self._fitted = not isinstance(encoder, LsaEncoder)
        self.n_encoded = 0
        """How many texts were encoded rather than found."""
        self.digest = encoder.digest_of_training(training_texts) if isinstance(encoder, LsaEncoder) else encoder.digest

    @property
    def static_name(self) -> str | None:
        """Name or path to load a static encoder again, in another process; None for others."""
        return self._encoder.name if isinstance(self._encoder, StaticEncoder) else None

    @property
    def name(self) -> str:
        """Name of the encoder."""
        return self._encoder.name

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Vectors:
        """Return vectors, shape (n_texts, n_dimensions)."""
        if self._cache is None:
            self.n_encoded += len(texts)
            return self._compute(list(texts), list(languages))
        by_text = dict(zip(texts, languages, strict=True))
        vectors, computed = self._cache.encode(
            self.digest, texts, lambda missing: self._compute(missing, [by_text[text] for text in missing])
        )
        self.n_encoded += computed
        return vectors

    def _compute(self, texts: list[str], languages: list[str]) -> Vectors:
        if not self._fitted and isinstance(self._encoder, LsaEncoder):
            if len(set(self._training_texts)) < 2:
                # One passage alone has no dimension to differ in.
                return _single(len(texts))
            self._encoder.fit(self._training_texts)
            self._fitted = True
        return self._encoder.encode(texts, languages)


def _single(count: int) -> Vectors:
    return np.ones((count, 1), dtype=np.float32)
