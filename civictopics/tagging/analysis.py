"""Read one article: its passages, themes, subject, meeting type and periods. Runs in worker processes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.passages import split_passages, word_count
from civictopics.corpus.records import Article
from civictopics.periods import ArticlePeriods, PeriodExtractor
from civictopics.tagging.meeting_type import MEETING_TYPES, MeetingTypeTagger
from civictopics.themes.guided import GUIDED_THEMES, ThemeModel
from civictopics.themes.subjects import main_subject

_SENTENCE = re.compile(r"[.!?…؟](?=\s|$|[\"”»])")
_TREATED = 0.5
_LEAST_SENTENCES = 3
_LEAST_SHARE = 0.25
_LEAST_MAIN = 0.12
_TITLE_BONUS = 0.3


@dataclass(slots=True)
class ReadArticle:
    """What one article says.

    Attributes
    ----------
    passages : list of str
    passage_weights : array of float32, shape (n_passages, 4)
        Weight of each guided theme in each passage.
    theme_weights : array of float32, shape (4,)
        Length-weighted means over the passages.
    themes : list of str
        Themes treated in substance, by the codebook's rule.
    """

    article: Article
    passages: list[str]
    passage_weights: NDArray[np.float32]
    theme_weights: NDArray[np.float32]
    themes: list[str]
    main_theme: str
    meeting_type: str
    meeting_type_probability: float
    periods: ArticlePeriods

    @property
    def word_counts(self) -> list[int]:
        """Words of each passage: its weight in the article."""
        return [word_count(passage) for passage in self.passages]


def read_batch(articles: list[Article], folder: Path | None) -> list[ReadArticle]:
    """Return what each article says, in order."""
    return [_read(article, folder) for article in articles]


def _read(article: Article, folder: Path | None) -> ReadArticle:
    themes, meetings, periods = _readers(folder)
    passages = split_passages(article.text)
    lengths = np.array([word_count(passage) for passage in passages], dtype=np.float32)
    weights = themes.transform([*passages, article.title], [article.lang] * (len(passages) + 1))
    weights, of_title = weights[:-1], weights[-1]
    means = (weights * lengths[:, None]).sum(axis=0) / lengths.sum()
    chances = meetings.predict_proba([article.text], [article.title], [article.lang])[0]
    best = int(chances.argmax())
    return ReadArticle(
        article=article,
        passages=passages,
        passage_weights=weights,
        theme_weights=means,
        themes=themes_in_substance(passages, weights, of_title),
        main_theme=_main_theme(article, means + _TITLE_BONUS * of_title, folder),
        meeting_type=MEETING_TYPES[best],
        meeting_type_probability=float(chances[best]),
        periods=periods.extract(article.text, article.lang, article.published, article.title),
    )


def themes_in_substance(
    passages: Sequence[str], weights: NDArray[np.float32], of_title: NDArray[np.float32]
) -> list[str]:
    """Return the themes that an article treats in substance.

    As in the codebook: three sentences or a quarter of the article, or the
    headline.

    Parameters
    ----------
    passages : sequence of str
    weights : array, shape (n_passages, 4)
    of_title : array, shape (4,)
    """
    sentences = np.array([max(1, len(_SENTENCE.findall(passage))) for passage in passages])
    lengths = np.array([word_count(passage) for passage in passages])
    treated = weights >= _TREATED
    enough = (
        ((treated * sentences[:, None]).sum(axis=0) >= _LEAST_SENTENCES)
        | ((treated * lengths[:, None]).sum(axis=0) >= _LEAST_SHARE * lengths.sum())
        | (of_title >= _TREATED)
    )
    return [theme for theme, present in zip(GUIDED_THEMES, enough, strict=True) if present]


def _main_theme(article: Article, scores: NDArray[np.float32], folder: Path | None) -> str:
    best = int(scores.argmax())
    if scores[best] >= _LEAST_MAIN:
        return GUIDED_THEMES[best]
    return main_subject(article.title, article.text, article.lang, folder)


@cache
def _readers(folder: Path | None) -> tuple[ThemeModel, MeetingTypeTagger, PeriodExtractor]:
    return ThemeModel(folder).fit([]), MeetingTypeTagger(folder).fit([]), PeriodExtractor()
