"""The reference corpus as training material: units with labels, in several views of each article."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from civictopics.corpus.passages import split_passages
from civictopics.corpus.reference import Event
from civictopics.languages import load_language
from civictopics.languages.matching import split_words
from civictopics.themes.articles import Floats, UnitBatch, cut_articles
from civictopics.themes.evidence import load_evidence
from civictopics.themes.names import GUIDED_THEMES, MAIN_THEMES, NO_THEME
from civictopics.themes.wording import term_matrix

CLASSES = (*GUIDED_THEMES, NO_THEME)
VIEWS = ("aligned", "cut", "alone", "untitled")
"""Labelled passages; passages as the main job cuts them; labelled ones without context; the cut ones without title."""


@dataclass(frozen=True, slots=True)
class View:
    """One way of cutting the articles of one language.

    Attributes
    ----------
    batch : UnitBatch
    terms : sparse array, shape (n_units, N_BUCKETS)
    evidence : array, shape (n_units, 10)
    labels : array of int, shape (n_units,)
        Index into `CLASSES`.
    events : array of int, shape (n_articles,)
    titled : bool
    passages : list of str
        The passages that the units are cut from.
    """

    batch: UnitBatch
    terms: csr_matrix
    evidence: Floats
    labels: NDArray[np.int64]
    events: NDArray[np.int64]
    titled: bool
    passages: list[str]

    @property
    def unit_events(self) -> NDArray[np.int64]:
        """The event of each unit."""
        sizes = np.diff(np.append(self.batch.starts, len(self.labels)))
        repeated: NDArray[np.int64] = np.repeat(self.events, sizes)
        return repeated


@dataclass(frozen=True, slots=True)
class Material:
    """All of one language: its views, headlines, and the rows that tables are learned on.

    Attributes
    ----------
    rows : sparse array, shape (n_rows, N_BUCKETS)
        The labelled passages, then the headlines.
    phrase_terms : sparse array, shape (n_phrases, N_BUCKETS)
    kernel : array, shape (n_rows + n_phrases, n_rows + n_phrases)
        Inner products of both, computed once.
    """

    language: str
    views: dict[str, View]
    title_terms: csr_matrix
    title_evidence: Floats
    phrase_terms: csr_matrix
    phrase_targets: NDArray[np.float64]
    rows: csr_matrix
    kernel: Floats
    row_themes: NDArray[np.int64]
    row_events: NDArray[np.int64]


def event_targets(events: Sequence[Event]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return the flags, shape (n_events, 4), and the indices of the main themes, shape (n_events,)."""
    flags = np.array([[theme in event.themes for theme in GUIDED_THEMES] for event in events])
    return flags, np.array([MAIN_THEMES.index(event.main_theme) for event in events])


def prepare(events: Sequence[Event], language: str, phrasebook: Path | None = None) -> Material:
    """Cut and count the articles of one language.

    Parameters
    ----------
    events : sequence of Event
        Those that are not told in the language are passed over; they keep their numbers.
    language : str
    phrasebook : Path, optional
        Folder of the phrasebook, whose phrases anchor the scores beside those of the language files.
    """
    phrases = _phrases(language, phrasebook)
    all_events = [number for number, event in enumerate(events) if language in event.title]
    told = [events[number] for number in all_events]
    titles = [split_words(event.title[language]) for event in told]
    passages = [[passage.text[language] for passage in event.passages] for event in told]
    cut = [split_passages(event.text(language)) for event in told]
    alone = [[text] for texts in passages for text in texts]
    owners = [number for number, texts in zip(all_events, passages, strict=True) for _ in texts]
    aligned = [label for event, texts in zip(told, passages, strict=True) for label in _labels(event, texts, texts)]
    recut = [
        label
        for event, texts, pieces in zip(told, passages, cut, strict=True)
        for label in _labels(event, texts, pieces)
    ]
    views = {
        "aligned": _view(passages, aligned, all_events, language, titled=True),
        "cut": _view(cut, recut, all_events, language, titled=True),
        "alone": _view(alone, aligned, owners, language, titled=False),
        "untitled": _view(cut, recut, all_events, language, titled=False),
    }
    texts = [split_words(text) for texts in passages for text in texts]
    themes = [CLASSES.index(passage.theme) for event in told for passage in event.passages]
    of_titles = [CLASSES.index(event.main_theme if event.main_theme in CLASSES[:4] else NO_THEME) for event in told]
    rows = term_matrix([*texts, *titles], language)
    phrase_terms = term_matrix([split_words(phrase) for phrase, _ in phrases], language)
    everything = vstack([rows, phrase_terms]).tocsr()
    return Material(
        language=language,
        views=views,
        title_terms=term_matrix(titles, language),
        title_evidence=load_evidence(language).weigh(titles),
        phrase_terms=phrase_terms,
        phrase_targets=np.array([_phrase_target(label) for _, label in phrases]),
        rows=rows,
        kernel=(everything @ everything.T).toarray(),
        row_themes=np.array([*themes, *of_titles]),
        row_events=np.array([*owners, *all_events]),
    )


def _phrases(language: str, phrasebook: Path | None) -> list[tuple[str, str]]:
    """Return phrases and what each is a sign of: a theme, a subject, or ``other`` for the near domain."""
    item = load_language(language)
    found = {phrase.replace("*", ""): theme for theme in GUIDED_THEMES for phrase in item.theme_seeds[theme]}
    for subject, terms in item.subject_terms.items():
        found |= {phrase.replace("*", ""): subject for phrase in terms}
    for path in sorted(phrasebook.glob("*.tsv")) if phrasebook is not None else ():
        label = path.stem.replace("-", "_")
        if label not in GUIDED_THEMES and path.stem != "near-domain":
            continue
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        column = head.split("\t").index(language)
        for line in lines:
            variants = line.split("\t")[column].split("|")
            found |= {variant: label if label in GUIDED_THEMES else NO_THEME for variant in variants if variant}
    return sorted(found.items())


def _phrase_target(label: str) -> NDArray[np.float64]:
    """Return the scores wanted of a phrase: its theme (or none), and its subject where it has one."""
    themes, mains = np.full(len(CLASSES), -0.2), np.zeros(len(MAIN_THEMES))
    themes[CLASSES.index(label if label in GUIDED_THEMES else NO_THEME)] = 0.8
    if label != NO_THEME:
        mains -= 0.1
        mains[MAIN_THEMES.index(label)] = 0.9
    return np.concatenate([themes, mains])


def _labels(event: Event, texts: Sequence[str], pieces: Sequence[str]) -> list[int]:
    """Return the label of each unit of `pieces`: that of the labelled passage most of its words stand in."""
    of_words = np.repeat([CLASSES.index(p.theme) for p in event.passages], [len(text.split()) for text in texts])
    labels, start = [], 0
    batch = cut_articles([pieces])
    for length in batch.lengths.astype(int):
        labels.append(int(np.bincount(of_words[start : start + length], minlength=len(CLASSES)).argmax()))
        start += length
    return labels


def _view(
    articles: Sequence[Sequence[str]], labels: list[int], events: list[int], language: str, *, titled: bool
) -> View:
    batch = cut_articles(articles)
    return View(
        batch=batch,
        terms=term_matrix(batch.words, language),
        evidence=load_evidence(language).weigh(batch.words),
        labels=np.array(labels),
        events=np.array(events),
        titled=titled,
        passages=[text for passages in articles for text in passages],
    )
