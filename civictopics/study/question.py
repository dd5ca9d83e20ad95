"""What a question is: measures of predictions, methods that make them, data sets that ask it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from civictopics.evaluation.bootstrap import Method
from civictopics.evaluation.scores import Score
from civictopics.study.predictions import Columns


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure of predictions.

    Attributes
    ----------
    label : str
        As people read it in a table.
    score : callable
        Takes the columns of predictions to what can be resampled.
    higher_is_better : bool
    interval : {"bca", "percentile"}
        The kind of its intervals. A measure whose resamples are biased (a mean of
        distances, such as a calibration error) takes percentiles: BCa overcorrects it.
    needs : tuple of str
        Columns without which it does not apply: a data set whose predictions lack one of
        them is not measured by it.
    """

    label: str
    score: Callable[[Columns], Score]
    higher_is_better: bool = True
    interval: Method = "bca"
    needs: tuple[str, ...] = ()

    def applies(self, columns: Columns) -> bool:
        """Return whether predictions have the columns that it needs."""
        return all(name in columns for name in self.needs)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that experiments answer.

    Attributes
    ----------
    name, description : str
    metrics : mapping of str to Metric
    methods : mapping of str to str
        Name to ``module:function``. The function takes what the data set loads and a seed,
        further settings by keyword alone, and returns Predictions. Its module imports no
        heavy library on top: declarations are checked against the function's settings.
    seedless : frozenset of str
        Methods that no seed changes: they run once.
    data_sets : tuple of str
    agreement : str
        The column whose values are compared between translations; empty for none.
    further : str
        ``module:function`` that makes tables of the question's own: it takes the
        declaration, the name of a data set and its predictions (of each method, one per
        seed) and returns rows by table; ``tables/NAME.csv`` holds those of all data sets.
    draw : str
        ``module:function`` that takes the Study and a folder, draws figures from the rows of
        the study's tables alone (``study.further``), with their data as CSV beside them, and
        returns their names.
    say : str
        ``module:function`` that takes the Study and returns Markdown for ``results.md``,
        from the rows alone.
    on_one_scale : bool
        Whether the scores of different data sets may stand on one scale; without it
        there are no figures but the question's own.
    """

    name: str
    description: str
    metrics: Mapping[str, Metric]
    methods: Mapping[str, str]
    data_sets: tuple[str, ...]
    seedless: frozenset[str] = frozenset()
    agreement: str = ""
    further: str = ""
    draw: str = ""
    say: str = ""
    on_one_scale: bool = True


def named(function: str) -> Callable[..., Any]:
    """Return what ``module:function`` names."""
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
