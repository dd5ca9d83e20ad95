import numpy as np
import pytest

from civictopics.errors import InputError
from civictopics.evaluation.proportions import wilson_interval
from civictopics.exploring import draw_shares, shares_by


def test_a_group_counts_once_however_many_translations_it_has() -> None:
    has = [True] * 5 + [False]
    shares = shares_by(has, ["a"] * 5 + ["b"], ["Huế"] * 6)
    assert [(s.value, s.share, s.n_groups, s.n_articles) for s in shares] == [("Huế", 0.5, 2, 6)]


def test_translations_that_disagree_count_with_their_share() -> None:
    (share,) = shares_by([True, False], ["a", "a"], ["x", "x"])
    assert share.share == 0.5


def test_few_groups_get_the_interval_of_wilson() -> None:
    (share,) = shares_by([True] * 3 + [False] * 7, [f"g{i}" for i in range(10)], ["x"] * 10)
    assert (share.low, share.high) == wilson_interval(3, 10)
    assert share.method == "wilson"


def test_copies_do_not_narrow_the_interval() -> None:
    generator = np.random.default_rng(0)
    has = (generator.random(60) < 0.4).tolist()
    groups = [f"g{i}" for i in range(60)]
    (once,) = shares_by(has, groups, ["x"] * 60)
    (five,) = shares_by([h for h in has for _ in range(5)], [g for g in groups for _ in range(5)], ["x"] * 300)
    assert (five.low, five.high) == pytest.approx((once.low, once.high))
    assert once.low < once.share < once.high
    assert once.method == "bootstrap"


def test_articles_without_the_property_are_left_out() -> None:
    assert [s.value for s in shares_by([True, True], ["a", "b"], ["", "y"])] == ["y"]


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(InputError, match="2 answers, 1 groups, 2 values"):
        shares_by([True, False], ["a"], ["x", "y"])


def test_the_figure_names_the_number_of_groups() -> None:
    figure = draw_shares(shares_by([True, False], ["a", "b"], ["x", "x"]), "Title", "share")
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels == ["x (2)"]
