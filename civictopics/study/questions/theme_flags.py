"""The question of which of the four themes an article treats in substance."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from civictopics.evaluation.classification import accuracy, macro_f1_flags, micro_f1_flags
from civictopics.evaluation.scores import Score
from civictopics.report.style import label
from civictopics.study.predictions import Columns
from civictopics.study.question import Metric, Question
from civictopics.themes.names import GUIDED_THEMES


def flags(values: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Return themes joined by ``;`` as a flag for each of the four, shape (n_articles, 4)."""
    kinds, places = np.unique(values, return_inverse=True)
    table = np.array([[theme in str(kind).split(";") for theme in GUIDED_THEMES] for kind in kinds])
    found: NDArray[np.bool_] = table.reshape(len(kinds), len(GUIDED_THEMES))[places]
    return found


def _macro_f1(columns: Columns) -> Score:
    return macro_f1_flags(flags(columns["truth"]), flags(columns["predicted"]))


def _all_right(columns: Columns) -> Score:
    return accuracy(columns["truth"], columns["predicted"])


def _of_theme(columns: Columns, place: int) -> Score:
    truth, said = flags(columns["truth"]), flags(columns["predicted"])
    return micro_f1_flags(truth[:, place : place + 1], said[:, place : place + 1])


def _of(place: int) -> Callable[[Columns], Score]:
    return partial(_of_theme, place=place)


_METHODS = "civictopics.study.methods.theme_flags"

THEME_FLAGS = Question(
    name="theme-flags",
    description="Which of four themes does an article treat in substance?",
    metrics={
        "macro_f1": Metric("macro-F1 of the flags", _macro_f1),
        "all_right": Metric("all four flags right", _all_right),
        **{f"f1_{theme}": Metric(f"F1, {label(theme)}", _of(place)) for place, theme in enumerate(GUIDED_THEMES)},
    },
    methods={
        "majority": f"{_METHODS}:majority",
        "seed_phrases": f"{_METHODS}:seed_phrases",
        "ngram_logistic": f"{_METHODS}:ngram_logistic",
        "supervised": f"{_METHODS}:supervised",
        "guided": f"{_METHODS}:guided",
    },
    seedless=frozenset({"seed_phrases"}),
    data_sets=("corpus", "real_vi"),
    agreement="predicted",
    draw="civictopics.study.questions.theme_flags_figures:draw",
    say="civictopics.study.questions.theme_flags_figures:say",
)
