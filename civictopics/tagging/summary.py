"""Counts over a run's articles, kept while they stream by: what figures and report show."""

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import xxhash
from numpy.typing import NDArray

from civictopics.corpus.sampling import DigestSample
from civictopics.tagging.analysis import ReadArticle
from civictopics.themes.guided import GUIDED_THEMES

SHOWN_ARTICLES = 2000
PHRASE_TEXTS = 800
_TYPICAL = 2


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as the report shows it."""

    row: dict[str, str]
    vector: NDArray[np.float32]
    excerpt: str


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
    languages, main_themes, meeting_types, period_kinds, checks : Counter of str
        Articles by value.
    themes_by_language : Counter of (theme, language)
        Articles that treat the theme.
    themes_by_year : Counter of (theme, year)
        Groups that treat the theme, by year of publication; translations count once.
    groups_by_year : Counter of str
        Groups published in each year.
    theme_sizes, discovered_sizes : Counter of str
        Passages with a weight of at least one half, and passages in each discovered theme.
    shown : DigestSample of ShownArticle
        At most 2,000 articles, chosen by digest.
    """

    def __init__(self) -> None:
        self.n_articles = 0
        self.n_passages = 0
        self.languages: Counter[str] = Counter()
        self.main_themes: Counter[str] = Counter()
        self.meeting_types: Counter[str] = Counter()
        self.period_kinds: Counter[str] = Counter()
        self.checks: Counter[str] = Counter()
        self.themes_by_language: Counter[tuple[str, str]] = Counter()
        self.themes_by_year: Counter[tuple[str, str]] = Counter()
        self.groups_by_year: Counter[str] = Counter()
        self.theme_sizes: Counter[str] = Counter()
        self.discovered_sizes: Counter[str] = Counter()
        self.shown: DigestSample[ShownArticle] = DigestSample(SHOWN_ARTICLES)
        self._seen: set[int] = set()
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
        self.checks.update(filter(None, row["check"].split(";")))
        self._count_themes(read)
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
        self.shown.add(article.id, ShownArticle(row, vector, article.text[:400]))

    def typical(self, theme: str, language: str) -> list[TypicalPassage]:
        """Return up to two passages of a language that a theme is strongest in, of different groups."""
        return sorted(self._typical.get((theme, language), []), key=lambda p: (-p.weight, p.id, p.position))

    def phrase_texts(self, theme: str, language: str) -> list[str]:
        """Return at most 800 passages of a theme and language, chosen by digest; theme ``""`` is none of the four."""
        sample = self._phrase_texts.get((theme, language))
        return sample.items() if sample else []

    def _count_themes(self, read: ReadArticle) -> None:
        article, year = read.article, read.article.published[:4]
        for theme in read.themes:
            self.themes_by_language[theme, article.lang] += 1
        if not year:
            return
        for theme in ["", *read.themes]:
            key = xxhash.xxh3_64_intdigest(f"{theme}\n{article.group}".encode("utf-8", "replace"))
            if key not in self._seen:
                self._seen.add(key)
                if theme:
                    self.themes_by_year[theme, year] += 1
                else:
                    self.groups_by_year[year] += 1

    def _offer(self, theme: str, read: ReadArticle, position: int, passage: str, weight: float) -> None:
        kept = self._typical.setdefault((theme, read.article.lang), [])
        entry = TypicalPassage(round(weight, 4), read.article.id, position, passage[:600], read.article.group)
        if any(other.group == entry.group and other.weight >= entry.weight for other in kept):
            return
        kept[:] = [other for other in kept if other.group != entry.group]
        kept.append(entry)
        if len(kept) > _TYPICAL:
            kept[:] = heapq.nlargest(_TYPICAL, kept)
