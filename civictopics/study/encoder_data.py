"""The data sets that encoders are measured on, declared."""

import hashlib
from collections.abc import Callable

from civictopics.corpus.reference import load_corpus
from civictopics.languages import LANGUAGES
from civictopics.study.aligned_texts import (
    benchmark_files,
    data_folder,
    load_five_folds,
    load_ntrex,
    load_sib200,
    load_two_folds,
)
from civictopics.study.data_sets import DataMissingError, DataSet


def _corpus_digest() -> str:
    data = data_folder()
    paths = [*sorted((data / "phrasebook").glob("*.tsv")), data / "teacher" / "minilm.safetensors"]
    if not all(path.is_file() for path in paths) or len(paths) < 2:
        raise DataMissingError("the phrasebook and the teacher's vectors are in the repository, not in the package")
    digest = hashlib.sha256(load_corpus().revision.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _benchmark_digest(name: str) -> Callable[[], str]:
    def digest() -> str:
        total = hashlib.sha256()
        for path in benchmark_files(name):
            if not path.is_file():
                raise DataMissingError(f"{name} is not here (../shared/benchmarks/{name}/{path.name})")
            total.update(path.read_bytes())
        return total.hexdigest()

    return digest


_CORPUS = {
    "licence": "CC-BY-4.0",
    "citation": "data/README.md",
    "languages": LANGUAGES,
    "labels": ("theme",),
    "redistributable": True,
    "digest": _corpus_digest,
}

ENCODER_DATA_SETS = {
    "held-out": DataSet(
        name="held-out",
        description="passages of the reference corpus; five folds by event, each held out of the training in turn",
        load=load_five_folds,
        **_CORPUS,  # type: ignore[arg-type]  # the values are of the fields' types
    ),
    "held-out-two-folds": DataSet(
        name="held-out-two-folds",
        description="the first two of the five folds, on which rivals are tried",
        load=load_two_folds,
        **_CORPUS,  # type: ignore[arg-type]
    ),
    "sib200": DataSet(
        name="sib200",
        description="SIB-200: topics of 204 sentences in each language, learnt from 701 in English",
        licence="CC-BY-SA 4.0; not kept here",
        citation="Adelani et al. (2024), SIB-200: a simple, inclusive, and big evaluation dataset for topic "
        "classification in 200+ languages and dialects",
        languages=LANGUAGES,
        labels=("topic",),
        redistributable=False,
        load=load_sib200,
        digest=_benchmark_digest("sib200"),
    ),
    "ntrex": DataSet(
        name="ntrex",
        description="NTREX-128: 1,997 sentences of news in each language, each to be found among all",
        licence="CC-BY-SA 4.0; not kept here",
        citation="Federmann, Kocmi and Xin (2022), NTREX-128: news test references for MT evaluation of 128 languages",
        languages=LANGUAGES,
        labels=("translation",),
        redistributable=False,
        load=load_ntrex,
        digest=_benchmark_digest("ntrex5"),
    ),
}
"""By name. Retrieval of translations needs no label but the alignment."""
