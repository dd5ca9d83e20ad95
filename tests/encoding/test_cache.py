import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from civictopics.encoding.base import Vectors
from civictopics.encoding.cache import VectorCache, cache_size, clear_cache
from civictopics.errors import OutputError


def vectors_of(texts: list[str]) -> Vectors:
    return np.array([[len(text), text.count("a"), 1.0] for text in texts], dtype=np.float32).reshape(-1, 3)


def fill(folder: str, start: int) -> None:
    with VectorCache(Path(folder)) as cache:
        for i in range(start, start + 40):
            cache.encode("model", [f"text {i}", f"text {i + 1}"], vectors_of)


def test_what_is_known_is_not_computed_again(tmp_path: Path) -> None:
    asked: list[str] = []

    def compute(texts: list[str]) -> Vectors:
        asked.extend(texts)
        return vectors_of(texts)

    with VectorCache(tmp_path) as cache:
        first, computed = cache.encode("m", ["b", "aa", "b"], compute)
        assert (computed, asked) == (2, ["b", "aa"])
    with VectorCache(tmp_path) as cache:
        second, computed = cache.encode("m", ["aa", "b", "b"], compute)
        assert (computed, asked) == (0, ["b", "aa"])
        np.testing.assert_array_equal(second, first[[1, 0, 2]])
        assert cache.encode("other model", ["b"], compute)[1] == 1


def test_two_processes_share_it(tmp_path: Path) -> None:
    processes = [multiprocessing.Process(target=fill, args=(str(tmp_path), start)) for start in (0, 20)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert cache_size(tmp_path)[0] == 61


def test_it_is_bounded_and_drops_what_was_used_longest_ago(tmp_path: Path) -> None:
    wide = {name: np.ones((1, 120_000), dtype=np.float32) for name in "abcd"}
    for name in "abc":
        with VectorCache(tmp_path, megabytes=1) as cache:
            cache.encode("m", [name], lambda texts: wide[texts[0]])
    with VectorCache(tmp_path, megabytes=1) as cache:
        assert cache.encode("m", ["b"], lambda texts: wide[texts[0]])[1] == 0
        cache.encode("m", ["d"], lambda texts: wide[texts[0]])
    with VectorCache(tmp_path, megabytes=1) as cache:
        assert cache.encode("m", ["b"], lambda texts: wide[texts[0]])[1] == 0
        assert cache.encode("m", ["c"], lambda texts: wide[texts[0]])[1] == 1


def test_clearing(tmp_path: Path) -> None:
    fill(str(tmp_path), 0)
    assert clear_cache(tmp_path) == 41
    assert cache_size(tmp_path)[0] == 0
    assert clear_cache(tmp_path / "nowhere") == 0


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="--no-cache"):
        VectorCache(tmp_path / "file")
    (tmp_path / "vectors.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(OutputError, match="cannot use the cache"):
        VectorCache(tmp_path)
