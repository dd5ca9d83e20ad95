"""Themes, meeting types and reporting periods in news about local government in Viet Nam."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civictopics.corpus.reading import read_corpus
    from civictopics.corpus.reference import load_corpus
    from civictopics.encoding.loading import load_encoder
    from civictopics.periods import PeriodExtractor, extract_periods
    from civictopics.pipeline import run
    from civictopics.tagging.meeting_type import MeetingTypeTagger
    from civictopics.tagging.stored_tagger import load_tagger
    from civictopics.themes.guided import ThemeModel

__version__ = "0.1.0"

# Names are looked up on first use (PEP 562): `import civictopics` reads no other library.
_HOMES = {
    "MeetingTypeTagger": "civictopics.tagging.meeting_type",
    "PeriodExtractor": "civictopics.periods",
    "ThemeModel": "civictopics.themes.guided",
    "extract_periods": "civictopics.periods",
    "load_corpus": "civictopics.corpus.reference",
    "load_encoder": "civictopics.encoding.loading",
    "load_tagger": "civictopics.tagging.stored_tagger",
    "read_corpus": "civictopics.corpus.reading",
    "run": "civictopics.pipeline",
}

__all__ = [
    "MeetingTypeTagger",
    "PeriodExtractor",
    "ThemeModel",
    "extract_periods",
    "load_corpus",
    "load_encoder",
    "load_tagger",
    "read_corpus",
    "run",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is that of the name asked for
    if name not in _HOMES:
        raise AttributeError(f"module 'civictopics' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
