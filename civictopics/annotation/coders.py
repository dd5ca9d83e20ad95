"""How far coders agree, field by field."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from civictopics.annotation.flat import FlatLabel
from civictopics.annotation.questions import CODEBOOK
from civictopics.evaluation.alpha import krippendorff_alpha
from civictopics.evaluation.bootstrap import Interval


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """Agreement in one field.

    Attributes
    ----------
    task : str
        A field; one label of several (``themes: emulation``) is a field of its own.
    n_articles, n_coders : int
        Articles with two labels or more, and those who gave them.
    agreement : float
        Share of the pairs of labels for one article that are the same.
    alpha : Interval
        Krippendorff's alpha over resamples of groups; NaN where all labels are the same.
    differing : tuple of str
        Articles with different labels.
    """

    task: str
    n_articles: int
    n_coders: int
    agreement: float
    alpha: Interval
    differing: tuple[str, ...]


def coder_agreement(
    labels: Sequence[FlatLabel], groups: Mapping[str, str] | None = None, n_resamples: int = 2000, seed: int = 0
) -> list[CoderAgreement]:
    """Return the agreement in each field that two coders or more have labelled.

    Parameters
    ----------
    labels : sequence of FlatLabel
    groups : mapping of str to str, optional
        Group by article, so that translations are drawn together; each article is its own by default.
    n_resamples, seed : int
    """
    fields: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for label in labels:
        for task, value in _binary(label):
            fields[task][label.article][label.annotator] = value
    found = []
    for task, by_article in fields.items():
        double = {article: given for article, given in by_article.items() if len(given) > 1}
        if double:
            found.append(_agreement(task, double, groups or {}, n_resamples, seed))
    return found


def _agreement(
    task: str, double: Mapping[str, Mapping[str, str]], groups: Mapping[str, str], n_resamples: int, seed: int
) -> CoderAgreement:
    coders = sorted({coder for given in double.values() for coder in given})
    pairs = [pair for given in double.values() for pair in combinations(given.values(), 2)]
    units = [groups.get(article, article) for article in double]
    ratings = [[given.get(coder) for coder in coders] for given in double.values()]
    undefined = Interval(float("nan"), float("nan"), float("nan"), 0.95, len(set(units)), "percentile")
    enough = len(set(units)) > 1
    alpha = krippendorff_alpha(ratings, groups=units, n_resamples=n_resamples, seed=seed) if enough else undefined
    same = sum(first == second for first, second in pairs) / len(pairs)
    differing = tuple(article for article, given in double.items() if len(set(given.values())) > 1)
    return CoderAgreement(task, len(double), len(coders), same, alpha, differing)


def _binary(label: FlatLabel) -> list[tuple[str, str]]:
    question = CODEBOOK.get(label.task)
    if question is None or not question.several:
        return [(label.task, label.label)]
    chosen = label.label.split(";")
    return [(f"{label.task}: {one}", "yes" if one in chosen else "no") for one in question.labels if one != "none"]
