"""What a theme model finds, in one typed object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TypicalText:
    """A passage that a theme is strong in: its place among the passages, its weight, its text."""

    passage: int
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """The themes of some passages.

    Attributes
    ----------
    method : str
    names : tuple of str, length n_themes
        Fixed names of guided themes; ``d1``, ``d2`` ... of discovered ones, the largest first.
    vocabulary : tuple of str, length n_terms
        Terms of all languages together.
    theme_term : array, shape (n_themes, n_terms)
        What share of a theme's words each term is; rows sum to one, or to zero for a theme without words.
    passage_theme : array, shape (n_passages, n_themes)
        Weight of each theme in each passage.
    article_theme : array, shape (n_articles, n_themes)
        Length-weighted means over the passages of each article.
    articles : tuple, length n_articles
        The articles, in the order of the rows of `article_theme`.
    key_phrases : tuple of mapping of str to tuple of str, length n_themes
        Per theme and language, the strongest first.
    typical : tuple of tuple of TypicalText, length n_themes
        The strongest passages.
    sizes : array of int, shape (n_themes,)
        Passages that each theme is the strongest in.
    stability : array, shape (n_themes,), or None
        Where the method measured it: how well each theme returns when articles are resampled, 1 at best.
    unstable : tuple of str
        Themes that do not survive resampling: to be reported as unstable, not as found.
    """

    method: str
    names: tuple[str, ...]
    vocabulary: tuple[str, ...]
    theme_term: Matrix
    passage_theme: Matrix
    article_theme: Matrix
    articles: tuple[object, ...]
    key_phrases: tuple[Mapping[str, tuple[str, ...]], ...]
    typical: tuple[tuple[TypicalText, ...], ...]
    sizes: NDArray[np.int64]
    stability: Matrix | None = None
    unstable: tuple[str, ...] = ()

    def labels(self) -> NDArray[np.int64]:
        """Return the strongest theme of each passage, shape (n_passages,); of equals, the first."""
        strongest: NDArray[np.int64] = self.passage_theme.argmax(axis=1)
        return strongest


def article_means(
    weights: Matrix, lengths: Sequence[int], articles: Sequence[object]
) -> tuple[Matrix, tuple[object, ...]]:
    """Return the length-weighted means over articles, shape (n_articles, n_themes), and the articles in order."""
    order = {article: place for place, article in enumerate(dict.fromkeys(articles))}
    rows = np.array([order[article] for article in articles], dtype=np.int64)
    sums = np.zeros((len(order), weights.shape[1]))
    totals = np.zeros(len(order))
    np.add.at(sums, rows, weights * np.asarray(lengths, dtype=np.float64)[:, None])
    np.add.at(totals, rows, np.asarray(lengths, dtype=np.float64))
    return sums / np.maximum(totals, 1.0)[:, None], tuple(order)
