"""Labelled data sets: what each is, and how it is read."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from civictopics.corpus.records import Article
from civictopics.corpus.reference import LABELS, load_corpus
from civictopics.errors import CivicTopicsError
from civictopics.languages import LANGUAGES


class DataMissingError(CivicTopicsError):
    """A data set is not on this machine, because it may not be redistributed."""


@dataclass(frozen=True, slots=True)
class LabelledArticles:
    """Articles with labels.

    Attributes
    ----------
    name : str
    articles : sequence of Article
        With their labels.
    training : sequence of Article, optional
        What is to be learnt from, where it is not these articles; without it, methods
        that learn are cross-validated.
    """

    name: str
    articles: Sequence[Article]
    training: Sequence[Article] | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """What a data set is.

    Attributes
    ----------
    name, description, licence, citation : str
    languages, labels : tuple of str
    redistributable : bool
        Where it is not, no row of it, nor any made from it, is written into the results:
        only scores.
    load : callable
        Takes the languages wanted (all where there are none) to what methods work on,
        such as LabelledArticles.
    digest : callable
        Returns the SHA-256 of its files.

    Both raise DataMissingError where the data set is not on this machine.
    """

    name: str
    description: str
    licence: str
    citation: str
    languages: tuple[str, ...]
    labels: tuple[str, ...]
    redistributable: bool
    load: Callable[[Sequence[str]], Any]
    digest: Callable[[], str]


def shared_folder() -> Path:
    """Return where data that may not be redistributed are expected: ``shared``, beside the repository."""
    return Path(str(files("civictopics"))).resolve().parent.parent / "shared"


def _load_corpus(languages: Sequence[str]) -> LabelledArticles:
    return LabelledArticles("corpus", load_corpus().articles(languages or LANGUAGES))


def _corpus_digest() -> str:
    return load_corpus().revision


def _real_vi_file() -> Path:
    path = shared_folder() / "real_vi" / "dev.jsonl"
    if not path.is_file():
        raise DataMissingError(f"real_vi is not here (../shared/real_vi/{path.name}; it may not be redistributed)")
    return path


def _load_real_vi(languages: Sequence[str]) -> LabelledArticles:
    articles = []
    for line in _real_vi_file().read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        labels = {name: str(record.get(name) or "") for name in LABELS if name != "themes"}
        articles.append(
            Article(
                id=record["id"],
                source="real_vi",
                group=record["id"],
                lang=record["lang"],
                lang_probability=1.0,
                published=record.get("published") or "",
                title=record["title"],
                text=record["text"],
                url="",
                labels={"themes": ";".join(record["themes"]), **labels},
            )
        )
    return LabelledArticles("real_vi", articles, load_corpus().articles(languages or LANGUAGES))


def _real_vi_digest() -> str:
    digest = hashlib.sha256(_real_vi_file().read_bytes())
    digest.update(load_corpus().revision.encode())
    return digest.hexdigest()


DATA_SETS = {
    "corpus": DataSet(
        name="corpus",
        description="the reference corpus: invented events, each told in five languages; cross-validated by event",
        licence="CC-BY-4.0",
        citation="data/README.md",
        languages=LANGUAGES,
        labels=LABELS,
        redistributable=True,
        load=_load_corpus,
        digest=_corpus_digest,
    ),
    "real_vi": DataSet(
        name="real_vi",
        description="119 real Vietnamese articles, labelled twice; nothing is learnt from them",
        licence="for research; no redistribution",
        citation="public research collections of Vietnamese news, 2004-2020",
        languages=("vi",),
        labels=LABELS,
        redistributable=False,
        load=_load_real_vi,
        digest=_real_vi_digest,
    ),
}
