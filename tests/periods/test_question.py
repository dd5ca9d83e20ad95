"""The question of reporting periods, asked of a few passages."""

import sys

import numpy as np
import pytest

from civictopics.errors import UsageError
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.reporting_period import date_parser, ranker, rules
from civictopics.study.period_data import PERIOD_DATA_SETS
from civictopics.study.questions.reporting_period import REPORTING_PERIOD
from civictopics.study.questions.reporting_period_figures import further


def few() -> LabelledArticles:
    found = PERIOD_DATA_SETS["period_passages"].load(("vi", "sv"))
    return LabelledArticles("few", list(found.articles)[::12], [])


def test_the_passages_are_a_data_set() -> None:
    found = PERIOD_DATA_SETS["period_passages"].load(())
    assert len({article.id for article in found.articles}) == len(found.articles) == 360
    assert len({article.group for article in found.articles}) == 72


@pytest.mark.parametrize("method", [ranker, rules])
def test_methods_give_what_the_metrics_need(method: object) -> None:
    assert callable(method)
    columns = method(few(), 0).arrays()
    for metric in REPORTING_PERIOD.metrics.values():
        assert metric.applies(columns)
        assert 0.0 <= metric.score(columns).of_all() <= 1.0
    rows = further(None, "few", {"it": [columns]})["calibration"]  # type: ignore[arg-type]
    assert sum(row["articles"] for row in rows) == len(columns["id"])


def test_the_best_date_is_no_worse_than_the_first() -> None:
    pytest.importorskip("dateparser")
    data = LabelledArticles("few", few().articles[:4], [])
    first, best = (date_parser(data, 0, choose=choose).arrays() for choose in ("first", "best"))
    assert np.sum(first["predicted"] == first["truth"]) <= np.sum(best["predicted"] == best["truth"])
    with pytest.raises(UsageError, match="first or best"):
        date_parser(data, 0, choose="last")


def test_without_the_parser_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser.search", None)
    with pytest.raises(UsageError, match=r"civictopics\[peers\]"):
        date_parser(few(), 0)
