"""What each theme of a run looks like: its size, key phrases per language, typical passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from civictopics.languages import LANGUAGES, fold, load_languages
from civictopics.parallel import map_batches
from civictopics.tagging.summary import RunSummary, TypicalPassage
from civictopics.themes.guided import GUIDED_THEMES
from civictopics.themes.keyphrases import domain_words, key_phrases

_Job = tuple[str, dict[str, list[str]]]
_WORTH_A_PROCESS = 5_000
"""With fewer passages, starting processes takes longer than counting phrases."""
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


def describe_themes(summary: RunSummary, folder: Path | None = None, processes: int = 1) -> list[ThemeDescription]:
    """Return the guided themes in their order, then the discovered ones by size; `processes` do not change it."""
    languages = [code for code in LANGUAGES if summary.languages[code]]
    languages += sorted(code for code in summary.languages if code and code not in LANGUAGES)
    discovered = sorted(summary.discovered_sizes, key=lambda name: int(name[1:]))
    jobs = [_job(summary, names, code) for names in ((*GUIDED_THEMES, ""), discovered) for code in languages]
    workers = processes if summary.n_passages > _WORTH_A_PROCESS else 1
    found = list(map_batches(partial(_phrases, folder=folder), jobs, workers))
    guided_phrases = dict(zip(languages, found[: len(languages)], strict=True))
    found_phrases = dict(zip(languages, found[len(languages) :], strict=True))
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


def _job(summary: RunSummary, themes: Sequence[str], code: str) -> _Job:
    return code, {theme: found for theme in themes if (found := summary.phrase_texts(theme, code))}


def _phrases(job: _Job, folder: Path | None) -> dict[str, list[str]]:
    code, texts = job
    if not texts:
        return {}
    language = load_languages(folder).get(code)
    stop_words = frozenset(fold(word) for word in language.stop_words) if language else frozenset[str]()
    domain = domain_words(language) if language else ()
    return key_phrases(texts, stop_words, shortest=2 if code in _SYLLABIC else 1, domain=domain)
