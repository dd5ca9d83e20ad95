"""All that figures and report show, gathered in one object."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.report.theme_shares import ThemeShare
from civictopics.tagging.describing import ThemeDescription
from civictopics.tagging.evidence import TypeEvidence
from civictopics.tagging.summary import RunSummary, ShownArticle


@dataclass(frozen=True, slots=True)
class ReportData:
    """The results of a run, ready to be drawn.

    Attributes
    ----------
    summary : RunSummary
    themes : list of ThemeDescription
    shown : list of ShownArticle
        The articles that the page lists.
    types : list of TypeEvidence
        Why each of them has its meeting type.
    points : array of float64, shape (n_shown, 2)
        Where each of them lies on the map.
    shares : list of ThemeShare
        Themes over time.
    record : dict
        What ``run.json`` says.
    dropped : list of (str, str, str)
        Source, id and reason of the first inputs that were not used.
    reasons : list of (str, int)
        Kinds of reasons for all of them, the most common first.
    """

    summary: RunSummary
    themes: list[ThemeDescription]
    shown: list[ShownArticle]
    types: list[TypeEvidence]
    points: NDArray[np.float64]
    shares: list[ThemeShare]
    record: dict[str, Any]
    dropped: list[tuple[str, str, str]]
    reasons: list[tuple[str, int]]
