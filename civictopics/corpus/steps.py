"""The two steps of reading that run in worker processes: cleaning a record, and knowing its language and copies."""

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.cleaning import Cleaner
from civictopics.corpus.dates import date_in_address, parse_published
from civictopics.corpus.deduplicate import text_key
from civictopics.corpus.language import LanguageDetector
from civictopics.corpus.minhash import band_keys, shingles, signature
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.corpus.spool import Row
from civictopics.languages import load_languages
from civictopics.languages.matching import split_words


@cache
def cleaner_for(folder: Path | None) -> Cleaner:
    """Return the cleaner of the shipped language files and those of `folder`, made once per process."""
    return Cleaner(load_languages(folder))


@cache
def _detector(candidates: tuple[str, ...]) -> LanguageDetector:
    return LanguageDetector(candidates)


def clean_batch(
    records: list[RawRecord | Dropped], folder: Path | None
) -> tuple[list[Row | Dropped], Counter[str], list[str]]:
    """Return the cleaned records, how many lines each rule removed, and notes on values that were not understood."""
    cleaner = cleaner_for(folder)
    rows: list[Row | Dropped] = []
    rules: Counter[str] = Counter()
    notes: list[str] = []
    for record in records:
        if isinstance(record, Dropped):
            rows.append(record)
            continue
        cleaned = cleaner.clean(record.text, record.title)
        rules.update(line.rule for line in cleaned.removed)
        if not cleaned.text:
            rows.append(Dropped(record.source, record.id, "empty: nothing is left after cleaning"))
            continue
        given = parse_published(record.published)
        if record.published and not given:
            notes.append(f"{record.source}: published {record.published[:40]!r} is no date, left empty")
        url = record.url or cleaned.url
        rows.append(
            {
                "id": record.id,
                "source": record.source,
                "container": record.container,
                "group": record.group,
                "lang": record.lang,
                "lang_probability": 1.0 if record.lang else 0.0,
                "published": given or cleaned.published or date_in_address(url),
                "title": cleaned.title,
                "text": cleaned.text,
                "url": url,
            }
        )
    return rows, rules, notes


def identify_batch(
    rows: list[Row], candidates: tuple[str, ...]
) -> tuple[list[Row], NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the rows with their language, their text keys, shape (n,), and band keys, shape (n, 25)."""
    detector = _detector(candidates)
    keys = np.empty(len(rows), dtype=np.uint64)
    bands = []
    for i, row in enumerate(rows):
        text = str(row["text"])
        if not row["lang"]:
            row["lang"], row["lang_probability"] = detector.detect(text)
        words = split_words(text)
        keys[i] = text_key(words)
        bands.append(band_keys(signature(shingles(words))))
    return rows, keys, np.array(bands, dtype=np.uint64).reshape(len(rows), -1)
