"""Texts that say the same in each language: titles, passages, their sentences, and phrases."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from civictopics.corpus.reference import Event
from civictopics.errors import UsageError
from civictopics.languages import LANGUAGES

_END = re.compile(r"(?<=[.!?…؟])[\"”»’)]*\s+")
# A full stop that ends no sentence: an initial, or a short word that is usually written with one.
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:no|mr|mrs|dr|tr|st|nr|bl\.a|ca|kl|t\.ex|руб|тыс|млн|млрд|гг|км|ул|им|св|обл|см))\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AlignedUnit:
    """One meaning in every language.

    Attributes
    ----------
    kind : str
        ``title``, ``passage``, ``sentence`` or ``phrase``.
    group : str
        The event it is from; empty for a phrase.
    theme : str
        Of a passage or sentence; empty otherwise.
    texts : dict of str to tuple of str
        By language: one text, or the variants of a phrase.
    """

    kind: str
    group: str
    theme: str
    texts: dict[str, tuple[str, ...]]


def aligned_units(events: Iterable[Event], phrasebook: Path | None = None) -> list[AlignedUnit]:
    """Return the titles, passages and sentences of `events`, then the phrases of the folder `phrasebook`, if given."""
    units: list[AlignedUnit] = []
    for event in events:
        units.append(AlignedUnit("title", event.group, "", _single(event.title)))
        for passage in event.passages:
            units.append(AlignedUnit("passage", event.group, passage.theme, _single(passage.text)))
            for texts in aligned_sentences(passage.text):
                units.append(AlignedUnit("sentence", event.group, passage.theme, _single(texts)))
    return units + (read_phrasebook(phrasebook) if phrasebook is not None else [])


def aligned_sentences(texts: dict[str, str]) -> list[dict[str, str]]:
    """Return the sentences of a passage, aligned by their order, where every language has as many, and several.

    Examples
    --------
    >>> aligned_sentences({"en": "It rained. We left.", "sv": "Det regnade. Vi gick."})[1]
    {'en': 'We left.', 'sv': 'Vi gick.'}
    """
    cut = {language: split_sentences(text) for language, text in texts.items()}
    counts = {len(parts) for parts in cut.values()}
    if len(counts) != 1 or counts == {1}:
        return []
    return [dict(zip(cut, parts, strict=True)) for parts in zip(*cut.values(), strict=True)]


def split_sentences(text: str) -> list[str]:
    """Cut `text` after full stops, question and exclamation marks; not inside brackets nor after abbreviations."""
    sentences: list[str] = []
    for part in _END.split(text):
        part = part.strip()
        if not part:
            continue
        if sentences and _goes_on(sentences[-1], part):
            sentences[-1] += f" {part}"
        else:
            sentences.append(part)
    return sentences


def read_phrasebook(folder: Path) -> list[AlignedUnit]:
    """Return the entries of all ``*.tsv`` of `folder` that have every language; variants are separated by ``|``.

    Raises
    ------
    UsageError
        If the folder holds no such file.
    """
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise UsageError(f"no phrasebook *.tsv in {folder}")
    units = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                variants = {code: _variants(row.get(code) or "") for code in LANGUAGES}
                if all(variants.values()):
                    units.append(AlignedUnit("phrase", "", "", variants))
    return units


def _goes_on(before: str, part: str) -> bool:
    return part[0].islower() or before.count("(") > before.count(")") or bool(_ABBREVIATION.search(before))


def _variants(field: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, field.split("|"))))


def _single(texts: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {code: (texts[code],) for code in LANGUAGES}
