"""What encoders are measured on: the aligned corpus with its folds, and public benchmarks of sentences in parallel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from civictopics.corpus.reference import load_corpus
from civictopics.encoding.training.aligned import AlignedUnit, aligned_units
from civictopics.errors import UsageError
from civictopics.evaluation.splits import group_folds
from civictopics.languages import LANGUAGES

_FOLDS = 5
_FEW = 2
_SIB = {"vi": "vie_Latn", "en": "eng_Latn", "sv": "swe_Latn", "ru": "rus_Cyrl", "ar": "arb_Arab"}
_NTREX = {"vi": "vie", "en": "eng", "sv": "swe", "ru": "rus", "ar": "arb"}


@dataclass(frozen=True, slots=True)
class AlignedTexts:
    """Aligned units to train on and to hold out.

    Attributes
    ----------
    units : sequence of AlignedUnit
        Of all events, and phrases, which belong to none.
    fold_of : mapping of str to int
        The fold of each event.
    folds : sequence of int
        Those that are held out in turn.
    teacher : Path
        The file of stored teacher vectors.
    """

    units: Sequence[AlignedUnit]
    fold_of: Mapping[str, int]
    folds: Sequence[int]
    teacher: Path


@dataclass(frozen=True, slots=True)
class TopicTexts:
    """Sentences with topics, the same in each language: by language, texts and topics."""

    train: Mapping[str, tuple[Sequence[str], Sequence[str]]]
    test: Mapping[str, tuple[Sequence[str], Sequence[str]]]


@dataclass(frozen=True, slots=True)
class ParallelTexts:
    """Sentences by language; those at the same place say the same."""

    texts: Mapping[str, Sequence[str]]


def data_folder() -> Path:
    """Return ``data`` of the repository."""
    return Path(str(files("civictopics"))).resolve().parent / "data"


def benchmark_folder() -> Path:
    """Return where public benchmarks are expected: in ``shared``, beside the repository."""
    return Path(str(files("civictopics"))).resolve().parent.parent / "shared" / "benchmarks"


def benchmark_files(name: str) -> list[Path]:
    """Return the files of a benchmark, whether they are there or not."""
    folder = benchmark_folder()
    if name == "sib200":
        return [folder / name / f"{_SIB[code]}.{part}.tsv" for code in LANGUAGES for part in ("train", "test")]
    return [folder / name / f"{_NTREX[code]}.txt" for code in LANGUAGES]


def load_five_folds(languages: Sequence[str]) -> AlignedTexts:
    """Return the corpus with every fold to be held out in turn."""
    return _load_aligned(languages, _FOLDS)


def load_two_folds(languages: Sequence[str]) -> AlignedTexts:
    """Return the corpus with the first two of the five folds to be held out in turn."""
    return _load_aligned(languages, _FEW)


def load_sib200(languages: Sequence[str]) -> TopicTexts:
    """Return SIB-200."""
    _all_languages(languages)
    train, test = (
        {code: _topics(path) for code, path in zip(LANGUAGES, benchmark_files("sib200")[part::2], strict=True)}
        for part in (0, 1)
    )
    return TopicTexts(train, test)


def load_ntrex(languages: Sequence[str]) -> ParallelTexts:
    """Return NTREX-128."""
    _all_languages(languages)
    return ParallelTexts(
        {
            code: path.read_text(encoding="utf-8").splitlines()
            for code, path in zip(LANGUAGES, benchmark_files("ntrex5"), strict=True)
        }
    )


def _load_aligned(languages: Sequence[str], n_held_out: int) -> AlignedTexts:
    _all_languages(languages)
    corpus, data = load_corpus(), data_folder()
    groups = [event.group for event in corpus]
    folds = group_folds(groups, [event.main_theme for event in corpus], _FOLDS)
    return AlignedTexts(
        aligned_units(corpus, data / "phrasebook"),
        {group: int(fold) for group, fold in zip(groups, folds, strict=True)},
        range(n_held_out),
        data / "teacher" / "minilm.safetensors",
    )


def _all_languages(languages: Sequence[str]) -> None:
    if languages and set(languages) != set(LANGUAGES):
        raise UsageError(f"encoders are measured on all of {', '.join(LANGUAGES)}; leave 'languages' out")


def _topics(path: Path) -> tuple[list[str], list[str]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [row[2] for row in rows], [row[1] for row in rows]
