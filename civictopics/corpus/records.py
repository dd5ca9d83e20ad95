"""What moves between the steps of reading: raw records, articles, and inputs that were not used."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input or article that is not used, and why (a row of ``dropped.csv``)."""

    source: str
    id: str
    reason: str


@dataclass(slots=True)
class RawRecord:
    """One article as its file gives it; unknown values are empty.

    Attributes
    ----------
    source : str
        Where it was read: a file name, with ``#`` and the line or row number for files of many articles.
    container : str
        The folder or file that it shares with others of its origin; repetition is counted within it.
    """

    source: str
    container: str
    id: str
    text: str
    title: str = ""
    published: str = ""
    lang: str = ""
    group: str = ""
    url: str = ""


@dataclass(slots=True)
class Article:
    """One cleaned article in one language.

    Attributes
    ----------
    id : str
        Unique in its corpus.
    source : str
        Where it was read.
    group : str
        The article and all its translations share it; the unit of splitting and counting.
    lang : str
        ISO 639-1 code, empty where unknown.
    lang_probability : float
        1.0 where the input gave the language.
    published : str
        ISO 8601, possibly of reduced precision (``2017``, ``2017-03``), empty where unknown.
    title, text, url : str
        Cleaned; `text` has one paragraph per line.
    labels : dict of str to str
        The labels of a labelled corpus; empty otherwise.
    """

    id: str
    source: str
    group: str
    lang: str
    lang_probability: float
    published: str
    title: str
    text: str
    url: str
    container: str = ""
    labels: dict[str, str] = field(default_factory=dict)
