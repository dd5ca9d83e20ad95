"""What the combination looks at: cues and terms by zone, pairs of cues, word n-grams, and vectors where given."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from civictopics.errors import ModelError
from civictopics.tagging.cues import all_cues, phrase_labels
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.word_hashing import hashed_ngrams
from civictopics.tagging.zones import Zones, read_zones

CUE_ZONES = ("title", "lead", "near", "rest", "event", "events")
"""Where cues are looked for; `events` is all sentences that name an event, `event` the plainest of them."""
NGRAM_ZONES = ("title", "lead", "rest", "event")
_EVENT_SENTENCES = 2  # whose words are n-grams
_PAIR_ZONES = ("title", "event")
_TERMS = tuple(f"={kind}" for kind in MEETING_TYPES[:-1])
_STARTS = (0, 15, 40, 80, 150, 300)
_TOLD = (1, 2, 3, 4, 5)
SHAPES = (
    "no word for an event",
    *(f"an event is named from word {low}" for low in _STARTS),
    *(f"an event is told of, strength {low}" for low in _TOLD),
    "no headline",
    *(f"sentences that name an event: {count}" for count in (0, 1, 2, "3 or more")),
)


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """How strongly each block of features speaks; a weight of zero leaves it out.

    Attributes
    ----------
    buckets : int
        Buckets of the word n-grams, a power of two.
    orders : int
        Longest n-gram.
    cues : tuple of float
        Weight of the cues and terms in each of `CUE_ZONES`.
    pairs, shape : float
        Weight of pairs of cues, and of where and how plainly an event is told of.
    ngrams : tuple of float
        Weight of the n-grams of each of `NGRAM_ZONES`.
    vectors : float
        Weight of the vectors.
    vector_width : int
        Their length; 0 without vectors.
    """

    buckets: int = 2**16
    orders: int = 2
    cues: tuple[float, ...] = (1.0, 0.7, 0.3, 0.15, 1.0, 0.7)
    pairs: float = 0.2
    shape: float = 0.7
    ngrams: tuple[float, ...] = (2.0, 2.0, 0.0, 3.0)
    vectors: float = 0.0
    vector_width: int = 0

    @classmethod
    def read(cls, values: dict[str, Any]) -> "FeatureSettings":
        """Return the settings written by `write`.

        Raises
        ------
        ModelError
            If a setting is missing or unknown.
        """
        names = {field.name for field in fields(cls)}
        if set(values) != names:
            raise ModelError(f"feature settings {sorted(values)} are not those of this version: {sorted(names)}")
        plain: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
        return cls(**plain)

    def write(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


class ArticleFeatures:
    """Turn articles into rows of numbers.

    Parameters
    ----------
    settings : FeatureSettings
    folder : Path, optional
        Further language files.

    Attributes
    ----------
    width : int
        Number of columns.
    """

    def __init__(self, settings: FeatureSettings, folder: Path | None = None) -> None:
        self.settings = settings
        self.folder = folder
        self.labels = (*all_cues(), *_TERMS, *phrase_labels())
        self._number = {label: position for position, label in enumerate(self.labels)}
        self._n_cues = len(all_cues())
        self._n_pairs = self._n_cues * (self._n_cues - 1) // 2
        self._pairs_at = len(CUE_ZONES) * len(self.labels)
        self._shape_at = self._pairs_at + len(_PAIR_ZONES) * self._n_pairs
        self._ngrams_at = self._shape_at + len(SHAPES)
        self._vectors_at = self._ngrams_at + settings.buckets
        self.width = self._vectors_at + settings.vector_width

    def matrix(
        self,
        texts: Sequence[str],
        titles: Sequence[str],
        languages: Sequence[str],
        vectors: NDArray[np.float32] | None = None,
    ) -> sp.csr_matrix:
        """Return the features, shape (n_texts, width).

        Parameters
        ----------
        texts, titles, languages : sequences of str of equal length
        vectors : array, shape (n_texts, vector_width), optional
            Zero where they are not given.
        """
        rows = [
            self.row(read_zones(text, title, language, self.folder), None if vectors is None else vectors[number])
            for number, (text, title, language) in enumerate(zip(texts, titles, languages, strict=True))
        ]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0, dtype=np.int64)
        values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, dtype=np.float32)
        return sp.csr_matrix((values, columns, ends), shape=(len(rows), self.width))

    def row(
        self, zones: Zones, vector: NDArray[np.float32] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the columns of an article that are not zero, and their values."""
        settings = self.settings
        found = labels_by_zone(zones)
        columns: list[NDArray[np.int64]] = []
        values: list[NDArray[np.float32]] = []

        def put(at: NDArray[np.int64], weight: float) -> None:
            columns.append(at)
            values.append(np.full(len(at), weight, dtype=np.float32))

        for number, (zone, weight) in enumerate(zip(CUE_ZONES, settings.cues, strict=True)):
            present = np.array(sorted(self._number[label] for label in found[zone]), dtype=np.int64)
            put(number * len(self.labels) + present, weight)
            if zone in _PAIR_ZONES:
                at = self._pairs_at + _PAIR_ZONES.index(zone) * self._n_pairs
                put(at + _pairs(present[present < self._n_cues]), settings.pairs)
        put(self._shape_at + np.array(shapes(zones), dtype=np.int64), settings.shape)
        grams: dict[int, float] = {}
        for zone, weight in zip(NGRAM_ZONES, settings.ngrams, strict=True):
            if weight:
                buckets = hashed_ngrams(zone_words(zones, zone), settings.buckets, settings.orders)
                share = weight / max(1.0, float(len(buckets)) ** 0.5)
                for bucket in buckets.tolist():
                    grams[bucket] = grams.get(bucket, 0.0) + share
        columns.append(self._ngrams_at + np.array(list(grams), dtype=np.int64))
        values.append(np.array(list(grams.values()), dtype=np.float32))
        if vector is not None and settings.vector_width:
            columns.append(self._vectors_at + np.arange(settings.vector_width, dtype=np.int64))
            values.append(np.asarray(vector, dtype=np.float32) * np.float32(settings.vectors))
        return np.concatenate(columns), np.concatenate(values)

    def name(self, column: int) -> tuple[str, str]:
        """Return the zone and the name of a column: a cue, a pair of cues, a shape, a bucket of n-grams."""
        if column < self._pairs_at:
            zone, label = divmod(column, len(self.labels))
            return CUE_ZONES[zone], self.labels[label]
        if column < self._shape_at:
            zone, pair = divmod(column - self._pairs_at, self._n_pairs)
            high = int((1 + (1 + 8 * pair) ** 0.5) // 2)
            high -= high * (high - 1) // 2 > pair
            low = pair - high * (high - 1) // 2
            return _PAIR_ZONES[zone], f"{self.labels[low]} + {self.labels[high]}"
        if column < self._ngrams_at:
            return "article", SHAPES[column - self._shape_at]
        if column < self._vectors_at:
            return "words", str(column - self._ngrams_at)
        return "vectors", str(column - self._vectors_at)


def labels_by_zone(zones: Zones) -> dict[str, set[str]]:
    """Return the cues and terms found in each of `CUE_ZONES`."""
    found = {zone: {match.label for match in matches} for zone, matches in zones.matches.items()}
    plainest = zones.plainest()
    found["event"] = set(plainest.labels) if plainest else set()
    found["events"] = {label for sentence in zones.sentences for label in sentence.labels}
    return found


def zone_words(zones: Zones, zone: str) -> list[str]:
    """Return the words of one of `NGRAM_ZONES`."""
    if zone != "event":
        return zones.words[zone]
    sentences = zones.plainest_first()[:_EVENT_SENTENCES]
    return [word for sentence in sentences for word in zones.text_words[sentence.begin : sentence.end]]


def shapes(zones: Zones) -> list[int]:
    """Return the positions in `SHAPES` of what is true of an article."""
    first = zones.first_anchor
    found = [0 if first < 0 else sum(first >= low for low in _STARTS)]
    plainest = zones.plainest()
    told = plainest.told if plainest else 0.0
    found += [len(_STARTS) + step for step, low in enumerate(_TOLD, start=1) if told >= low]
    if not zones.words["title"]:
        found.append(1 + len(_STARTS) + len(_TOLD))
    found.append(2 + len(_STARTS) + len(_TOLD) + min(3, len(zones.sentences)))
    return found


def _pairs(present: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each pair of the cues `present`, which are in rising order."""
    high, low = np.tril_indices(len(present), -1)
    pairs: NDArray[np.int64] = present[high] * (present[high] - 1) // 2 + present[low]
    return pairs
