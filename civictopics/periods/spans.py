"""What reading the periods of an article gives: its spans, and the two that matter."""

from dataclasses import dataclass

KINDS = (
    "month",
    "quarter",
    "half_year",
    "nine_months",
    "year",
    "school_year",
    "multi_year",
    "term",
    "other",
    "none",
)
"""Kinds of period as in the codebook, from the shortest to the longest."""

ROLES = ("reported", "planned", "compared", "mentioned")
"""What an article may do with a span."""


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """A span of time that a text names.

    Attributes
    ----------
    start, end : str
        First and last day (ISO 8601; year and month for school years), empty when unknown.
    kind : str
        One of `KINDS`, never ``none``.
    role : str
        One of `ROLES`.
    words : str
        The words it was read from, as written.
    position : tuple of int
        Where the words begin and end in the text as given. A span that only the title names
        has negative positions: counted from the end of the title.
    probability : float
        Probability that this is the reporting period of the article.
    """

    start: str
    end: str
    kind: str
    role: str
    words: str
    position: tuple[int, int]
    probability: float


@dataclass(frozen=True, slots=True)
class ArticlePeriods:
    """The periods of one article.

    Attributes
    ----------
    kind : str
        Kind of the reporting period, ``none`` where no results of any span are reported.
    kind_probability : float
        Calibrated probability that the reporting period (kind and interval) is right.
    start, end : str
        Its first and last day, empty when unknown.
    evidence : str
        The words it was read from.
    plan_start, plan_end, plan_evidence : str
        The same for the period that the tasks ahead are for.
    plan_probability : float
        Probability of the plan period, or of there being none.
    spans : tuple of PeriodSpan
        Every span that the title or the text names, in order.
    language_known : bool
        False where the language has no grammar, so that only ISO dates and years were read.
    truncated : bool
        True where the text was too long and only its beginning was read.
    """

    kind: str = "none"
    kind_probability: float = 1.0
    start: str = ""
    end: str = ""
    evidence: str = ""
    plan_start: str = ""
    plan_end: str = ""
    plan_evidence: str = ""
    plan_probability: float = 1.0
    spans: tuple[PeriodSpan, ...] = ()
    language_known: bool = True
    truncated: bool = False
