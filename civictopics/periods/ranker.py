"""A conditional logit over candidates: which period is it, or none of them; stored as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import ModelError
from civictopics.periods.features import Vector, article_names, candidate_names, relation_names

Indices = NDArray[np.intp]

TASKS = ("reporting", "plan")
"""The two choices: the reporting period, and the plan period once the first is known."""


@dataclass(frozen=True)
class Choice:
    """Weights of one choice.

    Attributes
    ----------
    candidate : ndarray of shape (n_candidate_features,)
        Weights of a candidate's features.
    article : ndarray of shape (n_article_features,)
        Weights of the article's features, which make up the score of "none".
    temperature : float
        What scores are divided by, so that probabilities are calibrated.
    """

    candidate: Vector
    article: Vector
    temperature: float = 1.0

    def probabilities(self, rows: Vector, article: Vector, barred: Sequence[int] = ()) -> Vector:
        """Return the probability of each candidate and, last, of none: shape (n_candidates + 1,).

        Candidates at the places `barred` cannot be right and have none.
        """
        scores = np.append(rows @ self.candidate, article @ self.article) / self.temperature
        scores[list(barred)] = -np.inf
        odds = np.exp(scores - scores.max())
        return np.asarray(odds / odds.sum())


@dataclass(frozen=True)
class Ranker:
    """The weights of both choices."""

    reporting: Choice
    plan: Choice


def feature_names(task: str) -> tuple[str, ...]:
    """Return the names of the candidate features of a choice."""
    return candidate_names() + (relation_names() if task == "plan" else ())


def from_weights(task: str, weights: Mapping[str, float], temperature: float = 1.0) -> Choice:
    """Make a choice from named weights; a feature that is not named weighs nothing.

    Raises
    ------
    ModelError
        If a weight belongs to no feature.
    """
    names, article = feature_names(task), article_names()
    unknown = sorted(set(weights) - set(names) - set(article))
    if unknown:
        raise ModelError(
            f"the ranker has weights for unknown features: {', '.join(unknown)}; rebuild it by training.py"
        )
    return Choice(
        np.array([weights.get(name, 0.0) for name in names]),
        np.array([weights.get(name, 0.0) for name in article]),
        temperature,
    )


def dump_ranker(ranker: Ranker, path: Path, note: Mapping[str, object]) -> None:
    """Write the weights as JSON, rounded so that the file is the same wherever it is made."""
    content: dict[str, object] = {"note": dict(note)}
    for task in TASKS:
        choice: Choice = getattr(ranker, task)
        named = zip((*feature_names(task), *article_names()), (*choice.candidate, *choice.article), strict=True)
        weights = {name: round(float(weight), 4) for name, weight in named}
        content[task] = {"temperature": round(choice.temperature, 3), "weights": weights}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_ranker(source: Traversable) -> Ranker:
    """Read a ranker from its JSON file.

    Raises
    ------
    ModelError
        If the file is not a ranker or fits other features.
    """
    try:
        content = json.loads(source.read_text(encoding="utf-8"))
        return Ranker(*(from_weights(t, content[t]["weights"], float(content[t]["temperature"])) for t in TASKS))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{source}: not a ranker of periods ({error!r}); rebuild it by training.py") from error


@cache
def trained_ranker() -> Ranker:
    """Return the ranker that is shipped."""
    return read_ranker(files("civictopics.periods") / "ranker.json")


def fit_choice(
    problems: Sequence[tuple[Vector, Vector, int]], weights: Vector, penalty: float
) -> tuple[Vector, Vector]:
    """Fit the weights of a choice by penalised maximum likelihood (Newton's method).

    Parameters
    ----------
    problems : sequence of (rows, article, answer)
        Features of the candidates, features of the article, and which candidate is right
        (their number for none).
    weights : ndarray of shape (n_problems,)
        How much each problem counts.
    penalty : float
        Half the weight of the squared norm, per unit of total weight.

    Returns
    -------
    candidate, article : ndarray
        The fitted weights.

    References
    ----------
    McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior.
    """
    stacked, sizes, answers = _stack(problems)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    per_row = np.repeat(weights, sizes)
    right = stacked[starts + answers]
    beta = np.zeros(stacked.shape[1])
    for _ in range(25):
        scores = stacked @ beta
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chance = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
        expected = np.add.reduceat(stacked * chance[:, None], starts)
        gradient = ((right - expected) * weights[:, None]).sum(axis=0) - penalty * beta
        hessian = (stacked * (chance * per_row)[:, None]).T @ stacked - (expected * weights[:, None]).T @ expected
        step = np.linalg.solve(hessian + penalty * np.eye(len(beta)), gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    split = problems[0][0].shape[1]
    return beta[:split], beta[split:]


def _stack(problems: Sequence[tuple[Vector, Vector, int]]) -> tuple[Vector, Indices, Indices]:
    """Put all rows into one matrix; the row of "none" has the article's features, the others have zeros there."""
    width, tail = problems[0][0].shape[1], problems[0][1].shape[0]
    blocks = []
    for rows, article, _ in problems:
        block = np.zeros((len(rows) + 1, width + tail))
        block[:-1, :width] = rows
        block[-1, width:] = article
        blocks.append(block)
    sizes = np.array([len(block) for block in blocks])
    return np.concatenate(blocks), sizes, np.array([answer for _, _, answer in problems])
