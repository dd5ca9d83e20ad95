"""All questions and data sets, by name. A new one is a file in ``questions`` or ``data_sets.py`` and a line here."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from civictopics.study.data_sets import DATA_SETS as LABELLED
from civictopics.study.data_sets import DataSet
from civictopics.study.encoder_data import ENCODER_DATA_SETS
from civictopics.study.period_data import PERIOD_DATA_SETS
from civictopics.study.question import Question
from civictopics.study.questions.encoder import ENCODER
from civictopics.study.questions.meeting_type import (
    CROSS_LINGUAL,
    MEETING_TYPE,
    MEETING_TYPE_FEATURES,
    MEETING_TYPE_FINETUNED,
    MEETING_TYPE_LEARNING,
)
from civictopics.study.questions.reporting_period import REPORTING_PERIOD
from civictopics.study.questions.speed import SPEED
from civictopics.study.questions.theme_flags import THEME_FLAGS
from civictopics.study.questions.themes import THEMES
from civictopics.study.speed_data_sets import SPEED_DATA_SETS
from civictopics.study.theme_data import THEME_DATA_SETS

_QUESTIONS = (
    CROSS_LINGUAL,
    ENCODER,
    MEETING_TYPE,
    MEETING_TYPE_FEATURES,
    MEETING_TYPE_FINETUNED,
    MEETING_TYPE_LEARNING,
    REPORTING_PERIOD,
    SPEED,
    THEMES,
    THEME_FLAGS,
)
QUESTIONS: dict[str, Question] = {question.name: question for question in _QUESTIONS}
DATA_SETS: dict[str, DataSet] = {
    **LABELLED,
    **ENCODER_DATA_SETS,
    **PERIOD_DATA_SETS,
    **SPEED_DATA_SETS,
    **THEME_DATA_SETS,
}


@dataclass(frozen=True, slots=True)
class Registry:
    """The questions and data sets that an experiment may name.

    Attributes
    ----------
    module : str
        The module that holds them as QUESTIONS and DATA_SETS, from which the process of
        a cell reads them again. Experiments of others bring a module of their own.
    """

    module: str = "civictopics.study.registry"

    @property
    def questions(self) -> Mapping[str, Question]:
        """Questions by name."""
        found: Mapping[str, Question] = import_module(self.module).QUESTIONS
        return found

    @property
    def data_sets(self) -> Mapping[str, DataSet]:
        """Data sets by name."""
        found: Mapping[str, DataSet] = import_module(self.module).DATA_SETS
        return found


OWN = Registry()
"""The registry of this package."""

__all__ = ["DATA_SETS", "OWN", "QUESTIONS", "Registry"]
