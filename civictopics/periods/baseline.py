"""The rules alone: the same features with weights set by hand, kept to compare the trained ranker with."""

from functools import cache

from civictopics.periods.ranker import Ranker, from_weights

_REPORTING = {
    "review near in lead": 3.0,
    "review near in title": 2.0,
    "review left in lead": 1.5,
    "REVIEW near": 1.5,
    "REPORT near": 1.0,
    "RESULT right": 1.0,
    "role reported": 1.5,
    "all roles planned": -4.0,
    "all roles compared": -6.0,
    "target": -4.0,
    "bare": -1.5,
    "DOCUMENT near": -2.0,
    "ANNIVERSARY near": -3.0,
    "COMPARE near": -2.0,
    "in title": 1.0,
    "in lead": 1.0,
    "dated": 0.5,
    "figures": 0.3,
    "mentions": 0.5,
    "recent": 1.5,
    "begins later": -3.0,
    "long ago": -1.5,
    "kind month": -1.0,
    "season": -1.0,
    "none": 4.5,
    "none: CRIME in density": 0.5,
    "none: review and event in lead": -1.0,
}
_PLAN = {
    "role planned": 3.0,
    "PLAN near": 1.5,
    "FUTURE right": 0.7,
    "role reported": -1.0,
    "all roles compared": -4.0,
    "target": -2.0,
    "plan after": 2.0,
    "plan next_year": 0.5,
    "plan is the reporting period": -6.0,
    "plan before": -3.0,
    "DOCUMENT near": -1.5,
    "dated": 1.0,
    "kind month": -0.7,
    "none": 4.0,
}


@cache
def rules_ranker() -> Ranker:
    """Return the ranker whose weights are set by hand."""
    return Ranker(from_weights("reporting", _REPORTING), from_weights("plan", _PLAN))
