"""What each theme of a run looks like: its size, key phrases per language, typical passages."""

from dataclasses import dataclass
from pathlib import Path

from civictopics.languages import LANGUAGES, fold, load_languages
from civictopics.tagging.summary import RunSummary, TypicalPassage
from civictopics.themes.guided import GUIDED_THEMES
from civictopics.themes.keyphrases import domain_words, key_phrases

_SYLLABIC = frozenset({"vi"})
"""Languages whose words are mostly of several written syllables: phrases of one are left out."""


@dataclass(frozen=True, slots=True)
class ThemeDescription:
    """One theme of a run.

    Attributes
    ----------
    name : str
    kind : {"guided", "discovered"}
    n_passages : int
        Passages with a weight of at least one half (guided), or assigned to it (discovered).
    key_phrases : dict of str to list of str
        Per language, the strongest first.
    typical : dict of str to list of TypicalPassage
        Per language.
    """

    name: str
    kind: str
    n_passages: int
    key_phrases: dict[str, list[str]]
    typical: dict[str, list[TypicalPassage]]


def describe_themes(summary: RunSummary, folder: Path | None = None) -> list[ThemeDescription]:
    """Return the guided themes in their order, then the discovered ones by size."""
    languages = [code for code in LANGUAGES if summary.languages[code]]
    languages += sorted(code for code in summary.languages if code and code not in LANGUAGES)
    discovered = sorted(summary.discovered_sizes, key=lambda name: int(name[1:]))
    guided_phrases = {code: _phrases(summary, (*GUIDED_THEMES, ""), code, folder) for code in languages}
    found_phrases = {code: _phrases(summary, tuple(discovered), code, folder) for code in languages}
    return [
        ThemeDescription(
            name,
            kind,
            sizes[name],
            {code: phrases[code][name] for code in languages if phrases[code].get(name)},
            {code: typical for code in languages if (typical := summary.typical(name, code))},
        )
        for names, kind, sizes, phrases in (
            (GUIDED_THEMES, "guided", summary.theme_sizes, guided_phrases),
            (discovered, "discovered", summary.discovered_sizes, found_phrases),
        )
        for name in names
    ]


def _phrases(summary: RunSummary, themes: tuple[str, ...], code: str, folder: Path | None) -> dict[str, list[str]]:
    language = load_languages(folder).get(code)
    stop_words = frozenset(fold(word) for word in language.stop_words) if language else frozenset[str]()
    texts = {theme: found for theme in themes if (found := summary.phrase_texts(theme, code))}
    domain = domain_words(language) if language else ()
    return key_phrases(texts, stop_words, shortest=2 if code in _SYLLABIC else 1, domain=domain) if texts else {}
