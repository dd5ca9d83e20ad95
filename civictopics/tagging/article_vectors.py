"""One vector per article: the vector of its headline, then that of its lead."""

from collections.abc import Sequence

import numpy as np

from civictopics.encoding.base import Encoder, Vectors

_LEAD_WORDS = 80


def article_vectors(encoder: Encoder, texts: Sequence[str], titles: Sequence[str]) -> Vectors:
    """Return the vectors, shape (n_texts, 2 * n_dimensions).

    Parameters
    ----------
    encoder : Encoder
    texts, titles : sequences of str of equal length
    """
    leads = [" ".join(text.split()[:_LEAD_WORDS]) or "-" for text in texts]
    heads = [title if title.strip() else "-" for title in titles]
    if not texts:
        return np.zeros((0, 2 * encoder.n_dimensions), dtype=np.float32)
    return np.hstack([encoder.encode(heads), encoder.encode(leads)])
