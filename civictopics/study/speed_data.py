"""What is timed: articles of about 3 KB from the reference corpus."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from civictopics.corpus.records import Article
from civictopics.corpus.reference import Event, load_corpus
from civictopics.languages import LANGUAGES

_BYTES = 3_000


@dataclass(frozen=True, slots=True)
class TimedTexts:
    """What is timed.

    Attributes
    ----------
    articles : sequence of Article
        Two of the corpus in one, so that they have about 3 KB.
    events : sequence of Event
        Those of the corpus.
    """

    articles: Sequence[Article]
    events: Sequence[Event]


def load_timed(languages: Sequence[str]) -> TimedTexts:
    """Return the articles of each pair of events, in the languages wanted."""
    events = list(load_corpus())
    articles = []
    for first, second in zip(events[::2], events[1::2], strict=False):
        for code in languages or LANGUAGES:
            article = first.article(code)
            articles.append(replace(article, text=f"{article.text}\n{second.text(code)}"))
    return TimedTexts(articles, events)


def mixed_texts(count: int) -> list[str]:
    """Return `count` texts of about 3 KB, all different: passages of one language, drawn at random."""
    random = np.random.default_rng(0)
    passages = [passage for event in load_corpus() for passage in event.passages]
    texts = []
    for number in range(count):
        code, parts, size = LANGUAGES[number % len(LANGUAGES)], [], 0
        while size < _BYTES:
            parts.append(passages[random.integers(len(passages))].text[code])
            size += len(parts[-1].encode())
        texts.append("\n".join(parts))
    return texts
