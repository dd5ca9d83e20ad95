import json
import pickle
import struct
from pathlib import Path

import numpy as np
import pytest

from civictopics.errors import ModelError
from civictopics.tagging.store import StoredModel, load_model, save_model, weights_of
from civictopics.tagging.tensors import read_tensors, write_tensors


def _model(weights: np.ndarray | None = None) -> StoredModel:
    arrays = {"weights": np.arange(6, dtype=np.float16).reshape(2, 3) if weights is None else weights}
    return StoredModel("toy", ("a", "b"), ("vi",), {"size": 3}, arrays, {"seed": 0}, [{"text": "x"}])


def test_a_model_comes_back_as_it_was(tmp_path: Path) -> None:
    save_model(tmp_path / "one", _model(), "# Card\n")
    found = load_model(tmp_path / "one", "toy")
    assert found.labels == ("a", "b")
    np.testing.assert_array_equal(found.arrays["weights"], _model().arrays["weights"])
    save_model(tmp_path / "two", _model(), "# Card\n")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "README.md", "probes.json"])
def test_a_changed_byte_is_noticed(tmp_path: Path, name: str) -> None:
    save_model(tmp_path, _model(), "# Card\n")
    content = bytearray((tmp_path / name).read_bytes())
    content[-2] ^= 1
    (tmp_path / name).write_bytes(bytes(content))
    with pytest.raises(ModelError, match=name):
        load_model(tmp_path, "toy")


def test_a_missing_file_another_task_and_another_format(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest\.json is missing"):
        load_model(tmp_path, "toy")
    save_model(tmp_path, _model(), "# Card\n")
    with pytest.raises(ModelError, match="not for 'other'"):
        load_model(tmp_path, "other")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(ModelError, match="make models"):
        load_model(tmp_path, "toy")


def test_shapes_and_values_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="'weights'"):
        weights_of(_model(), {"weights": (3, 2)})
    save_model(tmp_path, _model(np.array([1.0, np.nan])), "# Card\n")
    with pytest.raises(ModelError, match="not numbers"):
        load_model(tmp_path, "toy")


class _Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("touched-by-a-pickle"),))  # type: ignore[return-value]


def _header(entries: object, numbers: bytes = b"\0" * 8) -> bytes:
    text = json.dumps(entries).encode()
    return struct.pack("<Q", len(text)) + text + numbers


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x04",
        pickle.dumps(_Hostile()),
        struct.pack("<Q", 2**60) + b"{}",
        _header([1, 2]),
        _header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 800]}}),
        _header({"a": {"dtype": "F32", "shape": [20], "data_offsets": [0, 8]}}),
        _header({"a": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}}),
        _header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}),
        _header({"a": {"dtype": "O", "shape": [1], "data_offsets": [0, 8]}}),
        struct.pack("<Q", 60_000) + b"[" * 60_000,
    ],
)
def test_hostile_files_are_refused_and_execute_nothing(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        read_tensors(path)
    assert not (tmp_path / "touched-by-a-pickle").exists()


def test_tensors_of_all_kinds(tmp_path: Path) -> None:
    arrays = {kind: np.arange(4).astype(kind) for kind in ("f2", "f4", "f8", "i4", "i8", "u1")}
    write_tensors(tmp_path / "x", arrays)
    for name, array in read_tensors(tmp_path / "x").items():
        assert array.dtype == arrays[name].dtype
        np.testing.assert_array_equal(array, arrays[name])
