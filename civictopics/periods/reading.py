"""From a scanned article to its two periods: candidates, choice, result."""

from dataclasses import dataclass

import numpy as np

from civictopics.periods.candidates import Candidate, gather
from civictopics.periods.features import Vector, article_row, candidate_rows, relation_rows
from civictopics.periods.grammar import Grammar
from civictopics.periods.ranker import Ranker
from civictopics.periods.scanner import FoundSpan, Page
from civictopics.periods.spans import ArticlePeriods, PeriodSpan


@dataclass(frozen=True)
class Problem:
    """An article as the ranker sees it.

    Attributes
    ----------
    page : Page
        The scanned article.
    candidates : list of Candidate
        The periods to choose from.
    rows : ndarray of shape (n_candidates, n_features)
        Features of the candidates.
    article : ndarray of shape (n_article_features,)
        Features of the article.
    """

    page: Page
    candidates: list[Candidate]
    rows: Vector
    article: Vector

    def barred(self) -> list[int]:
        """Return the places of the candidates that no results can be reported for.

        They lie ahead of the anchor, or every mention is a target or the start of something.
        """
        anchor = self.page.anchor
        now = f"{anchor.year:04d}-{anchor.month or 12:02d}" if anchor.year else "9999"
        return [
            place
            for place, candidate in enumerate(self.candidates)
            if candidate.start[:7] > now or all(_is_aside(span) for span in candidate.mentions)
        ]

    def plan_rows(self, chosen: Candidate | None) -> Vector:
        """Return the features of the candidates as plans, given the reporting period."""
        return np.hstack([self.rows, relation_rows(self.candidates, chosen)])


def _is_aside(span: FoundSpan) -> bool:
    constants = span.reading.constants
    return bool(constants.get("target")) or constants.get("role") == "mentioned"


def pose(page: Page, grammar: Grammar) -> Problem:
    """Turn a scanned article into a problem for the ranker."""
    candidates = gather(page.spans, congress=page.congress_in_lead)
    return Problem(page, candidates, candidate_rows(candidates, page), article_row(candidates, page, grammar))


def decide(problem: Problem, ranker: Ranker, *, language_known: bool) -> ArticlePeriods:
    """Choose the reporting period and the plan period of an article."""
    chances = ranker.reporting.probabilities(problem.rows, problem.article, problem.barred())
    chosen, chance = _best(problem.candidates, chances)
    barred = [index for index, candidate in enumerate(problem.candidates) if candidate is chosen]
    plan_chances = ranker.plan.probabilities(problem.plan_rows(chosen), problem.article, barred)
    plan, plan_chance = _best(problem.candidates, plan_chances)
    return ArticlePeriods(
        kind=chosen.kind if chosen else "none",
        kind_probability=chance,
        start=chosen.start if chosen else "",
        end=chosen.end if chosen else "",
        evidence=_evidence(chosen, problem.page),
        plan_start=plan.start if plan else "",
        plan_end=plan.end if plan else "",
        plan_evidence=_evidence(plan, problem.page),
        plan_probability=plan_chance,
        spans=_spans(problem, chances, chosen, plan),
        language_known=language_known,
        truncated=problem.page.truncated,
    )


def _best(candidates: list[Candidate], chances: Vector) -> tuple[Candidate | None, float]:
    """Return the likeliest candidate, None where that is none, and its probability."""
    rounded = [round(float(chance), 4) for chance in chances]
    index = max(range(len(rounded)), key=lambda place: rounded[place])
    return (candidates[index] if index < len(candidates) else None), rounded[index]


def _evidence(candidate: Candidate | None, page: Page) -> str:
    """Return the words of the mention that speaks loudest: one with a review near it, else the first."""
    if candidate is None:
        return ""
    dated = [span for span in candidate.mentions if span.resolved.start == candidate.start]
    mentions = dated or list(candidate.mentions)
    told = [span for span in mentions if "REVIEW near" in span.around.cues or "PLAN near" in span.around.cues]
    return _words((told or mentions)[0], page)


def _words(span: FoundSpan, page: Page) -> str:
    offset = page.head_length
    return page.whole[span.start + offset : span.end + offset]


def _spans(
    problem: Problem, chances: Vector, chosen: Candidate | None, plan: Candidate | None
) -> tuple[PeriodSpan, ...]:
    """List every span found, with the role that the choices give it."""
    homes = {id(m): (c, float(p)) for c, p in zip(problem.candidates, chances, strict=False) for m in c.mentions}
    listed: list[PeriodSpan] = []
    for span in problem.page.spans:
        candidate, chance = homes.get(id(span), (None, 0.0))
        role = span.role
        if candidate is not None and candidate is chosen and role != "compared":
            role = "reported"
        elif candidate is not None and candidate is plan and role != "compared":
            role = "planned"
        resolved, words = span.resolved, _words(span, problem.page)
        place = (span.start, span.end)
        listed.append(PeriodSpan(resolved.start, resolved.end, resolved.kind, role, words, place, round(chance, 4)))
    return tuple(listed)
