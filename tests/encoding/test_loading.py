from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civictopics.encoding.loading import SHIPPED, load_encoder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.encoding.precomputed import PrecomputedEncoder
from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.transformer import SentenceTransformerEncoder
from civictopics.errors import InputError, ModelError


def test_the_shipped_encoder_is_the_default() -> None:
    encoder = load_encoder()
    assert encoder.name == "static" == SHIPPED[0]
    assert encoder.digest == load_encoder("static").digest
    assert load_encoder(encoder) is encoder
    assert isinstance(load_encoder("lsa"), LsaEncoder)


@pytest.mark.parametrize("name", ["nope", "./nowhere", "/no/such/folder", "~/nothing-there"])
def test_an_unknown_name_lists_what_is_shipped_and_how_to_give_a_path(name: str) -> None:
    with pytest.raises(ModelError, match=r"no encoder '.*'; shipped are: static, lsa\. Else give the path of a folder"):
        load_encoder(name)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no model of sentence-transformers \(modules\.json is missing\)"):
        load_encoder(tmp_path)


def test_a_missing_extra_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    for name in (tmp_path, "owner/model"):
        with pytest.raises(ModelError, match=r"pip install 'civictopics\[transformers\]'"):
            load_encoder(name)


class _Library:
    """Stands for sentence-transformers."""

    class SentenceTransformer:
        def __init__(self, name: str, device: str) -> None:
            if name == "owner/gone":
                raise OSError("no such model")

        def get_embedding_dimension(self) -> int:
            return 3

        def encode(self, texts: list[str], **_: object) -> np.ndarray:
            return np.array([[len(text), 0, 0] for text in texts], dtype=np.float32)

        def state_dict(self) -> dict[str, object]:
            return {}


def test_other_models_go_through_sentence_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", _Library)
    encoder = load_encoder("owner/model")
    assert isinstance(encoder, SentenceTransformerEncoder)
    with pytest.warns(UserWarning, match="1 of 2 texts"):
        np.testing.assert_array_equal(encoder.encode(["abc", " "]), [[1, 0, 0], [0, 0, 0]])
    with pytest.raises(ModelError, match="cannot load the encoder 'owner/gone': no such model"):
        load_encoder("owner/gone")


@pytest.mark.slow
def test_a_transformer_of_any_form_is_read_by_the_library(tmp_path: Path, tiny_encoder: StaticEncoder) -> None:
    library = pytest.importorskip("sentence_transformers")
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    static = modules.StaticEmbedding(tiny_encoder.tokenizer, embedding_weights=tiny_encoder.token_vectors)
    dense = modules.Dense(8, 4)
    library.SentenceTransformer(modules=[static, dense], device="cpu").save(
        str(tmp_path / "m"), create_model_card=False
    )
    encoder = load_encoder(tmp_path / "m")
    assert isinstance(encoder, SentenceTransformerEncoder)
    vectors = encoder.encode(["phong trào", "член"])
    assert vectors.shape == (2, 4)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.digest == load_encoder(tmp_path / "m").digest


def test_precomputed_vectors_are_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "vectors.parquet"
    pq.write_table(pa.table({"text": ["a", "b"], "vector": [[3.0, 4.0], [0.0, 2.0]]}), path)
    encoder = load_encoder(path)
    assert isinstance(encoder, PrecomputedEncoder)
    assert encoder.n_dimensions == 2
    np.testing.assert_allclose(encoder.encode(["b", "a"]), [[0, 1], [0.6, 0.8]], atol=1e-6)
    assert encoder.digest == load_encoder(path).digest
    with pytest.raises(InputError, match="1 of 2 texts have no vector; the first: 'c'"):
        encoder.encode(["a", "c"])
    with pytest.warns(UserWarning, match="1 of 2 texts are empty"):
        assert not encoder.encode(["a", ""])[1].any()


def test_precomputed_vectors_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="have 2 dimensions, not 3"):
        PrecomputedEncoder(["a"], [[1, 2]], n_dimensions=3)
    with pytest.raises(InputError, match="2 vectors for 1 texts"):
        PrecomputedEncoder(["a"], [[1, 2], [3, 4]])
    with pytest.raises(InputError, match="not of one length"):
        PrecomputedEncoder(["a", "b"], [[1, 2], [3]])
    with pytest.raises(InputError, match="this array has 1"):
        PrecomputedEncoder(["a"], [1])
    with pytest.raises(InputError, match="1 of 2 vectors hold NaN"):
        PrecomputedEncoder(["a", "b"], [[1, np.nan], [3, 4]])
    (tmp_path / "x.parquet").write_bytes(b"no")
    with pytest.raises(InputError, match="not a parquet file with the columns"):
        load_encoder(tmp_path / "x.parquet")
