import numpy as np
import pytest

from civictopics.errors import InputError
from civictopics.themes.coverage import seed_coverage
from civictopics.themes.stability import (
    match_themes,
    measure_stability,
    subsample_groups,
    theme_overlap,
    translation_agreement,
)

FIRST = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])


def test_renumbered_themes_are_the_same_themes() -> None:
    other = np.array([2, 2, 2, 0, 0, 0, 1, 1, 1])
    assert match_themes(FIRST, other, 3).tolist() == [2, 0, 1]
    assert theme_overlap(FIRST, other, 3).tolist() == [1.0, 1.0, 1.0]


def test_chance_overlap_counts_nothing() -> None:
    chance = np.random.default_rng(0)
    overlaps = [theme_overlap(chance.integers(0, 2, 2000), chance.integers(0, 2, 2000), 2) for _ in range(20)]
    assert abs(float(np.mean(overlaps))) < 0.05


def test_groups_are_drawn_whole() -> None:
    groups = [number // 3 for number in range(30)]
    rows = subsample_groups(groups, seed=4)
    assert len(rows) == 24
    assert all(sum(groups[row] == group for row in rows) in (0, 3) for group in range(10))


def test_stability_of_what_always_returns() -> None:
    found = measure_stability(FIRST, lambda rows, seed: (FIRST + seed) % 3, list(range(9)), 3, n_refits=4)
    assert found.overall.tolist() == [1.0] * 4
    assert found.low.tolist() == [1.0] * 3
    with pytest.raises(InputError, match="9 labels against 2"):
        theme_overlap(FIRST, np.array([0, 1]), 3)


def test_agreement_of_translations() -> None:
    themes = [["a"], ["a"], ["b"], [], ["a", "b"], ["b", "a"]]
    found = translation_agreement(themes, ["vi", "sv"] * 3, ["1", "1", "2", "2", "3", "3"])
    share, low, high, number = found["vi", "sv"]
    assert share == pytest.approx(2 / 3)
    assert low <= share <= high
    assert number == 3


def test_one_language_has_no_translations() -> None:
    with pytest.raises(InputError, match="needs two languages; there is one: 'vi'"):
        translation_agreement([["a"], []], ["vi", "vi"], ["1", "2"])


def test_seed_coverage_tells_seeds_and_what_they_decide() -> None:
    texts = ["The emulation movement and the Party cell.", "The emulation movement.", "Rice."]
    found = {report.theme: report for report in seed_coverage(texts, ["en"] * 3)}
    assert found["emulation"].found["emulation movement"] == 2
    assert (found["emulation"].n_seeded, found["emulation"].n_alone) == (2, 1)
    assert found["party_building"].n_alone == 0
    assert found["tet_security"].found == {}
    with pytest.raises(InputError, match="'xx'"):
        seed_coverage(["Rice."], ["xx"])
