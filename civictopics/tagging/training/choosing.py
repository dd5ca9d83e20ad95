"""Choose a method by nested cross-validation over groups: the groups that measure never choose.

For each pair of folds every method is trained on the other three and scores both. The
method for a fold is chosen by its scores on the other four, each from a model that saw
neither; the fold itself then measures what was chosen.

References
----------
Varma, S. and Simon, R. (2006). Bias in error estimation when using cross-validation for
model selection. BMC Bioinformatics 7, 91.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import InputError
from civictopics.evaluation.classification import macro_f1
from civictopics.evaluation.leaks import leak_check
from civictopics.evaluation.splits import group_folds
from civictopics.parallel import map_batches
from civictopics.progress import progress
from civictopics.tagging.calibration import ANY_LANGUAGE, apply_temperatures, fit_temperatures
from civictopics.tagging.training.trials import MAJORITY, Floats, Material, Outcome, Trial, run_trial

LEAST_TEMPERATURE = 0.25
"""Texts to learn from are here of the kind to be tagged, so scores may also be made surer than the model was."""
_LEAST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """What cross-validation gave.

    Attributes
    ----------
    method : str
        Chosen on all folds.
    scores : dict of str to array, shape (n, n_classes)
        Scores of each method for every row, out of fold, not calibrated.
    probabilities : array, shape (n, n_classes)
        Calibrated, of the method chosen for each fold without it.
    folds : array of int, shape (n,)
    of_fold : tuple of str
        The method chosen for each fold.
    left_out : dict of str to str
        Methods that could not learn from the texts, and why.
    """

    method: str
    scores: dict[str, Floats]
    probabilities: Floats
    folds: NDArray[np.intp]
    of_fold: tuple[str, ...]
    left_out: dict[str, str]


def choose(material: Material, methods: Sequence[str], n_folds: int, seed: int, processes: int = 1) -> Choice:
    """Choose among methods, and return what cross-validation says of the choice.

    Parameters
    ----------
    material : Material
    methods : sequence of str
        From the simplest to the richest: of equal ones the first is chosen.
    n_folds, seed : int
    processes : int
        Worker processes; the result does not depend on it.

    Raises
    ------
    InputError
        If groups or near-copies are on both sides of a split, or no method can learn from the texts.
    """
    folds = group_folds(material.groups, material.labels, n_folds, seed)
    check_folds(material, folds)
    pairs = list(combinations(range(n_folds), 2)) if len(methods) > 1 else []
    outer = [
        Trial(name, np.flatnonzero(folds != fold), np.flatnonzero(folds == fold))
        for name in methods
        for fold in range(n_folds)
    ]
    inner = [
        Trial(name, np.flatnonzero(~np.isin(folds, pair)), np.flatnonzero(np.isin(folds, pair)))
        for name in methods
        for pair in pairs
    ]
    outcomes = _run([*outer, *inner], material, processes)
    left_out = {outcome.trial.method: outcome.reason for outcome in outcomes if outcome.scores is None}
    kept = [name for name in methods if name not in left_out]
    if not kept:
        raise InputError("no method can learn from these texts: " + "; ".join(f"{n}: {r}" for n, r in left_out.items()))
    scores = {name: _assembled(name, outcomes[: len(outer)], material) for name in kept}
    inside = {name: _by_fold(name, outcomes[len(outer) :], folds, n_folds, material) for name in kept}
    everywhere = np.arange(len(folds))
    of_fold, chances = [], np.zeros((len(folds), len(material.classes)))
    for fold in range(n_folds):
        others, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        # With one method there is nothing to choose; its scores out of fold calibrate it.
        seen = {name: inside[name][fold] if pairs else scores[name] for name in kept}
        best = _best(seen, others, material)
        of_fold.append(best)
        temperatures = temperatures_of(seen[best], others, material)
        codes = [material.languages[row] for row in test]
        chances[test] = apply_temperatures(scores[best][test], codes, temperatures)
    return Choice(_best(scores, everywhere, material), scores, chances, folds, tuple(of_fold), left_out)


def check_folds(material: Material, folds: NDArray[np.intp]) -> None:
    """Raise an error where a group or a near-copy is on both sides of a split."""
    texts = [f"{title} {text}" for title, text in zip(material.titles, material.texts, strict=True)]
    for fold in sorted(set(folds.tolist())):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        leak_check(
            [material.groups[row] for row in train],
            [material.groups[row] for row in test],
            [texts[row] for row in train],
            [texts[row] for row in test],
        )


def temperatures_of(scores: Floats, rows: NDArray[np.intp], material: Material) -> dict[str, float]:
    """Return the temperatures that fit the scores of some rows: one for all, and one per language with 50 rows."""
    classes = np.searchsorted(np.array(material.classes), material.labels[rows])
    codes = [material.languages[row] for row in rows]
    found = fit_temperatures(scores[rows], classes, codes, np.ones(len(rows)), least=LEAST_TEMPERATURE)
    common = {code for code, count in Counter(codes).items() if code and count >= _LEAST_ROWS}
    return {code: value for code, value in found.items() if code == ANY_LANGUAGE or code in common}


def _best(scores: dict[str, Floats], rows: NDArray[np.intp], material: Material) -> str:
    classes = np.array(material.classes)
    found = {
        name: macro_f1(material.labels[rows], classes[values[rows].argmax(axis=1)]).of_all()
        for name, values in scores.items()
        if name != MAJORITY or len(scores) == 1
    }
    return max(found, key=lambda name: found[name])


def _run(trials: list[Trial], material: Material, processes: int) -> list[Outcome]:
    outcomes = []
    with progress("trials", len(trials), "trial") as bar:
        for outcome in map_batches(partial(run_trial, material=material), trials, processes):
            outcomes.append(outcome)
            bar.update(1)
    return outcomes


def _assembled(name: str, outcomes: list[Outcome], material: Material) -> Floats:
    found = np.zeros((len(material.labels), len(material.classes)))
    for outcome in outcomes:
        if outcome.trial.method == name and outcome.scores is not None:
            found[outcome.trial.score] = outcome.scores
    return found


def _by_fold(
    name: str, outcomes: list[Outcome], folds: NDArray[np.intp], n_folds: int, material: Material
) -> list[Floats]:
    """Return for each fold the scores of all other rows from models that saw neither the row's fold nor this one."""
    found = [np.zeros((len(folds), len(material.classes))) for _ in range(n_folds)]
    for outcome in outcomes:
        if outcome.trial.method != name or outcome.scores is None:
            continue
        both = sorted(set(folds[outcome.trial.score].tolist()))
        for fold in both:
            other = folds[outcome.trial.score] != fold
            found[fold][outcome.trial.score[other]] = outcome.scores[other]
    return found
