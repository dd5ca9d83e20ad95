import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from civictopics.encoding.base import Encoder
from civictopics.encoding.folder import MANIFEST, MODULES, TOKENIZER, WEIGHTS, write_manifest
from civictopics.encoding.loading import load_encoder, shipped_folder
from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.training.saving import save_encoder
from civictopics.errors import ModelError

EVERYDAY = {
    "vi": "Sáng 12/7, Ban Thường vụ Tỉnh ủy tổ chức hội nghị tổng kết phong trào thi đua yêu nước năm 2023.",
    "en": "On the morning of July 12, the provincial Party Standing Committee held a conference reviewing the year.",
    "sv": "På morgonen den 12 juli höll partikommittén i provinsen en konferens om årets tävlingsrörelse.",
    "ru": "Утром 12 июля провинциальный комитет партии провёл конференцию по итогам года.",
    "ar": "في صباح يوم 12 يوليو عقدت لجنة الحزب في المقاطعة مؤتمرا لتلخيص أعمال العام.",
}


def plain_mean(encoder: StaticEncoder, text: str) -> np.ndarray:
    safe = text.encode("utf-8", "replace").decode("utf-8")
    ids = encoder.tokenizer.encode(safe, add_special_tokens=False).ids
    mean = encoder.token_vectors[ids].mean(axis=0) if ids else np.zeros(encoder.n_dimensions)
    return mean / max(float(np.linalg.norm(mean)), 1e-12)


@given(st.text(max_size=60))
def test_looking_words_up_one_by_one_changes_nothing(text: str) -> None:
    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    if text.strip():
        np.testing.assert_allclose(encoder.encode([text])[0], plain_mean(encoder, text), atol=1e-5)


def test_vectors_are_unit_rows_whatever_stands_beside_them(tiny_encoder: StaticEncoder) -> None:
    texts = ["hội nghị 5", "movement " * 3000, "\ud800 член", "حركة\u00a0٥", "a" * 5000]
    together = tiny_encoder.encode(texts)
    assert isinstance(tiny_encoder, Encoder)
    assert (together.dtype, together.shape) == (np.float32, (5, 8))
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(together, np.vstack([tiny_encoder.encode([text]) for text in texts]))
    assert tiny_encoder.encode([]).shape == (0, 8)


def test_empty_texts_are_zero_with_a_warning(tiny_encoder: StaticEncoder) -> None:
    with pytest.warns(UserWarning, match="2 of 3 texts are empty"):
        vectors = tiny_encoder.encode(["", "член", " \n"])
    assert not vectors[[0, 2]].any()
    assert vectors[1].any()
    assert np.isfinite(vectors).all()


def test_old_words_are_forgotten_when_there_are_too_many(
    tiny_encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civictopics.encoding.static._REMEMBERED", 5)
    small = StaticEncoder(tiny_encoder.tokenizer, tiny_encoder.token_vectors, "small")
    texts = ["hội nghị", "phong trào thi đua", "член движение hội"]
    for text in texts:
        np.testing.assert_array_equal(small.encode([text]), tiny_encoder.encode([text]))


def test_coverage_tells_what_the_vocabulary_does_not_know() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    assert (encoder.coverage(list(EVERYDAY.values())) > 0.75).all()
    assert (encoder.coverage(["这是一个中文文本", "สวัสดีครับ ยินดีต้อนรับ", "", "qwzx vbnm plkj"]) < 0.5).all()
    assert encoder.coverage(["и в 2024 году"])[0] == 1


def test_a_saved_folder_is_read_again(tiny_encoder: StaticEncoder, tiny_folder: Path) -> None:
    again = load_encoder(tiny_folder)
    np.testing.assert_array_equal(again.encode(["phong trào", "член"]), tiny_encoder.encode(["phong trào", "член"]))
    before = {path.name: path.read_bytes() for path in tiny_folder.rglob("*") if path.is_file()}
    save_encoder(tiny_encoder, tiny_folder, "# Tiny\n")
    assert before == {path.name: path.read_bytes() for path in tiny_folder.rglob("*") if path.is_file()}
    assert not [path for path in tiny_folder.parent.iterdir() if path != tiny_folder]
    assert again.digest == load_encoder(tiny_folder).digest


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, MODULES])
def test_a_damaged_file_is_refused_by_its_digest(tiny_folder: Path, name: str) -> None:
    content = bytearray((tiny_folder / name).read_bytes())
    content[-2] ^= 1
    if name == MODULES:
        content = bytearray((tiny_folder / name).read_bytes() + b"\n")
    (tiny_folder / name).write_bytes(bytes(content))
    with pytest.raises(ModelError, match=f"{name} is damaged: its SHA-256 is"):
        load_encoder(tiny_folder)


def test_a_folder_of_others_needs_no_manifest_but_sound_files(tiny_folder: Path) -> None:
    (tiny_folder / MANIFEST).unlink()
    assert load_encoder(tiny_folder).n_dimensions == 8
    (tiny_folder / WEIGHTS).write_bytes(b"no weights")
    with pytest.raises(ModelError, match="not a file of weights"):
        load_encoder(tiny_folder)
    save_file({"other": np.zeros((2, 2), dtype=np.float32)}, tiny_folder / WEIGHTS)
    with pytest.raises(ModelError, match="holds no token vectors, but other"):
        load_encoder(tiny_folder)
    save_file({"embedding.weight": np.zeros((2, 2), dtype=np.float32)}, tiny_folder / WEIGHTS)
    with pytest.raises(ModelError, match="2 token vectors for"):
        load_encoder(tiny_folder)
    (tiny_folder / TOKENIZER).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="not a tokenizer"):
        load_encoder(tiny_folder)
    (tiny_folder / TOKENIZER).unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        load_encoder(tiny_folder)
    (tiny_folder / MANIFEST).write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="not a manifest"):
        load_encoder(tiny_folder)


def test_weights_in_the_names_of_model2vec_are_read(tiny_encoder: StaticEncoder, tiny_folder: Path) -> None:
    vectors = load_file(tiny_folder / WEIGHTS)["embedding.weight"]
    halved = {"embeddings": (vectors / 2).astype(np.float32), "weights": np.full(len(vectors), 2.0)}
    save_file(halved, tiny_folder / WEIGHTS)
    write_manifest(tiny_folder)
    found = load_encoder(tiny_folder).encode(["phong trào thi đua"])
    np.testing.assert_allclose(found, tiny_encoder.encode(["phong trào thi đua"]), atol=1e-6)


def test_the_shipped_folder_is_small_and_whole() -> None:
    folder = shipped_folder()
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    assert there == set(listed)
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 12e6


def test_translations_are_near_and_others_are_not() -> None:
    vectors = load_encoder().encode(list(EVERYDAY.values()))
    other = load_encoder().encode(["Xe tải mất lái lao vào nhà dân trong đêm, hai người bị thương nhẹ."])
    assert (vectors @ vectors.T).min() > (vectors @ other.T).max()


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors(shared: Path) -> None:
    library = pytest.importorskip("sentence_transformers")
    lines = [line for line in (shared / "real_vi" / "dev.jsonl").read_text(encoding="utf-8").splitlines() if line]
    texts = [*EVERYDAY.values(), *(json.loads(line)["text"] for line in lines[:20]), "  ", "x"]
    theirs = library.SentenceTransformer(str(shipped_folder()), device="cpu").encode(texts)
    with pytest.warns(UserWarning, match="1 of"):
        np.testing.assert_allclose(load_encoder().encode(texts), theirs, atol=1e-5)
