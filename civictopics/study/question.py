"""What a question is: measures of predictions, methods that make them, data sets that ask it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
    """

    label: str
    score: Callable[[Columns], Score]
    higher_is_better: bool = True
    interval: Method = "bca"


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
    """

    name: str
    description: str
    metrics: Mapping[str, Metric]
    methods: Mapping[str, str]
    data_sets: tuple[str, ...]
    seedless: frozenset[str] = frozenset()
    agreement: str = ""
