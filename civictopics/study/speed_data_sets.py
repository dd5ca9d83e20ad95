"""The workloads that are timed, declared."""

from civictopics.corpus.reference import load_corpus
from civictopics.languages import LANGUAGES
from civictopics.study.data_sets import DataSet
from civictopics.study.speed_data import load_timed

_WORKLOADS = {
    "encoding": "articles of about 3 KB to vectors",
    "reading-periods": "the reporting period and the plan period of articles of about 3 KB",
    "tagging": "the meeting type of articles of about 3 KB",
    "guided-themes": "the four themes of 100,000 passages, with their vectors at hand",
    "bootstrap": "10,000 resamples of 300 groups of a macro-F1 on 1,500 articles",
    "coherence": "the coherence (c_npmi) of 50 topics of ten words over articles",
}


def _digest() -> str:
    return load_corpus().revision


SPEED_DATA_SETS = {
    name: DataSet(
        name=name,
        description=description,
        licence="CC-BY-4.0",
        citation="data/README.md",
        languages=LANGUAGES,
        labels=("seconds",),
        redistributable=True,
        load=load_timed,
        digest=_digest,
    )
    for name, description in _WORKLOADS.items()
}
"""By name; all are made from the reference corpus."""
