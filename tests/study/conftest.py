from collections.abc import Callable
from pathlib import Path

import pytest

from civictopics.study.declaration import Declaration, load_declaration
from civictopics.study.registry import Registry

TINY = Registry("tests.study.tiny")
TEXT = """
name = "small"
question = "tiny"
title = "A_small study"
metrics = ["accuracy", "calibration"]
seeds = [0, 1]
resamples = 300
slow_resamples = 100
data_sets = [{ name = "open" }]
methods = [
    { name = "sure", method = "guess", settings = { right = 0.95 }, label = "sure|50%" },
    { name = "constant" },
]
"""

Declare = Callable[..., Declaration]


@pytest.fixture
def declare(tmp_path: Path) -> Declare:
    def write(*replacements: tuple[str, str]) -> Declaration:
        text = TEXT
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "small.toml"
        path.write_text(text, encoding="utf-8")
        return load_declaration(path, TINY)

    return write
