"""What counts as a site's furniture, by the word lists of all languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from civictopics.languages import Language, fold

_ADDRESS = re.compile(r"https?://\S+")
_COUNTER = re.compile(r"[(\[]?\d+[)\]]?")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]{2,40}(?:\.[\w-]{2,20}){1,3}(?=$|[\s|–-])")
_ENDINGS = '.!?…؟:;”"»'
_BANNER_LENGTH = 140
_LABEL_LENGTH = 300
_CREDIT = re.compile(r"^(?:[\w ,&–-]{0,24})\s*:\s*\S")


@dataclass(frozen=True, slots=True)
class FurnitureWords:
    """Folded furniture phrases of several languages."""

    headers: tuple[str, ...]
    labels: frozenset[str]
    empty: frozenset[str]
    source: frozenset[str]
    adverts: frozenset[str]
    credits: tuple[str, ...]
    byline: re.Pattern[str]

    @classmethod
    def of(cls, languages: Mapping[str, Language]) -> "FurnitureWords":
        """Join the furniture of `languages`."""

        def listed(key: str) -> list[str]:
            phrases = {fold(p) for language in languages.values() for p in language.furniture[key]}
            return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))

        labels = {label_form(p) for key in ("comment_labels", "related_labels", "source_labels") for p in listed(key)}
        return cls(
            headers=tuple(listed("site_headers")),
            labels=frozenset(labels),
            empty=frozenset(label_form(p) for p in listed("empty_labels")),
            source=frozenset(label_form(p) for p in listed("source_labels")),
            adverts=frozenset(label_form(p) for p in listed("advert_words")),
            credits=tuple(listed("caption_labels")),
            byline=_any_of(listed("byline_words")),
        )

    def is_banner(self, line: str) -> bool:
        """Tell whether a line near the top is the platform's own name."""
        if len(line) > _BANNER_LENGTH or is_sentence(line):
            return False
        folded = fold(line)
        return any(header in folded for header in self.headers) or (
            bool(_DOMAIN.match(folded)) and len(folded.split()) <= 3
        )

    def is_label(self, line: str) -> bool:
        """Tell whether a line is a comment, source, related-articles or empty-widget label and nothing else."""
        form = label_form(line)
        return form in self.labels or form in self.empty

    def is_source(self, line: str) -> bool:
        """Tell whether a line names the source: the label alone, or with an address."""
        return label_form(line) in self.source

    def is_empty_widget(self, line: str) -> bool:
        """Tell whether a line is what a widget shows when it has nothing to show."""
        return label_form(line) in self.empty

    def is_advert(self, line: str) -> bool:
        """Tell whether a line marks the place of an advertisement."""
        return label_form(line) in self.adverts

    def is_credit(self, line: str) -> bool:
        """Tell whether a line only credits a photographer or author (``Foto: N.D.``)."""
        folded = fold(line)
        return bool(_CREDIT.match(folded)) and any(credit in folded.partition(":")[0] for credit in self.credits)

    def without_byline_words(self, folded: str) -> str:
        """Return `folded` without the words that go with dates (weekday, updated, views)."""
        return self.byline.sub(" ", folded)


def label_form(line: str) -> str:
    """Return a line as labels are compared: folded, without address, counter and outer punctuation.

    Empty for a line over 300 characters, which is no label.

    Examples
    --------
    >>> label_form("Kommentar (0)"), label_form("Källa: https://example.vn/a-1.html")
    ('kommentar', 'källa')
    """
    if len(line) > _LABEL_LENGTH:
        return ""
    text = _COUNTER.sub(" ", _ADDRESS.sub(" ", fold(line)))
    return " ".join(text.strip(" \t:.!?…|-–•·#>»[]()").split())


def is_sentence(line: str) -> bool:
    """Tell whether a line reads like running text: it ends as sentences do, or it is long."""
    return (len(line.split()) >= 4 and line[-1] in _ENDINGS) or len(line) >= 300


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if joined else r"(?!)")
