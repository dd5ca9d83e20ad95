"""Cross-language agreement: whether translations get the same label, and whether a language is as good as another.

References
----------
Piaggio, G. et al. (2012). Reporting of noninferiority and equivalence randomized
trials: extension of the CONSORT 2010 statement. JAMA 308, 2594-2604: the interval of the
difference is held against a margin that was fixed beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from civictopics.errors import InputError
from civictopics.evaluation.bootstrap import Interval, bootstrap_interval
from civictopics.evaluation.classification import mean_score
from civictopics.evaluation.paired import paired_difference
from civictopics.evaluation.scores import Labels, Score, as_list

HOLDS, DEGRADED, UNDECIDED = "holds", "degraded", "undecided"


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How often two languages get the same label, over the groups that have both."""

    first: str
    second: str
    agreement: Interval


@dataclass(frozen=True, slots=True)
class NonInferiority:
    """One language against the reference language.

    Attributes
    ----------
    language : str
    difference : Interval
        Score in this language minus the score in the reference language.
    margin : float
        A loss smaller than this is accepted.
    verdict : {"holds", "degraded", "undecided"}
        It holds where the whole interval lies above ``-margin``, is degraded where the
        whole interval lies below, and undecided else.
    """

    language: str
    difference: Interval
    margin: float
    verdict: str


def pair_agreement(
    labels: Labels,
    groups: Labels,
    languages: Labels,
    *,
    order: Sequence[str] = (),
    level: float = 0.95,
    n_resamples: int = 10_000,
    seed: int = 0,
) -> list[PairAgreement]:
    """Return the agreement of every pair of languages that share two groups or more, with an interval over groups.

    Parameters
    ----------
    labels, groups, languages : array of shape (n_rows,)
        One row per article; a group has at most one article per language.
    order : sequence of str, optional
        Languages in the order wanted; sorted by default.
    """
    label_of: dict[str, dict[object, object]] = {}
    rows = zip(_listed(labels), _listed(groups), _listed(languages), strict=True)
    for label, group, language in rows:
        seen = label_of.setdefault(str(language), {})
        if group in seen:
            raise InputError(f"group {group!r} has two articles in {language!r}; agreement needs one per language")
        seen[group] = label
    found = []
    for first, second in combinations(_ordered(label_of, order), 2):
        shared = sorted(label_of[first].keys() & label_of[second].keys(), key=str)
        if len(shared) >= 2:
            same = [float(label_of[first][group] == label_of[second][group]) for group in shared]
            names = [str(group) for group in shared]
            interval = bootstrap_interval(mean_score(same), names, level=level, n_resamples=n_resamples, seed=seed)
            found.append(PairAgreement(first, second, interval))
    return found


def non_inferiority(
    scores: Score | Sequence[Score],
    groups: Labels,
    languages: Labels,
    *,
    reference: str = "vi",
    margin: float = 0.05,
    order: Sequence[str] = (),
    level: float = 0.95,
    n_resamples: int = 10_000,
    seed: int = 0,
) -> list[NonInferiority]:
    """Return whether each language is as good as the reference one, within `margin`, on the groups that have both.

    Parameters
    ----------
    scores : Score or sequence of Score
        The score over the articles of all languages; one per seed where there are several.
    groups, languages : array of shape (n_rows,)
    reference : str
    margin : float
        The loss that is accepted; to be fixed before the results are seen.
    """
    codes, names = np.asarray(languages), np.asarray(groups)
    if reference not in codes:
        raise InputError(
            f"no article in the reference language {reference!r}; choose one of {', '.join(np.unique(codes))}"
        )
    found = []
    for language in _ordered(dict.fromkeys(codes.tolist()), order):
        if language == reference:
            continue
        shared = np.intersect1d(names[codes == language], names[codes == reference])
        if len(shared) < 2:
            continue
        rows = np.flatnonzero(np.isin(names, shared) & np.isin(codes, [language, reference]))
        taken = [score.take(rows) for score in as_list(scores)]
        ours = [score.where(codes[rows] == language) for score in taken]
        theirs = [score.where(codes[rows] == reference) for score in taken]
        difference = paired_difference(ours, theirs, names[rows], level=level, n_resamples=n_resamples, seed=seed)
        found.append(NonInferiority(language, difference, margin, _verdict(difference, margin)))
    return found


def _verdict(difference: Interval, margin: float) -> str:
    if difference.low > -margin:
        return HOLDS
    return DEGRADED if difference.high < -margin else UNDECIDED


def _ordered(found: dict[str, object] | dict[str, dict[object, object]], order: Sequence[str]) -> list[str]:
    known = [language for language in order if language in found]
    return known + sorted(set(found) - set(known))


def _listed(values: Labels) -> list[object]:
    return list(np.asarray(values).tolist())
