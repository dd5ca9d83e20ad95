"""The reference corpus: invented events told in five languages, aligned and labelled (see ``data/README.md``)."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from civictopics.corpus.records import Article
from civictopics.errors import UsageError
from civictopics.languages import LANGUAGES

LABELS = (
    "themes",
    "main_theme",
    "meeting_type",
    "period_kind",
    "period_start",
    "period_end",
    "plan_start",
    "plan_end",
)
"""The labels of an event, as in the codebook."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An aligned passage: its theme (one of the four, or ``other``) and its text in each language."""

    theme: str
    text: dict[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """One event, told in five languages.

    Attributes
    ----------
    group : str
        Names the event; its five articles share it.
    published : str
        ISO 8601 date.
    place, level : str
        Province, and one of ward, district, province, centre.
    title : dict of str to str
        By language.
    passages : tuple of Passage
    themes : tuple of str
    main_theme, meeting_type, period_kind, period_start, period_end, plan_start, plan_end : str
        The codebook's labels.
    """

    group: str
    published: str
    place: str
    level: str
    title: dict[str, str]
    passages: tuple[Passage, ...]
    themes: tuple[str, ...]
    main_theme: str
    meeting_type: str
    period_kind: str
    period_start: str
    period_end: str
    plan_start: str
    plan_end: str

    def text(self, language: str) -> str:
        """Return the article in one language, one passage per line."""
        return "\n".join(passage.text[language] for passage in self.passages)

    def article(self, language: str) -> Article:
        """Return the article in one language, with the event's labels (themes joined by ``;``)."""
        labels = {name: str(getattr(self, name)) for name in LABELS if name != "themes"}
        return Article(
            id=f"{self.group}.{language}",
            source="reference corpus",
            group=self.group,
            lang=language,
            lang_probability=1.0,
            published=self.published,
            title=self.title[language],
            text=self.text(language),
            url="",
            labels={"themes": ";".join(self.themes), "place": self.place, "level": self.level, **labels},
        )


@dataclass(frozen=True, slots=True)
class ReferenceCorpus:
    """The events, in the order of their groups.

    Attributes
    ----------
    events : tuple of Event
    revision : str
        SHA-256 of the corpus files.
    """

    events: tuple[Event, ...]
    revision: str

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def articles(self, languages: Sequence[str] = LANGUAGES) -> list[Article]:
        """Return the articles of all events in `languages`, event by event."""
        return [event.article(language) for event in self.events for language in languages]


def load_corpus(folder: str | Path | None = None) -> ReferenceCorpus:
    """Read the reference corpus.

    Parameters
    ----------
    folder : str or Path, optional
        A folder with files ``events-*.jsonl`` of the same form; that of the package by default.

    Raises
    ------
    UsageError
        If the folder holds no such files.

    Examples
    --------
    >>> corpus = load_corpus()
    >>> article = corpus.articles(["sv"])[0]
    >>> article.lang, article.labels["meeting_type"] == corpus.events[0].meeting_type
    ('sv', True)
    """
    home = Path(folder) if folder is not None else _home()
    paths = sorted(home.glob("events-*.jsonl"))
    if not paths:
        raise UsageError(f"no files events-*.jsonl in {home}")
    digest = hashlib.sha256()
    events = []
    for path in paths:
        content = path.read_bytes()
        digest.update(content)
        events += [_event(json.loads(line)) for line in content.decode("utf-8").splitlines() if line]
    return ReferenceCorpus(tuple(events), digest.hexdigest())


def _event(record: dict[str, Any]) -> Event:
    passages = tuple(Passage(passage["theme"], passage["text"]) for passage in record.pop("passages"))
    return Event(passages=passages, themes=tuple(record.pop("themes")), **record)


def _home() -> Path:
    packaged = Path(str(files("civictopics"))) / "data" / "corpus"
    return packaged if packaged.is_dir() else Path(str(files("civictopics"))).parent / "data" / "corpus"
