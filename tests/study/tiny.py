"""A registry of a tiny question, for the tests of the runner: its methods take no time and need nothing."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from civictopics.corpus.records import Article
from civictopics.errors import InputError
from civictopics.evaluation.calibration import calibration_score
from civictopics.evaluation.classification import accuracy
from civictopics.study.data_sets import DataMissingError, DataSet, LabelledArticles
from civictopics.study.predictions import Columns, Predictions
from civictopics.study.question import Metric, Question

LANGUAGES = ("vi", "en")


def _articles(languages: Sequence[str]) -> list[Article]:
    return [
        Article(
            id=f"{group}.{lang}",
            source="tiny",
            group=f"g{group:02}",
            lang=lang,
            lang_probability=1.0,
            published="",
            title="",
            text="text",
            url="",
            labels={"kind": "ab"[group % 2]},
        )
        for group in range(30)
        for lang in languages or LANGUAGES
    ]


def _load_open(languages: Sequence[str]) -> LabelledArticles:
    return LabelledArticles("open", _articles(languages))


def _load_closed(languages: Sequence[str]) -> LabelledArticles:
    return LabelledArticles("closed", _articles(languages)[:40])


def _digest() -> str:
    return "0" * 64


def _absent(*_: object) -> str:
    raise DataMissingError("absent is not here (it may not be redistributed)")


def guess(data: LabelledArticles, seed: int, *, right: float = 0.5, slow: str = "") -> Predictions:
    """Guess; with the path of a file in `slow`, wait until it is there."""
    while slow and not Path(slow).exists():
        time.sleep(0.02)
    random = np.random.default_rng(seed)
    truth = np.array([article.labels["kind"] for article in data.articles])
    hit = random.random(len(truth)) < right
    return Predictions(
        {
            "id": [article.id for article in data.articles],
            "group": [article.group for article in data.articles],
            "lang": [article.lang for article in data.articles],
            "truth": truth,
            "predicted": np.where(hit, truth, "c"),
            "probability": np.where(hit, 0.9, 0.6) + random.random(len(truth)) / 1e3,
        },
        {"guesses": len(truth)},
    )


def constant(data: LabelledArticles, seed: int) -> Predictions:
    """Say a."""
    found = guess(data, 0, right=1.0)
    return Predictions({**found.columns, "predicted": ["a"] * len(data.articles)})


def failing(data: LabelledArticles, seed: int) -> Predictions:
    """Fail."""
    raise InputError("this method cannot")


def _calibration(columns: Columns) -> object:
    return calibration_score(columns["probability"], columns["truth"] == columns["predicted"], n_bins=3)


QUESTIONS = {
    "tiny": Question(
        "tiny",
        "Is it a or b?",
        {
            "accuracy": Metric("accuracy", lambda columns: accuracy(columns["truth"], columns["predicted"])),
            "calibration": Metric("calibration", _calibration, higher_is_better=False),  # type: ignore[arg-type]
        },
        {name: f"tests.study.tiny:{name}" for name in ("guess", "constant", "failing")},
        ("open", "closed", "absent"),
        seedless=frozenset({"constant"}),
        agreement="predicted",
    )
}


def _data_set(name: str, load: object, digest: object, redistributable: bool) -> DataSet:
    return DataSet(name, "tiny", "MIT", "none", LANGUAGES, ("kind",), redistributable, load, digest)  # type: ignore[arg-type]


DATA_SETS = {
    "open": _data_set("open", _load_open, _digest, True),
    "closed": _data_set("closed", _load_closed, _digest, False),
    "absent": _data_set("absent", _absent, _absent, False),
}
