"""Read articles: their passages, themes, subject, meeting type and periods. Runs in worker processes."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.passages import word_count
from civictopics.corpus.records import Article
from civictopics.encoding.base import Encoder, Vectors
from civictopics.encoding.loading import load_encoder
from civictopics.encoding.static import StaticEncoder
from civictopics.periods import ArticlePeriods, PeriodExtractor
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.meeting_type import MeetingTypeTagger
from civictopics.themes.guided import ThemeModel


@dataclass(slots=True)
class CutArticle:
    """An article cut into passages, with their vectors, shape (n_passages, n_dimensions)."""

    article: Article
    passages: list[str]
    vectors: Vectors


@dataclass(slots=True)
class ReadArticle:
    """What one article says.

    Attributes
    ----------
    passages : list of str
    vectors : array of float32, shape (n_passages, n_dimensions)
    passage_weights : array of float32, shape (n_passages, 4)
        Weight of each guided theme in each passage.
    theme_weights : array of float32, shape (4,)
        Length-weighted means over the passages.
    themes : list of str
        Themes treated in substance, by the codebook's rule.
    known_tokens : float
        Share of the text's tokens that the encoder knows; 1.0 for encoders that do not tell.
    word_counts : list of int
        Words of each passage: its weight in the article.
    """

    article: Article
    passages: list[str]
    vectors: Vectors
    passage_weights: NDArray[np.float32]
    theme_weights: NDArray[np.float32]
    themes: list[str]
    main_theme: str
    main_theme_probability: float
    meeting_type: str
    meeting_type_probability: float
    periods: ArticlePeriods
    known_tokens: float
    word_counts: list[int]


def read_batch(batch: list[CutArticle], folder: Path | None, encoder: str | None = None) -> list[ReadArticle]:
    """Return what each article says, in order.

    Parameters
    ----------
    batch : list of CutArticle
    folder : Path or None
        Further language files.
    encoder : str, optional
        Name or path of the encoder; one that knows its tokens tells how much of an article it knows.
    """
    themes, meetings, periods = _readers(folder)
    articles = [cut.article for cut in batch]
    titles, languages = [a.title for a in articles], [a.lang for a in articles]
    readings = themes.transform_articles(titles, [cut.passages for cut in batch], languages)
    chances = meetings.predict_proba([a.text for a in articles], titles, languages)
    known = _known_tokens(encoder, [a.text for a in articles])
    read = []
    for cut, reading, row, share in zip(batch, readings, chances, known, strict=True):
        article, best = cut.article, int(row.argmax())
        counts = [word_count(passage) for passage in cut.passages]
        lengths = np.array(counts, dtype=np.float32)
        read.append(
            ReadArticle(
                article=article,
                passages=cut.passages,
                vectors=cut.vectors,
                passage_weights=reading.passage_weights,
                theme_weights=(reading.passage_weights * lengths[:, None]).sum(axis=0) / lengths.sum(),
                themes=reading.themes,
                main_theme=reading.main_theme,
                main_theme_probability=reading.main_theme_probability,
                meeting_type=MEETING_TYPES[best],
                meeting_type_probability=float(row[best]),
                periods=periods.extract(article.text, article.lang, article.published, article.title),
                known_tokens=share,
                word_counts=counts,
            )
        )
    return read


def _known_tokens(encoder: str | None, texts: list[str]) -> list[float]:
    model = _loaded(encoder) if encoder is not None else None
    return model.coverage(texts).tolist() if isinstance(model, StaticEncoder) else [1.0] * len(texts)


@cache
def _loaded(encoder: str) -> Encoder:
    return load_encoder(encoder or None)


@cache
def _readers(folder: Path | None) -> tuple[ThemeModel, MeetingTypeTagger, PeriodExtractor]:
    return ThemeModel(folder).fit([]), MeetingTypeTagger(folder).fit([]), PeriodExtractor()
