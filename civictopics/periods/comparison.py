"""What sets one candidate off from the others of its article: length, figures, what is named beside it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from civictopics.periods.calendar import Anchor
from civictopics.periods.candidates import Candidate

Vector = NDArray[np.float64]

NAMES = (
    "longest with figures",
    "longest with figures, years",
    "longest with figures, programme named",
    "holds others",
    "within a longer one with figures",
    "plan beside it",
    "plan next to it",
    "plan in the article",
    "without cues",
    "without cues, month",
    "without cues, not recent",
    "month below the lead",
    "month of publication",
    "figures in its sentence",
    "recent with figures",
    "reviewed and recent",
    "event in sentence in lead, recent",
)
"""Names of these features, in order."""

_FIGURES = 2  # numbers near a span that make up results
_SUPPORT = ("REVIEW", "REPORT", "RESULT", "EVENT", "STATISTIC", "IMPLEMENT", "PLAN", "CONGRESS")
_ZONES = ("near", "left", "right")
_SUPPORTING = frozenset(f"{cue} {zone}" for cue in _SUPPORT for zone in _ZONES)
_REVIEWING = frozenset({"REVIEW near", "REVIEW left"})
_YEARS = frozenset({"multi_year", "term"})


def month_number(iso: str) -> int:
    """Return the months from year 0 to the month of a date."""
    return int(iso[:4]) * 12 + int(iso[5:7])


def length(candidate: Candidate) -> int:
    """Return how many months a candidate has, 0 where its dates are unknown."""
    return month_number(candidate.end) - month_number(candidate.start) + 1 if candidate.start else 0


def compare(candidates: Sequence[Candidate], anchor: Anchor, lead_end: int) -> Vector:
    """Return these features of each candidate: shape (n_candidates, n_features).

    Parameters
    ----------
    candidates : sequence of Candidate
    anchor : Anchor
    lead_end : int
        Number of the first sentence below the lead.
    """
    lengths = [length(candidate) for candidate in candidates]
    figures = [max(span.around.figures for span in candidate.mentions) for candidate in candidates]
    recent = [_recent(candidate, anchor) for candidate in candidates]
    told = [
        count >= _FIGURES and not _ahead(candidate, anchor)
        for candidate, count in zip(candidates, figures, strict=True)
    ]
    longest = max((size for size, has in zip(lengths, told, strict=True) if has), default=0)
    rows = np.zeros((len(candidates), len(NAMES)))
    for index, candidate in enumerate(candidates):
        cues: set[str] = set().union(*(span.around.cues for span in candidate.mentions))
        first = min(span.around.sentence for span in candidate.mentions)
        top = told[index] and lengths[index] == longest > 0
        bare = not cues & _SUPPORTING
        month = candidate.kind == "month"
        beside = {_plan_beside(candidate, other) for other in candidates if other is not candidate}
        in_lead = first < lead_end
        rows[index] = (
            top,
            top and candidate.kind in _YEARS,
            top and candidate.kind in _YEARS and bool(cues & {"IMPLEMENT near", "IMPLEMENT left", "IMPLEMENT right"}),
            told[index] and any(_inside(other, candidate) for other in candidates),
            any(has and _inside(candidate, other) for has, other in zip(told, candidates, strict=True)),
            2 in beside,
            bool(beside) and max(beside) >= 2,
            bool(beside) and max(beside) >= 1,
            bare,
            bare and month,
            bare and not recent[index],
            month and not in_lead,
            month and bool(anchor.month) and candidate.start[:7] == f"{anchor.year:04d}-{anchor.month:02d}",
            np.log1p(max(span.around.own_figures for span in candidate.mentions)),
            recent[index] and told[index],
            recent[index] and bool(cues & _REVIEWING),
            recent[index] and in_lead and "EVENT sentence" in cues,
        )
    return rows


def _recent(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a candidate ends shortly before the anchor, or with the part of the year it lies in."""
    if not anchor.year or not candidate.start:
        return False
    now = anchor.year * 12 + (anchor.month or 6)
    slack = 3 if anchor.month else 12
    return month_number(candidate.end) - 2 <= now <= month_number(candidate.end) + slack


def _ahead(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a candidate can only be planned."""
    begins_later = anchor.year > 0 and bool(candidate.start) and int(candidate.start[:4]) > anchor.year
    return begins_later or all(
        span.role in ("planned", "compared") or span.reading.constants.get("target") for span in candidate.mentions
    )


def _inside(shorter: Candidate, longer: Candidate) -> bool:
    """Tell whether one period of years lies within another, longer one."""
    if shorter.kind not in _YEARS or longer.kind not in _YEARS or not shorter.start or not longer.start:
        return False
    return longer.start <= shorter.start and shorter.end <= longer.end and length(longer) > length(shorter)


def _plan_beside(candidate: Candidate, other: Candidate) -> int:
    """Tell whether another candidate begins where this one ends: 1 anywhere, 2 within a sentence of it."""
    if not candidate.start or not other.start:
        opposite = candidate.kind == other.kind and not candidate.start and not other.start
        if not opposite or not any(span.role == "planned" for span in other.mentions):
            return 0
    elif not 1 <= month_number(other.start) - month_number(candidate.end) <= 4 or other.kind == "other":
        return 0
    near = any(
        0 <= later.around.sentence - sooner.around.sentence <= 1 and later.start > sooner.start
        for sooner in candidate.mentions
        for later in other.mentions
    )
    return 2 if near else 1
