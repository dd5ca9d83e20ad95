"""The door to gensim, which LDA and LSI come from."""

from types import ModuleType
from typing import Any

from civictopics.errors import UsageError
from civictopics.themes.vocabulary import Counts

try:
    import gensim.matutils
    import gensim.models
except ImportError:
    _GENSIM: ModuleType | None = None
else:
    _GENSIM = gensim


def models() -> Any:  # noqa: ANN401 - gensim publishes no types
    """Return gensim's models.

    Raises
    ------
    UsageError
        If gensim is not installed.
    """
    if _GENSIM is None:
        raise UsageError("LDA and LSI need gensim: pip install 'civictopics[topics]'")
    return _GENSIM.models


def corpus_of(counts: Counts) -> Any:  # noqa: ANN401 - gensim publishes no types
    """Return counted passages in gensim's form."""
    models()
    return gensim.matutils.Sparse2Corpus(counts.matrix, documents_columns=False)


def words_of(counts: Counts) -> dict[int, str]:
    """Return the terms by their numbers."""
    return dict(enumerate(counts.vocabulary))
