"""Methods that read the reporting period: the rules alone, the ranker, and a parser of dates (extra `peers`)."""

import re
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

import numpy as np

from civictopics.corpus.records import Article
from civictopics.errors import UsageError
from civictopics.periods import ArticlePeriods, PeriodExtractor
from civictopics.periods.calendar import last_day, parse_published
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.learning import Rows, identity, learn_and_predict
from civictopics.study.predictions import Predictions

_NONE = "none"


def rules(data: LabelledArticles, seed: int) -> Predictions:
    """Choose among the spans by weights set by hand; nothing is learnt."""
    return _predictions(data, _read(PeriodExtractor("rules"), data.articles))


def ranker(data: LabelledArticles, seed: int, *, folds: int = 5) -> Predictions:
    """Choose by the trained ranker: out of fold on the corpus, the shipped one where it saw nothing of the data.

    Parameters
    ----------
    data, seed
        The articles; the seed of the folds.
    folds : int
        Number of folds where the data set is what the shipped ranker learnt from. The cases written for
        training, which belong to no data set, are learnt from in each.
    """
    from civictopics.periods.training import read_cases, train
    from civictopics.study.aligned_texts import data_folder

    if data.training is not None:
        return _predictions(data, _read(PeriodExtractor(), data.articles))
    cases = read_cases(data_folder() / "periods" / "training.jsonl")

    def fit_predict(learnt: Sequence[Article], tested: Sequence[Article]) -> Rows:
        extractor = PeriodExtractor()
        extractor.ranker_ = train([*map(_record, learnt), *cases])
        return _read(extractor, tested)

    return _predictions(data, learn_and_predict(data, "period_kind", fit_predict, folds, seed))


def date_parser(data: LabelledArticles, seed: int, *, choose: str = "first") -> Predictions:
    """Take what ``dateparser.search`` finds for the period: a day, a month or a year, by the precision it reports.

    Parameters
    ----------
    data, seed
    choose : {"first", "best"}
        The first result, or the right one wherever it is among them, which no reader of its results could know.
    """
    if choose not in ("first", "best"):
        raise UsageError(f"choose is {choose!r}; it must be first or best")
    search, parser = _peer("dateparser.search").search_dates, _peer("dateparser.date").DateDataParser
    said = []
    for article in data.articles:
        found = [_NONE] if not (results := _dates(article, search, parser)) else results
        truth = _truth(article)
        said.append(truth if choose == "best" and truth in found else found[0])
    # It names no plans, which is right for articles without one; nor does it say how sure it is.
    return _predictions(data, {"predicted": np.array(said), "plan_predicted": np.full(len(said), "")})


def _dates(article: Article, search: Any, parser: Any) -> list[str]:  # noqa: ANN401 - a library without types
    day = parse_published(article.published)
    settings = {"RELATIVE_BASE": datetime(day.year, day.month or 1, day.day or 1)} if day.year else {}
    known = parser(languages=[article.lang], settings=settings)
    found = search(f"{article.title}\n{article.text}", languages=[article.lang], settings=settings) or []
    return [as_period(moment, known.get_date_data(re.sub(r"\s+", " ", words)).period) for words, moment in found]


def as_period(moment: datetime, precision: str | None) -> str:
    """Return the period that a point in time stands for, by its precision.

    Examples
    --------
    >>> as_period(datetime(2024, 2, 7), "month")
    'month 2024-02-01 2024-02-29'
    """
    year, month = moment.year, moment.month
    if precision == "year":
        return f"year {year:04d}-01-01 {year:04d}-12-31"
    if precision == "month":
        return f"month {year:04d}-{month:02d}-01 {year:04d}-{month:02d}-{last_day(year, month):02d}"
    day = moment.date().isoformat()
    return f"other {day} {day}"


def _peer(name: str) -> Any:  # noqa: ANN401 - a library without types
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"{name.partition('.')[0]} is not installed: pip install 'civictopics[peers]'") from error


def _record(article: Article) -> dict[str, str]:
    about = {"text": article.text, "title": article.title, "lang": article.lang, "published": article.published}
    return {**about, "group": article.group, **article.labels}


def _read(extractor: PeriodExtractor, articles: Sequence[Article]) -> Rows:
    found = extractor.predict([_record(article) for article in articles])
    return {
        "predicted": np.array([_said(periods) for periods in found]),
        "plan_predicted": np.array([f"{periods.plan_start} {periods.plan_end}".strip() for periods in found]),
        "probability": np.array([periods.kind_probability for periods in found]),
    }


def _said(periods: ArticlePeriods) -> str:
    return f"{periods.kind} {periods.start} {periods.end}".strip()


def _truth(article: Article) -> str:
    labels = article.labels
    return f"{labels['period_kind']} {labels['period_start']} {labels['period_end']}".strip()


def _predictions(data: LabelledArticles, rows: Rows) -> Predictions:
    plans = [f"{a.labels['plan_start']} {a.labels['plan_end']}".strip() for a in data.articles]
    truth = {"truth": np.array([_truth(article) for article in data.articles]), "plan_truth": np.array(plans)}
    return Predictions({**identity(data.articles), **truth, **rows})
