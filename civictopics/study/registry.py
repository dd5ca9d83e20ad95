"""All questions and data sets, by name. A new one is a file in ``questions`` or ``data_sets.py`` and a line here."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from civictopics.study.data_sets import DATA_SETS, DataSet
from civictopics.study.question import Question
from civictopics.study.questions.meeting_type import MEETING_TYPE

QUESTIONS: dict[str, Question] = {question.name: question for question in (MEETING_TYPE,)}


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
