"""What an article's tags rest on, in its own words: for the reader of the report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from civictopics.corpus.records import Article
from civictopics.periods.spans import ArticlePeriods, PeriodSpan
from civictopics.tagging.analysis import ReadArticle
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.cue_trie import Cue
from civictopics.tagging.features import CUE_ZONES
from civictopics.tagging.fragments import Fragment, Mark, fragment_around
from civictopics.tagging.words_in_place import place_words
from civictopics.tagging.zones import EventSentence, read_zones
from civictopics.themes.guided import GUIDED_THEMES

OPENING = 2_000
"""Characters of a text in which the cues of its meeting type are looked for: the event is told there or nowhere."""
_WIDTH = 400
_PASSAGES = 3
_CUES = 6


@dataclass(frozen=True, slots=True)
class ThemePassage:
    """A passage of an article that speaks for a theme: its number, the theme, its weight, how it begins."""

    position: int
    theme: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class PeriodEvidence:
    """Where an article names its reporting period and its plan period.

    Attributes
    ----------
    title : tuple of Mark
        In the headline.
    period, plan : Fragment or None
        In the text.
    """

    title: tuple[Mark, ...]
    period: Fragment | None
    plan: Fragment | None


@dataclass(frozen=True, slots=True)
class DecidingCue:
    """A cue, the article's words for it, and what it does to the score of the type against the runner-up."""

    name: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class TypeEvidence:
    """Why an article has its meeting type rather than the next best.

    Attributes
    ----------
    runner_up : str
    cues : tuple of DecidingCue
        The weightiest first.
    title : tuple of Mark
        Cues in the headline.
    event : Fragment
        The sentence that tells of the event, its cues marked; the beginning of the text where there is none.
    """

    runner_up: str
    cues: tuple[DecidingCue, ...]
    title: tuple[Mark, ...]
    event: Fragment


def theme_passages(read: ReadArticle) -> tuple[ThemePassage, ...]:
    """Return for each theme that a passage has by half or more the passage that has it most, at most three."""
    weights = read.passage_weights[:, : len(GUIDED_THEMES)]
    best = weights.argmax(axis=0)
    found = [
        (float(weights[place, number]), int(place), theme)
        for number, (theme, place) in enumerate(zip(GUIDED_THEMES, best.tolist(), strict=True))
        if weights[place, number] >= 0.5
    ]
    found.sort(key=lambda entry: -entry[0])
    return tuple(
        ThemePassage(place, theme, weight, read.passages[place][:_WIDTH]) for weight, place, theme in found[:_PASSAGES]
    )


def period_evidence(article: Article, periods: ArticlePeriods) -> PeriodEvidence:
    """Return where the reporting period and the plan period are named."""
    named = [span for span in periods.spans if span.role in ("reported", "planned")]
    head = len(article.title) + 1
    title = tuple(
        Mark(span.position[0] + head, span.position[1] + head, _KINDS[span.role])
        for span in named
        if span.position[0] < 0
    )
    inside = [span for span in named if span.position[0] >= 0]
    period = _best_span(inside, "reported", periods.evidence, periods.start) if periods.kind != "none" else None
    plan = _best_span(inside, "planned", periods.plan_evidence, periods.plan_start) if periods.plan_evidence else None
    return PeriodEvidence(title, _around(article.text, period, inside), _around(article.text, plan, inside))


_KINDS = {"reported": "period", "planned": "plan"}


def _best_span(spans: Sequence[PeriodSpan], role: str, words: str, start: str) -> PeriodSpan | None:
    """Return the span that a period was read from, or another mention of it."""
    own = [span for span in spans if span.role == role]
    exact = [span for span in own if span.words == words and span.start == start]
    return next(iter(exact or [span for span in own if span.start == start]), None)


def _around(text: str, span: PeriodSpan | None, spans: Sequence[PeriodSpan]) -> Fragment | None:
    if span is None:
        return None
    own = Mark(*span.position, _KINDS[span.role])
    later = (Mark(*other.position, _KINDS[other.role]) for other in spans if other.position[0] >= own.end)
    return fragment_around(text, [own, *later]).clipped(_WIDTH)


def type_evidence(tagger: CombinationTagger, title: str, opening: str, language: str, label: str) -> TypeEvidence:
    """Return what in the headline and the beginning of a text speaks for its meeting type.

    Parameters
    ----------
    tagger : CombinationTagger
    title, opening, language : str
        The opening is at least the first `OPENING` characters of the text.
    label : str
        The type that the article has; one that the tagger does not know has no cues.
    """
    if label not in tagger.classes_:
        return TypeEvidence("", (), (), _beginning(opening))
    zones = read_zones(opening[:OPENING], title, language, tagger.languages_folder)
    columns, values = tagger.features_.row(zones)
    best = tagger.classes_.tolist().index(label)
    scores = tagger.coef_[:, columns] @ values + tagger.intercept_
    scores[best] = -np.inf
    second = int(scores.argmax())
    n_labels = len(tagger.features_.labels)
    is_cue = columns < len(CUE_ZONES) * n_labels
    difference = (tagger.coef_[best] - tagger.coef_[second])[columns[is_cue]] * values[is_cue]
    weights: dict[str, float] = {}
    for column, weight in zip(columns[is_cue].tolist(), difference.tolist(), strict=True):
        name = tagger.features_.labels[column % n_labels]
        weights[name] = weights.get(name, 0.0) + weight
    ranked = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))[:_CUES]
    names = [name for name, _ in ranked]
    needed = max(
        (match.end for matches in zones.matches.values() for match in matches if match.label in names), default=0
    )
    head, text = _Written(title, place_words(title)), _Written(opening, place_words(opening, needed))
    found: dict[str, list[tuple[_Written, Cue]]] = {}
    for zone, matches in zones.matches.items():
        for match in matches:
            if match.label in names:
                found.setdefault(match.label, []).append((head if zone == "title" else text, match))
    cues = tuple(
        DecidingCue(name, found[name][0][0].words(found[name][0][1]), round(weight, 2))
        for name, weight in ranked
        if name in found
    )
    in_title = [match for matches in found.values() for written, match in matches if written is head]
    in_text = [match for name in names for written, match in found.get(name, ()) if written is text]
    event = _event(text, in_text, zones.plainest())
    return TypeEvidence(str(tagger.classes_[second]), cues, head.marks(in_title), event)


@dataclass(frozen=True, slots=True)
class _Written:
    """A text and where its words stand."""

    text: str
    places: list[tuple[int, int]]

    def words(self, match: Cue) -> str:
        """Return the words of a cue as the text has them."""
        places = self.places[match.first : match.end]
        return self.text[places[0][0] : places[-1][1]] if places else ""

    def marks(self, matches: Sequence[Cue]) -> tuple[Mark, ...]:
        """Return where the words of cues stand, those that follow each other or overlap as one."""
        spans = sorted(
            (self.places[match.first][0], self.places[match.end - 1][1])
            for match in matches
            if match.end <= len(self.places)
        )
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        return tuple(Mark(start, end, "cue") for start, end in merged)


def _event(text: _Written, matches: Sequence[Cue], plainest: EventSentence | None) -> Fragment:
    """Return the sentence that tells of the event most plainly, with its cues marked.

    Without a cue in it, the sentence of the weightiest cue; without any, the beginning of the text.
    """
    inside = [match for match in matches if plainest and plainest.begin <= match.first < plainest.end]
    marks = text.marks(inside or [match for match in matches if match.first >= matches[0].first])
    return fragment_around(text.text, marks).clipped(_WIDTH) if marks else _beginning(text.text)


def _beginning(opening: str) -> Fragment:
    return Fragment(opening[:_WIDTH].replace("\n", " "), ends=len(opening) <= _WIDTH)
