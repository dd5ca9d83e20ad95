"""Which seeds occur in a corpus, and which passages they decide alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from civictopics.errors import InputError
from civictopics.languages import load_languages
from civictopics.languages.matching import split_words
from civictopics.themes.evidence import load_evidence
from civictopics.themes.names import GUIDED_THEMES


@dataclass(frozen=True, slots=True)
class SeedCoverage:
    """The seeds of one theme in one language.

    Attributes
    ----------
    language, theme : str
    n_seeds : int
        Phrases in the language file.
    found : dict of str to int
        The phrases that occur, and in how many passages, the most frequent first.
    n_passages : int
        Passages of the language.
    n_seeded : int
        Those with a seed of the theme.
    n_alone : int
        Those with seeds of this theme and of no other.
    """

    language: str
    theme: str
    n_seeds: int
    found: dict[str, int]
    n_passages: int
    n_seeded: int
    n_alone: int


def seed_coverage(texts: Sequence[str], languages: Sequence[str], folder: Path | None = None) -> list[SeedCoverage]:
    """Report on the seeds in passages, for each language in its order of appearance and each theme.

    Raises
    ------
    InputError
        If a passage has no language, or one without a file.
    """
    known = load_languages(folder)
    reports = []
    for language in dict.fromkeys(languages):
        if language not in known:
            raise InputError(f"no language file for {language!r}, so it has no seeds; there are: {', '.join(known)}")
        evidence = load_evidence(language, folder)
        own = [text for text, code in zip(texts, languages, strict=True) if code == language]
        passages = [
            {label: phrases for label, phrases in evidence.find(split_words(text)).items() if label in GUIDED_THEMES}
            for text in own
        ]
        for theme in GUIDED_THEMES:
            counts = Counter(phrase for found in passages for phrase in found.get(theme, ()))
            reports.append(
                SeedCoverage(
                    language=language,
                    theme=theme,
                    n_seeds=len(known[language].theme_seeds[theme]),
                    found=dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
                    n_passages=len(own),
                    n_seeded=sum(theme in found for found in passages),
                    n_alone=sum(set(found) == {theme} for found in passages),
                )
            )
    return reports
