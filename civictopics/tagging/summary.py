"""Counts over a run's articles, kept while they stream by: what figures and report show."""

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.sampling import DigestSample
from civictopics.tagging.analysis import ReadArticle
from civictopics.tagging.evidence import OPENING, PeriodEvidence, ThemePassage, period_evidence, theme_passages
from civictopics.tagging.group_sample import GroupSample
from civictopics.themes.guided import GUIDED_THEMES

SHOWN_ARTICLES = 2000
"""The report shows this many articles at most; a larger corpus is sampled."""
PHRASE_TEXTS = 800
_TYPICAL = 2


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as the report shows it.

    Attributes
    ----------
    row : dict of str to str
        Its row in ``tags.csv``.
    vector : array of float32, shape (n_dimensions,)
    title : str
        As written.
    opening : str
        The beginning of its text.
    lang_probability, main_theme_probability, plan_probability : float
    passages : tuple of ThemePassage
    periods : PeriodEvidence
    """

    row: dict[str, str]
    vector: NDArray[np.float32]
    title: str
    opening: str
    lang_probability: float
    main_theme_probability: float
    plan_probability: float
    passages: tuple[ThemePassage, ...]
    periods: PeriodEvidence


@dataclass(order=True, frozen=True, slots=True)
class TypicalPassage:
    """A passage that a theme is strong in."""

    weight: float
    id: str
    position: int
    text: str = field(compare=False)
    group: str = field(compare=False)


class RunSummary:
    """Counts, a sample of articles and typical passages of a run.

    Attributes
    ----------
    n_articles, n_passages, n_to_check : int
        Articles, their passages, and articles with a field to be checked by hand.
    languages, main_themes, meeting_types, period_kinds, checks : Counter of str
        Articles by value.
    themes_by_language : Counter of (theme, language)
        Articles that treat the theme.
    languages_by_month : Counter of (month, language)
        Articles by month of publication, or by year where no more is known; the month is empty without a date.
    types_by_language : Counter of (meeting type, language)
    groups : GroupSample
        What groups are about and when they were published.
    theme_sizes, discovered_sizes : Counter of str
        Passages with a weight of at least one half, and passages in each discovered theme.
    shown : DigestSample of ShownArticle
        At most 2,000 articles, chosen by the digest of their group, so that translations stay together.
        Evidence is gathered only for them.
    """

    def __init__(self) -> None:
        self.n_articles = 0
        self.n_passages = 0
        self.n_to_check = 0
        self.languages: Counter[str] = Counter()
        self.main_themes: Counter[str] = Counter()
        self.meeting_types: Counter[str] = Counter()
        self.period_kinds: Counter[str] = Counter()
        self.checks: Counter[str] = Counter()
        self.themes_by_language: Counter[tuple[str, str]] = Counter()
        self.languages_by_month: Counter[tuple[str, str]] = Counter()
        self.types_by_language: Counter[tuple[str, str]] = Counter()
        self.groups = GroupSample()
        self.theme_sizes: Counter[str] = Counter()
        self.discovered_sizes: Counter[str] = Counter()
        self.shown: DigestSample[ShownArticle] = DigestSample(SHOWN_ARTICLES)
        self._typical: dict[tuple[str, str], list[TypicalPassage]] = {}
        self._phrase_texts: dict[tuple[str, str], DigestSample[str]] = {}

    def add(
        self,
        read: ReadArticle,
        row: dict[str, str],
        vector: NDArray[np.float32],
        discovered: Sequence[str],
        closeness: Sequence[float],
    ) -> None:
        """Count one article.

        Parameters
        ----------
        read : ReadArticle
        row : dict of str to str
            Its row in ``tags.csv``.
        vector : array of float32, shape (n_dimensions,)
        discovered : sequence of str
            The discovered theme of each passage.
        closeness : sequence of float
            How near each passage is to the centre of its discovered theme.
        """
        article = read.article
        self.n_articles += 1
        self.n_passages += len(read.passages)
        self.languages[article.lang] += 1
        self.main_themes[read.main_theme] += 1
        self.meeting_types[read.meeting_type] += 1
        self.period_kinds[read.periods.kind] += 1
        self.n_to_check += bool(row["check"])
        self.checks.update(filter(None, row["check"].split(";")))
        self.languages_by_month[article.published[:7], article.lang] += 1
        self.types_by_language[read.meeting_type, article.lang] += 1
        self.themes_by_language.update((theme, article.lang) for theme in read.themes)
        self.groups.add(article.group, article.published, [theme in read.themes for theme in GUIDED_THEMES])
        self.discovered_sizes.update(discovered)
        for position, passage in enumerate(read.passages):
            strong = [
                (theme, weight)
                for theme, weight in zip(GUIDED_THEMES, read.passage_weights[position].tolist(), strict=True)
                if weight >= 0.5
            ]
            self.theme_sizes.update(theme for theme, _ in strong)
            for theme, weight in [*strong, (discovered[position], closeness[position])]:
                self._offer(theme, read, position, passage, weight)
            for theme in [*(theme for theme, _ in strong or [("", 0.0)]), discovered[position]]:
                texts = self._phrase_texts.setdefault((theme, article.lang), DigestSample(PHRASE_TEXTS))
                texts.add(passage, passage)
        if self.shown.wants(article.group):
            self.shown.add(article.group, _shown(read, row, vector))

    def typical(self, theme: str, language: str) -> list[TypicalPassage]:
        """Return up to two passages of a language that a theme is strongest in, of different groups."""
        return sorted(self._typical.get((theme, language), []), key=lambda p: (-p.weight, p.id, p.position))

    def phrase_texts(self, theme: str, language: str) -> list[str]:
        """Return at most 800 passages of a theme and language, chosen by digest; theme ``""`` is none of the four."""
        sample = self._phrase_texts.get((theme, language))
        return sample.items() if sample else []

    def _offer(self, theme: str, read: ReadArticle, position: int, passage: str, weight: float) -> None:
        kept = self._typical.setdefault((theme, read.article.lang), [])
        entry = TypicalPassage(round(weight, 4), read.article.id, position, passage[:600], read.article.group)
        if any(other.group == entry.group and other.weight >= entry.weight for other in kept):
            return
        kept[:] = [other for other in kept if other.group != entry.group]
        kept.append(entry)
        if len(kept) > _TYPICAL:
            kept[:] = heapq.nlargest(_TYPICAL, kept)


def _shown(read: ReadArticle, row: dict[str, str], vector: NDArray[np.float32]) -> ShownArticle:
    article = read.article
    return ShownArticle(
        row=row,
        vector=vector,
        title=article.title,
        opening=article.text[:OPENING],
        lang_probability=article.lang_probability,
        main_theme_probability=read.main_theme_probability,
        plan_probability=read.periods.plan_probability,
        passages=theme_passages(read),
        periods=period_evidence(article, read.periods),
    )
