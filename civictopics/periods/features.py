"""What the ranker sees of a candidate and of an article: the same measures in every language."""

import math
from collections.abc import Sequence, Set
from functools import cache

import numpy as np
from numpy.typing import NDArray

from civictopics.periods import comparison
from civictopics.periods.candidates import Candidate
from civictopics.periods.comparison import month_number
from civictopics.periods.grammar import Grammar
from civictopics.periods.scanner import FoundSpan, Page
from civictopics.periods.spans import KINDS, ROLES
from civictopics.periods.surroundings import CONTEXT_CUES, ZONES

_LEAD = 3  # sentences after the title
_MANY = 8  # candidates; real articles are longer than those of the corpus and name more
_FAR = 8  # sentences; further down it makes no difference how far
_ARTICLE_CUES = (
    "REVIEW",
    "REPORT",
    "RESULT",
    "PLAN",
    "EVENT",
    "CRIME",
    "STATISTIC",
    "SPEECH",
    "LAUNCH",
    "ANNIVERSARY",
    "CONGRESS",
)
_CUE_NAMES = tuple(f"{cue} {zone}" for cue in CONTEXT_CUES for zone in ZONES)
_CUE_PLACES = {name: place for place, name in enumerate(_CUE_NAMES)}
_EVENT_REVIEW = frozenset({"REVIEW near", "EVENT sentence"})
_PARTS = frozenset({"month", "quarter", "half_year", "nine_months"})
_RULES = ("month_count", "year_count", "since_start", "dates", "tet", "tet_days", "other", "date")
_RELATIONS = ("after", "complement", "next_year", "same_year", "contains", "inside", "before")

Vector = NDArray[np.float64]


@cache
def candidate_names() -> tuple[str, ...]:
    """Return the names of a candidate's features, in order."""
    names = [f"kind {kind}" for kind in KINDS[:-1]] + [f"role {role}" for role in ROLES]
    names += [
        "all roles planned",
        "all roles compared",
        "dated",
        "mentions",
        "in title",
        "in lead",
        "first place",
        "first sentence",
    ]
    names += [
        "opens sentence",
        "figures",
        "bare",
        "annual",
        "open",
        "edge bare",
        "edge past",
        "edge last",
        "target",
        "season",
        "relative",
    ]
    names += [f"rule {rule}" for rule in _RULES]
    names += ["ends before", "recent", "contains now", "begins later", "long ago", "now unknown"]
    names += [
        "earliest",
        "most mentions",
        "most figures",
        "latest end",
        "longest",
        "only one",
        "share of mentions",
        "first reviewed",
    ]
    names += [
        "review near in lead",
        "review near in title",
        "review left in lead",
        "event in lead",
        "report near figures",
    ]
    names += ["event left in lead", "event left in lead, part of year", "in parentheses", "long range with figures"]
    names += ["year of event", "year before event", "explicit year"]
    names += _CUE_NAMES
    names += ["review of an event in lead", "in passing"]
    names += comparison.NAMES
    return tuple(names)


@cache
def article_names() -> tuple[str, ...]:
    """Return the names of an article's features, which speak for or against there being none."""
    names = ["none", "none: no candidate", "none: candidates", "none: figures", "none: length", "none: anchor unknown"]
    names += [
        "none: review near some span",
        "none: review near span in lead",
        "none: some reported",
        "none: some planned",
    ]
    names += [
        "none: review and event in lead",
        "none: quarter or longer in lead",
        "none: title review",
        "none: some compared",
    ]
    names += [f"none: {cue} in {zone}" for cue in _ARTICLE_CUES for zone in ("title", "lead", "density")]
    return tuple(names)


def candidate_rows(candidates: Sequence[Candidate], page: Page) -> Vector:
    """Return the features of each candidate: shape (n_candidates, n_features)."""
    rows = [_own(candidate, page) for candidate in candidates]
    own = len(candidate_names()) - len(comparison.NAMES)
    matrix = np.array(rows, dtype=np.float64).reshape(len(rows), own)
    if rows:
        _compare(candidates, matrix)
    return np.hstack([matrix, comparison.compare(candidates, page.anchor, page.title_sentences + _LEAD)])


def _own(candidate: Candidate, page: Page) -> list[float]:
    mentions = candidate.mentions
    lead_end = page.title_sentences + _LEAD
    in_lead = [span.around.sentence < lead_end for span in mentions]
    first = min(mentions, key=lambda span: span.start)
    roles = [span.role for span in mentions]
    constants = [span.reading.constants for span in mentions]
    rules = {span.reading.rule for span in mentions}
    cues: set[str] = set().union(*(span.around.cues for span in mentions))
    lead_cues: set[str] = set().union(*(span.around.cues for span, near in zip(mentions, in_lead, strict=True) if near))
    figures = math.log1p(max(span.around.figures for span in mentions))
    in_title = any(span.start < 0 for span in mentions)
    edges = {constant.get("edge", "") for constant in constants}
    row = [float(candidate.kind == kind) for kind in KINDS[:-1]]
    row += [float(role in roles) for role in ROLES]
    row += [float(all(role == "planned" for role in roles)), float(all(role == "compared" for role in roles))]
    row += [float(bool(candidate.start)), math.log(len(mentions)), float(in_title), float(any(in_lead))]
    row += [first.place, min(first.around.sentence, _FAR) / _FAR]
    row += [float(any(span.around.opens_sentence for span in mentions)), figures]
    row += [float(all(constant.get(name, False) for constant in constants)) for name in ("bare", "annual", "open")]
    row += [float(edge in edges) for edge in ("bare", "past", "last")]
    row += [float(all(constant.get(name, False) for constant in constants)) for name in ("target", "season")]
    row.append(float(any("rel" in span.reading.values for span in mentions)))
    row += [float(rule in rules) for rule in _RULES]
    row += _against_now(candidate, page)
    row += [0.0] * 8  # filled by _compare
    title_cues = set().union(*(span.around.cues for span in mentions if span.start < 0))
    row += [float("REVIEW near" in lead_cues), float("REVIEW near" in title_cues), float("REVIEW left" in lead_cues)]
    row += [float("EVENT sentence" in lead_cues), float("REPORT near" in cues) * figures]
    event_left = bool(lead_cues & {"EVENT near", "EVENT left"})
    row += [float(event_left), float(event_left and candidate.kind in _PARTS)]
    row.append(float(all(span.around.in_parentheses for span in mentions)))
    row += [figures * (candidate.kind in ("multi_year", "term"))]
    row += _against_year(candidate, page, mentions)
    row += _cue_row(cues)
    reviewed = [near and span.around.cues >= _EVENT_REVIEW for span, near in zip(mentions, in_lead, strict=True)]
    row.append(float(any(reviewed)))
    row.append(float(len(mentions) == 1 and not first.around.own_figures and not any(in_lead)))
    return row


def _cue_row(cues: Set[str]) -> list[float]:
    row = [0.0] * len(_CUE_NAMES)
    for cue in cues:
        row[_CUE_PLACES[cue]] = 1.0
    return row


def _against_now(candidate: Candidate, page: Page) -> list[float]:
    """Tell where the candidate lies with respect to the anchor."""
    anchor = page.anchor
    if not anchor.year or not candidate.start:
        return [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    now = anchor.year * 12 + (anchor.month or 6)
    begin = int(candidate.start[:4]) * 12 + int(candidate.start[5:7])
    end = int(candidate.end[:4]) * 12 + int(candidate.end[5:7])
    slack = 3 if anchor.month else 12
    recent = end - 1 <= now <= end + slack
    return [
        float(end <= now),
        float(recent),
        float(begin <= now <= end),
        float(begin > now),
        float(now - end > 18),
        0.0,
    ]


def _against_year(candidate: Candidate, page: Page, mentions: Sequence[FoundSpan]) -> list[float]:
    year = page.anchor.year
    end = int(candidate.end[:4]) if candidate.end else 0
    explicit = any("year" in span.reading.values for span in mentions)
    return [float(year > 0 and end == year), float(year > 0 and end == year - 1), float(explicit)]


def _compare(candidates: Sequence[Candidate], matrix: Vector) -> None:
    """Fill in how the candidates compare with each other."""
    names = candidate_names()
    column = names.index("earliest")
    starts = [min(span.start for span in candidate.mentions) for candidate in candidates]
    counts = [len(candidate.mentions) for candidate in candidates]
    figures = matrix[:, names.index("figures")].tolist()
    ends = [candidate.end for candidate in candidates]
    lengths = [comparison.length(candidate) for candidate in candidates]
    reviewed = [_first_review(candidate) for candidate in candidates]
    earliest, most, told, latest, longest = min(starts), max(counts), max(figures), max(ends), max(lengths)
    total, reviewed_first = sum(counts), min(reviewed)
    matrix[:, column : column + 8] = [
        (
            starts[index] == earliest,
            counts[index] == most and most > 1,
            figures[index] == told,
            bool(ends[index]) and ends[index] == latest,
            lengths[index] == longest,
            len(candidates) == 1,
            counts[index] / total,
            reviewed[index] == reviewed_first < math.inf,
        )
        for index in range(len(candidates))
    ]


def _first_review(candidate: Candidate) -> float:
    """Return where the candidate is first named after a word of review, infinity if nowhere."""
    told = [span.start for span in candidate.mentions if span.around.cues & {"REVIEW near", "REVIEW left"}]
    return min(told, default=math.inf)


def article_row(candidates: Sequence[Candidate], page: Page, grammar: Grammar) -> Vector:
    """Return the features of the article as a whole: shape (n_features,)."""
    classes, stops = page.tokens.classes, page.outline.stops
    title_end = _sentence_end(stops, page.title_sentences - 1, len(classes)) if page.title_sentences else 0
    lead_end = _sentence_end(stops, page.title_sentences + _LEAD - 1, len(classes))
    title, lead = classes[:title_end], classes[title_end:lead_end]
    symbols = grammar.symbols
    length = max(len(classes), 1)
    numbers = sum(page.outline.figures.count(symbols[name]) for name in ("G", "D", "PERCENT"))
    near = [span for candidate in candidates for span in candidate.mentions if "REVIEW near" in span.around.cues]
    lead_sentences = page.title_sentences + _LEAD
    spans = [span for candidate in candidates for span in candidate.mentions]
    in_lead = [span for span in spans if span.around.sentence < lead_sentences]
    review, event = symbols["REVIEW"], symbols["EVENT"]
    row = [
        1.0,
        float(not candidates),
        math.log1p(min(len(candidates), _MANY)),
        10.0 * numbers / length,
        math.log(length) / 10,
    ]
    row += [float(not page.anchor.year), float(bool(near)), float(any(span in in_lead for span in near))]
    row += [float(any(span.role == role for span in spans)) for role in ("reported", "planned")]
    row += [float(review in lead and event in lead), float(any(span.resolved.kind != "month" for span in in_lead))]
    row += [float(review in title), float(any(span.role == "compared" for span in page.spans))]
    for cue in _ARTICLE_CUES:
        sign = symbols[cue]
        row += [float(sign in title), float(sign in lead), min(100.0 * classes.count(sign) / length, 5.0)]
    return np.array(row)


def _sentence_end(stops: Sequence[int], sentence: int, size: int) -> int:
    return stops[sentence] if 0 <= sentence < len(stops) else size


@cache
def relation_names() -> tuple[str, ...]:
    """Return the names of the features that relate a plan to the reporting period."""
    return tuple(f"plan {name}" for name in (*_RELATIONS, "no reporting period", "is the reporting period"))


def relation_rows(candidates: Sequence[Candidate], chosen: Candidate | None) -> Vector:
    """Return how each candidate relates to the reporting period: shape (n_candidates, n_features)."""
    rows = np.zeros((len(candidates), len(relation_names())))
    for index, candidate in enumerate(candidates):
        rows[index] = _relation(candidate, chosen)
    return rows


def _relation(plan: Candidate, chosen: Candidate | None) -> list[float]:
    if chosen is None:
        return [0.0] * 7 + [1.0, 0.0]
    same = float(plan is chosen)
    if not plan.start or not chosen.start:
        return [0.0] * 8 + [same]
    begin, last, previous = month_number(plan.start), month_number(chosen.end), month_number(chosen.start)
    ends = month_number(plan.end)
    after = begin == last + 1 or (plan.kind == "school_year" == chosen.kind and begin == last + 4)
    return [
        float(after),
        float(after and plan.start[:4] == chosen.end[:4]),
        float(plan.kind == "year" and begin == last + 1),
        float(plan.start[:4] == chosen.end[:4] and begin > last),
        float(begin <= previous and ends >= last),
        float(begin >= previous and ends <= last),
        float(ends < previous),
        0.0,
        same,
    ]
