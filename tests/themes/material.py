"""Passages of two plain subjects, for the theme tests."""

import numpy as np
from numpy.typing import NDArray

FARM = ["rice", "harvest", "buffalo", "irrigation", "paddy", "seedlings", "fertiliser", "cooperative"]
SEA = ["harbour", "trawler", "fishing", "anchor", "islands", "catch", "nets", "sailors"]


def passages(n_each: int = 20, seed: int = 0) -> tuple[list[str], NDArray[np.float32], list[str]]:
    """Return texts, vectors and groups (two passages each) of two subjects."""
    chance = np.random.default_rng(seed)
    texts, rows = [], []
    for words, centre in ((FARM, (1.0, 0.0, 0.0, 0.0)), (SEA, (0.0, 1.0, 0.0, 0.0))):
        for _ in range(n_each):
            texts.append(" ".join(chance.choice(words, 12)) + ".")
            rows.append(np.array(centre) + 0.1 * chance.standard_normal(4))
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return texts, vectors, [f"g{number // 2}" for number in range(len(texts))]
