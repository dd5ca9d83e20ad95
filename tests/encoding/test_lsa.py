import numpy as np
import pytest

from civictopics.encoding.base import Encoder
from civictopics.encoding.loading import load_encoder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.errors import InputError, ModelError

TEXTS = [
    f"the {a} held a {b} about the {c}" for a in ("party", "front", "union") for b in ("meeting", "fair") for c in "xyz"
]


def test_vectors_are_unit_rows_and_the_same_each_time() -> None:
    first, second = LsaEncoder(8).fit(TEXTS), LsaEncoder(8).fit(TEXTS)
    vectors = first.encode(TEXTS)
    assert (vectors.dtype, vectors.shape) == (np.float32, (18, 8))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(vectors, second.encode(TEXTS))
    assert first.digest == second.digest != LsaEncoder(8).fit(TEXTS[1:]).digest
    assert isinstance(first, Encoder)


def test_empty_texts_are_zero_with_a_warning() -> None:
    encoder = LsaEncoder(4).fit(TEXTS)
    with pytest.warns(UserWarning, match="2 of 3 texts are empty"):
        vectors = encoder.encode(["", TEXTS[0], " "])
    assert not vectors[[0, 2]].any()
    assert np.isfinite(vectors).all()
    assert encoder.encode([]).shape == (0, 4)


def test_too_little_text_and_unknown_names_are_errors() -> None:
    with pytest.raises(InputError, match="1 text"):
        LsaEncoder().fit(["one", ""])
    with pytest.raises(ModelError, match="shipped are"):
        load_encoder("no-such-model")
